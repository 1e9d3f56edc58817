"""A folder of Markdown without an engine, one Markdown file, or one interview pasted as text."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from portfolio.importer.document import Problem, Severity
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
            files.append(SourceFile(path, absolute, kind, label_path=path, refused=refusal(absolute, root)))
    return tuple(sorted(files, key=lambda file: file.path)), tuple(problems)


def read_single(path: Path) -> SourceFile:
    """The one file given as the source: a ``.txt`` is an interview, everything else Markdown."""
    kind = "interview" if path.suffix.lower() == ".txt" else "page"
    return SourceFile(path.name, path, kind, label_path=path.name)


def kind_of(path: str) -> str:
    """``page``, ``interview``, or "" for a file that is no document."""
    extension = posixpath.splitext(path)[1].lower()
    if extension in MARKDOWN_EXTENSIONS:
        return "page"
    folders = path.split("/")[:-1]
    return "interview" if extension == ".txt" and {"interviews", "_interviews"} & set(folders) else ""
