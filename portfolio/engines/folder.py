"""Folder: list the documents and other files of a folder of Markdown without configuration."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from pathlib import Path

from portfolio.documents.document import Problem, Severity
from portfolio.engines.file_links import linked_in_folder
from portfolio.engines.source import SourceFile
from portfolio.engines.walk import refusal

MARKDOWN_EXTENSIONS = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown"})
# Document formats that the import does not support.
UNREAD_FORMATS = {
    ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".canvas": "an Obsidian canvas", ".doc": "a Word document",
    ".docx": "a Word document", ".htm": "HTML", ".html": "HTML", ".ipynb": "a Jupyter notebook",
    ".mdoc": "Markdoc", ".mdx": "MDX (Markdown with components)", ".mediawiki": "MediaWiki text", ".njk": "Nunjucks",
    ".odt": "an OpenDocument text", ".org": "Org mode", ".qmd": "Quarto", ".rmd": "R Markdown",
    ".rst": "reStructuredText", ".rtf": "Rich Text Format", ".tex": "LaTeX", ".textile": "Textile",
    ".wiki": "wiki text",
}  # fmt: skip
_SKIPPED_FOLDERS = frozenset({"node_modules", "vendor", "__pycache__"})
INTERVIEW_FOLDERS = frozenset({"interviews", "_interviews"})


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The files of a folder: documents, ``others`` that documents may use, and problems for skipped ones."""

    files: tuple[SourceFile, ...]
    others: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_folder(root: Path) -> FolderContents:
    """Read all Markdown files below ``root``, and text files in a folder ``interviews`` or ``_interviews``."""
    files: list[SourceFile] = []
    others: list[str] = []
    problems: list[Problem] = []

    def unreadable(error: OSError) -> None:
        where = os.path.relpath(error.filename, root) if error.filename else "."
        problems.append(Problem(Severity.WARNING, "unreadable-folder", f"{where}: cannot be read: {error.strerror}"))

    for directory, folders, names in os.walk(root, onerror=unreadable):
        below = Path(directory).relative_to(root).as_posix()
        for name in sorted([*folders, *names]):
            path = posixpath.normpath(posixpath.join(below, name))
            if (problem := _passed_over(path, root, is_folder=name in folders)) is not None:
                problems.append(problem)
                folders[:] = [folder for folder in folders if folder != name]
            elif name in folders:
                continue
            elif kind := kind_of(path):
                refused = refusal(root / path, root)
                files.append(SourceFile(path, root / path, kind, label_path=path, refused=refused, engine_kind=kind))
            else:
                others.append(path)
        folders.sort()
    linked = linked_in_folder(sorted(files, key=lambda file: file.path))
    return FolderContents(tuple(linked), tuple(sorted(others)), tuple(problems))


def _passed_over(path: str, root: Path, *, is_folder: bool) -> Problem | None:
    """Return the reason why a file or folder is skipped, or None."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "backslashreplace").decode()
        return Problem(Severity.ERROR, "bad-file-name", f"{shown}: has a name that is not UTF-8")
    name = posixpath.basename(path)
    if name.startswith("."):
        return Problem(Severity.INFO, "not-read", f"{path}: is hidden, as its name begins with a dot; it is not read")
    if is_folder and name in _SKIPPED_FOLDERS:
        return Problem(Severity.INFO, "not-read", f"{path}: holds what programs installed; it is not read")
    if is_folder and (root / path).is_symlink():
        return Problem(Severity.WARNING, "linked-folder", f"{path}: is a link to a folder, which is not followed")
    if not is_folder and (format_name := UNREAD_FORMATS.get(posixpath.splitext(name)[1].lower())):
        message = f"{path}: is {format_name}, which cannot be read yet; it gets no page"
        return Problem(Severity.WARNING, "unread-format", message)
    return None


def read_single(path: Path) -> SourceFile:
    """Return a single file as the source: ``.txt`` is an interview, everything else Markdown."""
    kind = "interview" if path.suffix.lower() == ".txt" else "page"
    return SourceFile(path.name, path, kind, label_path=path.name, engine_kind=kind)


def kind_of(path: str) -> str:
    """Return ``page``, ``interview``, or "" for a file that is not a document."""
    extension = posixpath.splitext(path)[1].lower()
    if extension in MARKDOWN_EXTENSIONS:
        return "page"
    return "interview" if extension == ".txt" and in_interview_folder(path) else ""


def in_interview_folder(path: str) -> bool:
    return bool(INTERVIEW_FOLDERS & set(path.split("/")[:-1]))
