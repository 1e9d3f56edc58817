"""Entry filter: which files and folders Jekyll reads (its ``EntryFilter``)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import Any

from portfolio.engines.jekyll.globs import glob_pattern

_SPECIAL = (".", "_", "#", "~")


class EntryFilter:
    """``include`` takes precedence over ``exclude``; names that start with ``.``, ``_``, ``#`` or ``~`` are skipped."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._include: list[str] = config["include"]
        self._exclude: list[str] = [pattern for pattern in config["exclude"] if pattern not in self._include]

    def keeps(self, directory: str, entry: str, *, is_directory: bool) -> bool:
        """``entry`` is a path relative to ``directory``, which is relative to the source ("" for its top)."""
        name = posixpath.basename(entry)
        if entry.endswith("."):
            return False
        included = _matches(self._include, entry, is_directory) or _matches(self._include, name, is_directory)
        if included:
            return True
        if _matches(self._exclude, posixpath.join(directory, entry), is_directory):
            return False
        return not (entry.startswith(_SPECIAL) or name.startswith(_SPECIAL) or entry.endswith("~"))


def _matches(patterns: Iterable[str], path: str, is_directory: bool) -> bool:
    full = "/" + path.lstrip("/")
    for pattern in patterns:
        absolute = "/" + pattern.lstrip("/")
        if (
            full.startswith(absolute)
            or (is_directory and absolute == full + "/")
            or glob_pattern(absolute).fullmatch(full)
        ):
            return True
    return False
