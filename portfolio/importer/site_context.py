"""What a document may know of the site it belongs to while it is converted."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio.importer.dates import zone
from portfolio.importer.formulas import tex_delimiters
from portfolio.importer.frontmatter import FrontMatterError, split_front_matter
from portfolio.importer.limits import MAX_FILE, not_counted
from portfolio.importer.sources.jekyll_document import Resolved, resolve
from portfolio.importer.sources.model import Source, SourceFile
from portfolio.importer.sources.walk import read_bytes

SECONDS_PER_FILE = 0.05  # a hundred times what reading the front matter of one takes


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document as the others see it, in Liquid's ``site.posts`` or behind ``post_url``. ``url`` has no base path."""

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
class SiteContext:
    """Everything but the file itself that its conversion depends on; travels to each worker once.

    ``local`` is the site's time zone, ``now`` the moment that decides what lies in the future. ``static`` are the
    paths of the site's other files, ``tex_delimiters`` those of formulas that a script of the site looked for.
    ``files`` are the documents that may name each other. Most never do, so the front matter of all is read only when
    one of them asks for it.
    """

    root: Path
    kind: str
    config: Mapping[str, Any]
    local: tzinfo
    now: datetime
    files: tuple[SourceFile, ...] = ()
    static: frozenset[str] = frozenset()
    tex_delimiters: tuple[str, ...] = ()

    @property
    def base_path(self) -> str:
        """The path the old site lay under: "" or "/blog"."""
        base = str(self.config.get("baseurl") or "").strip("/")
        return f"/{base}" if base else ""

    @cached_property
    def entries(self) -> tuple[IndexEntry, ...]:
        """The documents as they see each other, in the source's order.

        Those that cannot be read are passed over; converting them says what is wrong. One document asks for all of
        them and must not be blamed for it: the time this takes is not its own.
        """
        with not_counted(SECONDS_PER_FILE * len(self.files)):
            return tuple(entry for file in self.files if (entry := self._read(file)) is not None)

    def look_around(self) -> None:
        """Read the front matter of all documents now, for files that are going to change."""
        len(self.entries)

    def entry(self, path: str) -> IndexEntry | None:
        """The document at ``path``, read by itself as long as nobody has asked for all of them."""
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
            values = split_front_matter(read_bytes(file.absolute, MAX_FILE)).values
            found = resolved(file, values, self)
        except (OSError, ValueError, FrontMatterError):
            return None
        return IndexEntry(
            path=file.path,
            label_path=file.label_path,
            kind=file.kind,
            url=found.address,
            title=found.title or posixpath.basename(file.path),
            slug=found.slug,
            date=found.date,
            categories=found.categories,
            tags=found.tags,
            data=found.data,
            public=found.public,
        )


def site_context(source: Source, now: datetime | None = None) -> SiteContext:
    """The context of an opened source; ``now`` is this moment by default."""
    now = now or datetime.now(UTC)
    try:
        local = zone(source.config.get("timezone"))
    except ValueError:
        local = UTC
    if source.kind != "jekyll":
        return SiteContext(source.root, source.kind, source.config, local, now)
    marks = tex_delimiters(source.root, source.config)
    return SiteContext(source.root, source.kind, source.config, local, now, source.files, tex_delimiters=marks)


def resolved(file: SourceFile, values: Mapping[str, Any], site: SiteContext) -> Resolved:
    return resolve(file, values, site.config, site.local, site.now)
