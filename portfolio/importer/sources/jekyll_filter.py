"""Which files and folders Jekyll looks at (its ``EntryFilter``)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

_SPECIAL = (".", "_", "#", "~")


class EntryFilter:
    """``include`` wins over ``exclude``; names that start with ``.``, ``_``, ``#`` or ``~`` are not looked at."""

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
        wanted = "/" + pattern.lstrip("/")
        if full.startswith(wanted) or (is_directory and wanted == full + "/") or glob_pattern(wanted).fullmatch(full):
            return True
    return False


@lru_cache(maxsize=512)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Ruby's ``File.fnmatch`` without flags: ``*`` crosses slashes but no dot that begins the path."""
    parts: list[str] = []
    position = 0
    while position < len(glob):
        character = glob[position]
        if character == "*":
            while glob[position : position + 1] == "*":
                position += 1
            parts.append(".*?")
            continue
        closing = glob.find("]", position + 2) if character == "[" else -1
        if character == "?":
            parts.append(".")
        elif closing > 0:
            inside = glob[position + 1 : closing].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            position = closing
        elif character == "\\" and position + 1 < len(glob):
            position += 1
            parts.append(re.escape(glob[position]))
        else:
            parts.append(re.escape(character))
        position += 1
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return re.compile(re.escape(glob))
