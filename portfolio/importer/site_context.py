"""What a document may know of the site it belongs to while it is converted."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from portfolio.importer.dates import zone
from portfolio.importer.formulas import tex_delimiters
from portfolio.importer.frontmatter import FrontMatterError, split_front_matter
from portfolio.importer.limits import MAX_FILE
from portfolio.importer.sources.jekyll_document import Resolved, resolve
from portfolio.importer.sources.model import Source, SourceFile
from portfolio.importer.sources.walk import read_bytes


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


@dataclass(frozen=True, slots=True)
class SiteContext:
    """Everything but the file itself that its conversion depends on; travels to each worker once.

    ``local`` is the site's time zone, ``now`` the moment that decides what lies in the future. ``static`` are the
    paths of the site's other files, ``tex_delimiters`` those of formulas that a script of the site looked for.
    """

    root: Path
    kind: str
    config: Mapping[str, Any]
    local: tzinfo
    now: datetime
    entries: tuple[IndexEntry, ...] = field(default=())
    static: frozenset[str] = frozenset()
    tex_delimiters: tuple[str, ...] = ()

    @property
    def base_path(self) -> str:
        """The path the old site lay under: "" or "/blog"."""
        base = str(self.config.get("baseurl") or "").strip("/")
        return f"/{base}" if base else ""


def site_context(source: Source, now: datetime | None = None) -> SiteContext:
    """Read every document's front matter once, so that documents can name each other.

    Documents that cannot be read are passed over here; converting them says what is wrong.
    """
    now = now or datetime.now(UTC)
    try:
        local = zone(source.config.get("timezone"))
    except ValueError:
        local = UTC
    entries = []
    if source.kind == "jekyll":
        for file in source.files:
            entry = _entry(file, source.config, local, now)
            if entry is not None:
                entries.append(entry)
    marks = tex_delimiters(source.root, source.config) if source.kind == "jekyll" else ()
    return SiteContext(source.root, source.kind, source.config, local, now, tuple(entries), tex_delimiters=marks)


def _entry(file: SourceFile, config: Mapping[str, Any], local: tzinfo, now: datetime) -> IndexEntry | None:
    if file.refused is not None or file.kind == "interview":
        return None
    try:
        values = split_front_matter(read_bytes(file.absolute, MAX_FILE)).values
        found = resolve(file, values, config, local, now)
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


def resolved(file: SourceFile, values: Mapping[str, Any], site: SiteContext) -> Resolved:
    return resolve(file, values, site.config, site.local, site.now)
