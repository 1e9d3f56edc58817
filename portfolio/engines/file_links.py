"""File links: links between files of a source, such as ``../notes/tides.md``, lead to the pages of these files.

GitHub, MkDocs and editors use such links, and Jekyll with the plugin jekyll-relative-links.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from portfolio.engines.source import SourceFile

INDEX_NAMES = ("index", "readme")  # shown for their folder, in this order of preference


def link_address(path: str) -> str:
    """Return the percent-encoded address of the file at ``path``, from the top of the source."""
    return "/" + quote(path, safe="/:@!$&'()*+,;=~")


def linked_by_path(files: Iterable[SourceFile]) -> list[SourceFile]:
    """Return the files with their paths as link addresses."""
    return [replace(file, linked_as=(link_address(file.path),)) for file in files]


def linked_in_folder(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Return the files with their link addresses: path, path without extension, and the folder for an index.

    If several files could have the same shorter address, the first one gets it, unless a file has that path.
    """
    taken = {link_address(file.path).lower() for file in files}
    linked = {file.path: [link_address(file.path)] for file in files}
    for _, address, path in sorted(name for file in files for name in _shorter_names(file.path)):
        if address.lower() not in taken:
            taken.add(address.lower())
            linked[path].append(address)
    return [replace(file, linked_as=tuple(linked[file.path])) for file in files]


def _shorter_names(path: str) -> Iterator[tuple[int, str, str]]:
    """Yield the shorter addresses of a file as rank (the lowest is preferred), address and path."""
    plain = posixpath.splitext(path)[0]
    yield 0, link_address(plain), path
    folder, name = posixpath.split(plain)
    if folder and name.lower() in INDEX_NAMES:
        yield 1 + INDEX_NAMES.index(name.lower()), link_address(folder), path
