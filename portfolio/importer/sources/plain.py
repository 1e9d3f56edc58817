"""A folder of Markdown without an engine, one Markdown file, or one interview pasted as text."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from portfolio.importer.document import Problem, Severity
from portfolio.importer.sources.jekyll import DATED_NAME
from portfolio.importer.sources.jekyll_document import Resolved, resolve
from portfolio.importer.sources.model import SourceFile
from portfolio.importer.sources.walk import refusal

MARKDOWN_EXTENSIONS = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown"})
_SKIPPED_FOLDERS = frozenset({"node_modules", "vendor", "__pycache__"})


def read_folder(root: Path) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Every Markdown file below ``root``, and text files below a folder called ``interviews`` or ``_interviews``."""
    files: list[SourceFile] = []
    problems: list[Problem] = []

    def unreadable(error: OSError) -> None:
        where = os.path.relpath(error.filename, root) if error.filename else "."
        problems.append(Problem(Severity.WARNING, "unreadable-folder", f"{where}: cannot be read: {error.strerror}"))

    for directory, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED_FOLDERS)
        below = Path(directory).relative_to(root).as_posix()
        for name in sorted(names):
            kind = kind_of(posixpath.join(below, name))
            if not kind or name.startswith("."):
                continue
            path = posixpath.normpath(posixpath.join(below, name))
            try:
                path.encode("utf-8")
            except UnicodeEncodeError:
                shown = path.encode("utf-8", "backslashreplace").decode()
                problems.append(Problem(Severity.ERROR, "bad-file-name", f"{shown}: has a name that is not UTF-8"))
                continue
            absolute = root / path
            refused = refusal(absolute, root)
            files.append(SourceFile(path, absolute, kind, label_path=path, refused=refused, engine_kind=kind))
    return tuple(sorted(files, key=lambda file: file.path)), tuple(problems)


def read_single(path: Path) -> SourceFile:
    """The one file given as the source: a ``.txt`` is an interview, everything else Markdown."""
    kind = "interview" if path.suffix.lower() == ".txt" else "page"
    return SourceFile(path.name, path, kind, label_path=path.name, engine_kind=kind)


def kind_of(path: str) -> str:
    """``page``, ``interview``, or "" for a file that is no document."""
    extension = posixpath.splitext(path)[1].lower()
    if extension in MARKDOWN_EXTENSIONS:
        return "page"
    return "interview" if extension == ".txt" and in_interview_folder(path) else ""


def in_interview_folder(path: str) -> bool:
    return bool({"interviews", "_interviews"} & set(path.split("/")[:-1]))


def resolve_plain(
    file: SourceFile, front_matter: Mapping[str, Any], local: tzinfo, now: datetime
) -> tuple[Resolved, str]:
    """Title, date and so on without an engine, and the kind: a dated text is a post.

    There is no old address. The date stands in the front matter or at the start of the file's name.
    """
    config = {"collections": {}, "permalink": "none", "markdown_ext": "md,markdown,mkd,mkdn,mkdown"}
    name = posixpath.basename(file.path)
    kind = file.kind
    if kind == "page" == file.engine_kind and (front_matter.get("date") or DATED_NAME.search(name)):
        kind = "post"
    found = resolve(replace(file, engine_kind=kind), front_matter, config, local, now)
    title = found.title if front_matter.get("title") else ""
    return replace(found, address="", title=title), kind
