"""Folder index: files of a folder by the names used in ``[[wiki links]]``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from portfolio.engines.source import SourceTree

# Folders that generators copy to the root of the site: Astro and Next.js, Docusaurus and Gatsby, VitePress, MkDocs,
# Pelican, Eleventy and Hexo.
SITE_ROOTS = ("public", "static", "docs/public", "docs", "content", "src", "source")


@dataclass(frozen=True, slots=True)
class FolderIndex:
    """Paths by file name in lower case; documents also without extension."""

    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, name: str, document: str) -> str | None:
        """Return the path of the file that ``name`` refers to in ``document``; None if there is none.

        The name may begin with folders. Of several files the one in the folder of the document is used, else the one
        with the shortest path.
        """
        target = posixpath.normpath(name.strip().strip("/")).lower()
        if target.startswith("../"):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(document).lower(), target))
        folder = posixpath.dirname(document)
        matches = [
            path for path in self.by_name.get(posixpath.basename(target), ()) if _ends_with(path.lower(), target)
        ]
        return min(matches, key=lambda path: (posixpath.dirname(path) != folder, path.count("/"), path), default=None)

    def below_root(self, address: str) -> str:
        """Return a root-relative ``address`` with the folder of the source that was the root of the old site.

        Any other address, and one without such a file, is unchanged.
        """
        path = unquote(address.partition("#")[0].partition("?")[0]).lstrip("/")
        paths = self.by_name.get(posixpath.basename(path).lower(), ()) if address.startswith("/") and path else ()
        if path in paths:
            return address
        match = next((f"{root}/{path}" for root in SITE_ROOTS if f"{root}/{path}" in paths), None)
        return address if match is None else quote(f"/{match[: -len(path)]}") + address.lstrip("/")


def _ends_with(path: str, target: str) -> bool:
    return any(f"/{name}".endswith(f"/{target}") for name in (path, posixpath.splitext(path)[0]))


def folder_index(source: SourceTree) -> FolderIndex | None:
    """Return the index of a folder; None for a single file."""
    if not any(file.linked_as for file in source.files):
        return None
    documents = [file.path for file in source.files]
    return FolderIndex(_grouped((*_names(documents), *((posixpath.basename(path), path) for path in source.others))))


def _names(paths: Iterable[str]) -> Iterable[tuple[str, str]]:
    for path in paths:
        name = posixpath.basename(path)
        yield name, path
        yield posixpath.splitext(name)[0], path


def _grouped(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for name, path in names:
        groups.setdefault(name.lower(), []).append(path)
    return {name: tuple(paths) for name, paths in groups.items()}
