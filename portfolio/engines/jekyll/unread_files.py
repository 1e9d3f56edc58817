"""Unread files: documents in the source that Jekyll makes no page of, with the reason."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio.documents.document import Problem, Severity
from portfolio.engines.dated_names import DATED_NAME
from portfolio.engines.folder import MARKDOWN_EXTENSIONS, UNREAD_FORMATS
from portfolio.engines.walk import source_files

MAX_NAMED = 5  # files of one folder that are named
_TEXTS = MARKDOWN_EXTENSIONS | {".txt", ".html"} | frozenset(UNREAD_FORMATS)
_OF_THEME = ("layouts_dir", "includes_dir", "data_dir")
_NO_DOCUMENTS = frozenset({"_sass", "_plugins", ".github", ".vscode", ".idea"})


def unread_files(root: Path, config: Mapping[str, Any], read: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each folder with texts that are not ``read``, by reason."""
    theme = {str(config[key]).strip("/") for key in _OF_THEME if config.get(key)} | _NO_DOCUMENTS
    groups: dict[tuple[str, Severity, str], list[str]] = {}
    for path in source_files(root):
        is_text = posixpath.splitext(path)[1].lower() in _TEXTS
        if is_text and path not in read and not any(path.startswith(f"{folder}/") for folder in theme):
            severity, reason = _reason(path, config)
            folder, name = posixpath.split(path)
            groups.setdefault((folder, severity, reason), []).append(name)
    for (folder, severity, reason), names in groups.items():
        rest = len(names) - MAX_NAMED
        listed = ", ".join(names[:MAX_NAMED]) + (f" and {rest} more" if rest > 0 else "")
        yield Problem(severity, "no-page", f"{folder or '.'}: {listed}: {reason}, so Jekyll makes no page of it")


def _reason(path: str, config: Mapping[str, Any]) -> tuple[Severity, str]:
    parts = path.split("/")
    if "_posts" in parts[:-1]:
        named = DATED_NAME.search(parts[-1]) is not None
        return Severity.WARNING, "Jekyll does not read it as a post" if named else "there is no date in the name"
    special = next((part for part in parts if part.startswith(("_", ".", "#", "~"))), "")
    if special.startswith("_") and special != parts[-1]:
        label = special.removeprefix("_")
        if label in config["collections"]:
            return Severity.INFO, "there is no front matter"
        return Severity.WARNING, f"{label} is no collection of the configuration"
    if special:
        return Severity.INFO, f"the name begins with {special[0]}"
    return Severity.INFO, "it is excluded by the configuration"
