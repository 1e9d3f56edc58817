"""Files of the source that become no page and that an export needs all the same. Pure."""

from __future__ import annotations

from pathlib import Path

from portfolio.importer.document import Problem, Severity
from portfolio.importer.limits import LONGEST_PATH, MAX_FILE
from portfolio.importer.sources import Source
from portfolio.importer.sources.jekyll_config import find_config
from portfolio.importer.sources.walk import files_below, read_bytes

SHARED_FOLDERS = ("_includes", "_data", "_layouts")


def configuration(source: Source, elsewhere: Path | None) -> dict[str, bytes]:
    """The site's configuration file, under the name it has in a tree."""
    if source.kind != "jekyll":
        return {}
    file = elsewhere or find_config(source.root)
    return {file.name if elsewhere is None else "_config.yml": file.read_bytes()} if file else {}


def shared_files(root: Path) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """What conversion may read besides the document itself, by path, and which of it is too long to be kept."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for folder in SHARED_FOLDERS:
        for file in files_below(root / folder, root):
            path = file.relative_to(root).as_posix()
            if file.is_symlink() or len(path) > LONGEST_PATH:
                continue
            try:
                found[path] = read_bytes(file, MAX_FILE)
            except (OSError, ValueError) as error:
                problems.append(Problem(Severity.WARNING, "unreadable-file", f"{path}: {error}; an export lacks it"))
    return found, tuple(problems)
