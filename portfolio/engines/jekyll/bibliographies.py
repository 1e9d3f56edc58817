"""Bibliographies of jekyll-scholar: the files that the configuration names, and the documents that list them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from portfolio.documents.limits import MAX_FILE
from portfolio.engines.source import Bibliography, SourceTree
from portfolio.engines.walk import files_below, read_bytes, refusal

FOLDER = "_bibliography"
TEMPLATES = ("_includes", "_layouts")
# A list of all entries, or of some of them; with --cited it is the references of one text.
LIST = re.compile(r"{%-?\s*bibliography(?![\w-])(?![^%}]*--cited)")
CITATION = re.compile(r"{%-?\s*(?:cite|citation|reference|nocite|bibliography)\b")


def bibliographies(source: SourceTree) -> tuple[Bibliography, ...]:
    """Return the bibliographies of the owner's works: none if the site only cites from them."""
    paths = bibliography_paths(source.root, source.config)
    if not paths:
        return ()
    texts = {file.path: text_of(file.absolute, source.root) for file in source.files if file.refused is None}
    shown_on = tuple(path for path, text in texts.items() if LIST.search(text))
    if not shown_on and any(map(CITATION.search, texts.values())):
        templates = (file for name in TEMPLATES for file in files_below(source.root / name, source.root))
        if not any(LIST.search(text_of(file, source.root)) for file in templates):
            return ()
    found = ((path, bytes_of(source.root / path)) for path in paths)
    return tuple(Bibliography(path, data, shown_on) for path, data in found if data)


def bibliography_paths(root: Path, config: Mapping[str, Any]) -> list[str]:
    """Return the paths of the files that the settings name; of a site that names none, all in the folder."""
    settings = config.get("scholar")
    settings = settings if isinstance(settings, Mapping) else {}
    folder = str(settings.get("source") or FOLDER).strip("./")
    if not folder or ".." in folder.split("/"):
        return []
    patterns = list(named_files(settings.get("bibliography")))
    names = [file.relative_to(root / folder).as_posix() for file in files_below(root / folder, root)]
    return [f"{folder}/{name}" for name in names if name.endswith(".bib") and matches(name, patterns)]


def named_files(value: Any) -> Iterator[str]:
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str) and name.strip():
            yield name.strip() if name.strip().endswith(".bib") else f"{name.strip()}.bib"


def matches(name: str, patterns: list[str]) -> bool:
    """Whether the settings name the file; ``**/`` in them stands for any folder or none."""
    return not patterns or any(fnmatchcase(name, pattern.replace("**/", "*")) for pattern in patterns)


def text_of(file: Path, root: Path) -> str:
    return "" if refusal(file, root) else bytes_of(file).decode("utf-8", "replace")


def bytes_of(file: Path) -> bytes:
    try:
        return read_bytes(file, MAX_FILE)
    except (OSError, ValueError):
        return b""
