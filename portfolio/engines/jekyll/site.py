"""Jekyll site: the data of a site that the conversion of a document needs."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from portfolio.documents.front_matter import FrontMatterError
from portfolio.documents.limits import MAX_FILE, not_counted
from portfolio.engines.jekyll import polyglot
from portfolio.engines.jekyll.resolve import resolve
from portfolio.engines.protocol import SiteContext
from portfolio.engines.source import SourceFile
from portfolio.engines.walk import read_bytes

SECONDS_PER_FILE = 0.05  # a hundred times the usual time to read front matter


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document as others see it, in Liquid's ``site.posts`` or ``post_url``. ``url`` has no base path."""

    path: str
    label_path: str
    kind: str
    url: str
    title: str
    slug: str
    date: datetime | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    data: Mapping[str, Any]
    public: bool


@dataclass(frozen=True)
class JekyllSite(SiteContext):
    """``tex_delimiters`` are the formula delimiters of the site's maths script, ``tex_macros`` its macros.

    ``files`` are the documents that may refer to each other. Most never do, so the front matter of all documents is
    read only when one of them needs it.
    """

    files: tuple[SourceFile, ...] = ()
    tex_delimiters: tuple[str, ...] = ()
    tex_macros: str = ""

    @cached_property
    def entries(self) -> tuple[IndexEntry, ...]:
        """Return the index entries of all documents in source order.

        Unreadable documents are skipped; their own conversion reports the error. The time does not count towards the
        limit of the document that needs the entries first.
        """
        with not_counted(SECONDS_PER_FILE * len(self.files)):
            return tuple(entry for file in self.files if (entry := self._read(file)) is not None)

    @cached_property
    def translations(self) -> Mapping[str, list[str]]:
        """Return the languages of the public documents that share an address, in source order (jekyll-polyglot)."""
        found: dict[str, list[str]] = {}
        for entry in self.entries:
            if entry.public:
                language = polyglot.language_of(entry.path, entry.data, self.config)
                found.setdefault(polyglot.shared_address(entry.url, self.config), []).append(language)
        return found

    def preload(self) -> None:
        len(self.entries)

    def entry(self, path: str) -> IndexEntry | None:
        """Return the entry of the document at ``path``, read separately if not all entries are read yet."""
        if "entries" in self.__dict__:
            return self._by_path.get(path)
        if path not in self._alone:
            file = self._files_by_path.get(path)
            self._alone[path] = None if file is None else self._read(file)
        return self._alone[path]

    @cached_property
    def _alone(self) -> dict[str, IndexEntry | None]:
        return {}

    @cached_property
    def _by_path(self) -> dict[str, IndexEntry]:
        return {entry.path: entry for entry in self.entries}

    @cached_property
    def _files_by_path(self) -> dict[str, SourceFile]:
        return {file.path: file for file in self.files}

    def _read(self, file: SourceFile) -> IndexEntry | None:
        if file.refused is not None or file.kind == "interview":
            return None
        try:
            values = self.engine.split_front_matter(read_bytes(file.absolute, MAX_FILE), self).values
            resolved = resolve(file, values, self.config, self.local, self.now)
        except (OSError, ValueError, FrontMatterError):
            return None
        return IndexEntry(
            path=file.path,
            label_path=file.label_path,
            kind=file.kind,
            url=resolved.address,
            title=resolved.title or posixpath.basename(file.path),
            slug=resolved.slug,
            date=resolved.date,
            categories=resolved.categories,
            tags=resolved.tags,
            data=resolved.data,
            public=resolved.public,
        )
