"""Passthrough files: those of the source that become no page and that an export gives back. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from portfolio.documents.document import Problem, Severity
from portfolio.documents.limits import LONGEST_PATH, MAX_FILE
from portfolio.engines import SourceTree
from portfolio.engines.walk import files_below, read_bytes, refusal


def configuration(source: SourceTree, config_path: Path | None) -> dict[str, bytes]:
    """The site's configuration file, under the name it has in a tree."""
    names = source.engine.config_names
    if not names:
        return {}
    if config_path is not None:
        return {names[0]: config_path.read_bytes()}
    file = next((file for name in names if (file := source.root / name).is_file()), None)
    return {file.name: file.read_bytes()} if file else {}


def shared_files(source: SourceTree) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """What conversion may read besides the document itself, by path, and which of it is too long to be kept."""
    root = source.root
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in chain.from_iterable(_files_at(root / name, root) for name in source.engine.passthrough):
        path = file.relative_to(root).as_posix()
        if file.is_symlink() or len(path) > LONGEST_PATH:
            continue
        try:
            found[path] = read_bytes(file, MAX_FILE)
        except (OSError, ValueError) as error:
            problems.append(Problem(Severity.WARNING, "unreadable-file", f"{path}: {error}; an export lacks it"))
    return found, tuple(problems)


def _files_at(path: Path, root: Path) -> Iterable[Path]:
    """The file at ``path``, or the files of the folder."""
    if path.is_file():
        return () if refusal(path, root) else (path,)
    return files_below(path, root)
