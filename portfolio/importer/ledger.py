"""The ledger of one source site: what earlier imports wrote, and the rows of this one."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from portfolio.blocks.stored_values import value_hash
from portfolio.documents.document import Document
from portfolio.importer.body.built_body import Segment
from portfolio.importer.bulk.rows import store
from portfolio.models.ledger import ImportedDocument, ImportedFile, ImportedPage, ImportSite

# What a run asks of every page of an earlier one; the rest is loaded for those that have changed.
OWN_FIELDS = ("document_id", "part", "revision_id", "old_urls", "source_content", "conflicts")
PAGE_FIELDS = (
    "path", "depth", "numchild", "title", "draft_title", "slug", "url_path", "live", "has_unpublished_changes",
    "content_type_id", "locale_id", "latest_revision_id", "live_revision_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A written page and its row. ``describe`` gives the row's ``fields`` once the page is stored."""

    page: Page
    row: ImportedPage
    describe: Callable[[], dict[str, Any]]


@dataclass(slots=True)
class Ledger:
    """The rows of one source site, by path.

    ``new`` documents and ``written`` pages wait for the next flush. ``renamed`` says that the site's key has changed,
    ``hosts`` are the old site's host names besides that of its URL.
    ``files_before`` has, of each file without a page that differs now, the row that it had.
    """

    site: ImportSite
    documents: dict[str, ImportedDocument] = field(default_factory=dict)
    pages: dict[tuple[str, str], ImportedPage] = field(default_factory=dict)
    new: list[ImportedDocument] = field(default_factory=list)
    written: list[tuple[ImportedDocument, PageRecord]] = field(default_factory=list)
    pages_by_path: dict[str, list[ImportedPage]] = field(default_factory=dict)
    renamed: bool = False
    hosts: frozenset[str] = frozenset()
    files_before: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for (path, _), row in self.pages.items():
            self.pages_by_path.setdefault(path, []).append(row)

    @classmethod
    def load(cls, site: ImportSite) -> Ledger:
        """The ledger of the site, whose row is stored when the first document is recorded."""
        if site.pk is None:
            return cls(site)
        documents = {row.pk: row for row in site.documents.defer("source")}
        pages: dict[tuple[str, str], ImportedPage] = {}
        of_pages = [f"page__{name}" for name in PAGE_FIELDS]
        for row in ImportedPage.objects.filter(document__site=site).select_related("page").only(*OWN_FIELDS, *of_pages):
            row.document = documents[row.document_id]
            pages[row.document.path, row.part] = row
        return cls(site, {row.path: row for row in documents.values()}, pages)

    def open(self) -> None:
        """Make sure that the site has its row, under its present name, before anything refers to it."""
        if self.hosts != frozenset(self.site.hosts):
            self.site.hosts = sorted(self.hosts)
            if self.site.pk is not None:
                self.site.save(update_fields=["hosts"])
        if self.site.pk is None:
            self.site.save()
        elif self.renamed:
            self.site.save(update_fields=["key"])
            self.renamed = False

    def keep(self, files: Mapping[str, bytes], rendered: Mapping[str, bytes]) -> None:
        """Store the files that became no page, and delete the rows of those that are no longer there.

        ``rendered`` is what the old engine made of templates among them.
        """
        rows = list(self.site.files.values_list("path", "sha256", "rendered"))
        stored = {path: digest for path, digest, _ in rows}
        outputs = {path: bytes(output) for path, _, output in rows if output is not None}
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        different = {path for path in {*stored, *digests} if stored.get(path) != digests.get(path)}
        different |= {path for path in {*outputs, *rendered} & set(digests) if outputs.get(path) != rendered.get(path)}
        if not different:
            return
        earlier = {row.path: row for row in self.site.files.filter(path__in=different & set(stored))}
        for path in sorted(different):
            row = earlier.get(path)
            self.files_before[path] = file_values(row) if row is not None else None
            if path in digests:
                values = {"sha256": digests[path], "data": files[path], "rendered": rendered.get(path)}
                ImportedFile.objects.update_or_create(site=self.site, path=path, defaults=values)
        self.site.files.filter(path__in=set(stored) - set(digests)).delete()

    def move(self, old: str, new: str) -> None:
        """Move the document at ``old`` to ``new``."""
        row = self.documents[new] = self.documents.pop(old)
        row.path = new
        row.save(update_fields=["path"])
        pages = self.pages_by_path.pop(old, [])
        self.pages_by_path[new] = pages
        for page in pages:
            self.pages[new, page.part] = self.pages.pop((old, page.part))

    def pages_of(self, path: str) -> list[ImportedPage]:
        return self.pages_by_path.get(path, [])

    def record(
        self,
        document: Document,
        source: bytes,
        fingerprint: str,
        assets: Mapping[str, str | None],
        constructs: Mapping[str, int],
        pages: Iterable[PageRecord],
    ) -> None:
        """Record a document and its pages; ``flush`` writes what is new, when new pages have their revisions."""
        values = {
            "kind": document.kind,
            "sha256": document.sha256,
            "fingerprint": fingerprint,
            "source": source,
            "body_start": document.front_matter_span.end,
            "assets": assets,
            "constructs": constructs,
        }
        records = list(pages)  # before anything changes, as reading a page may fail
        row = self.documents.get(document.path)
        if row is None:
            row = self.documents[document.path] = ImportedDocument(site=self.site, path=document.path, **values)
            self.new.append(row)
        else:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        self.written.extend((row, record) for record in records)

    def flush(self) -> None:
        """Write the rows of the documents and pages recorded since the last time."""
        ImportedDocument.objects.bulk_create(self.new)
        for row in self.new:
            row.source = b""  # stored; the run has no more use for it
        new = []
        for document, record in self.written:
            row, page = record.row, record.page
            row.fields = record.describe()
            row.document_id, row.page_id, row.revision_id = document.pk, page.pk, page.latest_revision_id
            earlier = self.pages.get((document.path, row.part))
            if earlier is None:
                new.append(row)
            else:
                row.pk = earlier.pk
                row.save(force_update=True)
        store(ImportedPage, new)
        self.new.clear()
        self.written.clear()


def file_values(row: ImportedFile) -> dict[str, str]:
    values = {"sha256": row.sha256, "data": b64encode(bytes(row.data)).decode()}
    if row.rendered is not None:
        values["rendered"] = b64encode(bytes(row.rendered)).decode()
    return values


def block_hashes(page: Any) -> dict[str, str]:
    """The hashes of the values of a page's blocks, by their ids."""
    if not hasattr(page, "body"):
        return {}
    return {child["id"]: value_hash(child["value"]) for child in page.body.get_prep_value()}


def block_entries(
    segments: Iterable[Segment], hashes: Mapping[str, str], places: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The ``blocks`` of an ``ImportedPage``. ``places`` gives the ids on the page of blocks that have another there."""
    entries = []
    for segment in segments:
        entry: dict[str, Any] = {"id": None, "start": segment.span.start, "end": segment.span.end}
        if segment.block_id:
            entry |= {"id": places.get(segment.block_id, segment.block_id), "hash": hashes[segment.block_id]}
        if segment.text_hash:
            entry["text"] = segment.text_hash
        entries.append(entry)
    return entries
