"""Passthrough files: those of the source that become no page and that an export gives back. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from portfolio.documents.document import Problem, Severity
from portfolio.documents.limits import LONGEST_PATH, MAX_FILE
from portfolio.engines import SourceTree
from portfolio.engines.walk import files_below, read_bytes, refusal, source_files

MAX_KEPT = 256 * 1024 * 1024  # bytes of all files that are kept for the export


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


class KeptFiles(Mapping[str, bytes]):
    """The files of the source at ``paths``, read when they are asked for, besides those ``loaded`` already."""

    def __init__(self, root: Path, paths: Iterable[str], loaded: Mapping[str, bytes]) -> None:
        self._root, self._loaded = root, loaded
        self._paths = dict.fromkeys([*loaded, *paths])

    def __getitem__(self, path: str) -> bytes:
        return self._loaded[path] if path in self._loaded else read_bytes(self._root / path, MAX_FILE)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def rest_of_source(source: SourceTree, exported: Collection[str]) -> tuple[list[str], list[str]]:
    """The files that are in no other part of an export, and those of them that are too large to be kept.

    ``exported`` are the paths of documents and stored files. Without configuration, for a single file, there are none.
    """
    kept, too_large, total = [], [], 0
    for path in () if source.is_single else source_files(source.root):
        if path in exported:
            continue
        size = (source.root / path).stat().st_size
        if size > MAX_FILE or total + size > MAX_KEPT:
            too_large.append(path)
        else:
            kept.append(path)
            total += size
    return kept, too_large


def _files_at(path: Path, root: Path) -> Iterable[Path]:
    """The file at ``path``, or the files of the folder."""
    if path.is_file():
        return () if refusal(path, root) else (path,)
    return files_below(path, root)
