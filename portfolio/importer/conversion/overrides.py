"""What the owner says a document is, where a guess would be wrong: the file named by ``--map``. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from portfolio.engines import SourceFile

KINDS = frozenset({"draft", "post", "page", "interview", "experience", "skip"})


class MapError(ValueError):
    """The map cannot be used; the message says why."""


def read_map(file: Path) -> dict[str, str]:
    """Kinds by path pattern, from a TOML file with one table::

        [documents]
        "cv.md" = "experience"
        "talks/*" = "skip"

    Raises ``MapError`` for an unreadable file and for kinds that do not exist.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MapError(f"{file}: {error}") from error
    documents = found.get("documents", {})
    if not isinstance(documents, dict) or set(found) - {"documents"}:
        raise MapError(f"{file}: it holds one table, [documents]")
    for pattern, kind in documents.items():
        if kind not in KINDS:
            raise MapError(f"{file}: {pattern!r} is {kind!r}; it can be {', '.join(sorted(KINDS))}")
    return documents


def kind_of(path: str, kinds: Mapping[str, str]) -> str | None:
    """The kind that the first matching pattern gives to ``path``."""
    return next((kind for pattern, kind in kinds.items() if fnmatchcase(path, pattern)), None)


def apply(files: Iterable[SourceFile], kinds: Mapping[str, str]) -> tuple[SourceFile, ...]:
    """The files with the owner's kinds; an experience page is read as a page."""
    changed = []
    for file in files:
        kind = kind_of(file.path, kinds)
        if kind in ("post", "page", "interview"):
            file = replace(file, kind=kind)
        elif kind == "experience":
            file = replace(file, kind="page")
        elif kind == "draft":
            file = replace(file, private=True)
        changed.append(file)
    return tuple(changed)
