"""Selection: the documents of an export and pages without one, loaded in chunks, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, prefetch_related_objects
from wagtail.models import Page

from portfolio.documents.document import Problem, Severity
from portfolio.engines.protocol import Engine
from portfolio.exporter.isolation import attempt
from portfolio.exporter.ledger_document import DocumentPart, LedgerDocument, shown_blocks
from portfolio.exporter.output_tree import OutputTree, UnsafePath
from portfolio.exporter.plan import FrontMatterContext, PageExport
from portfolio.exporter.report import ExportReport
from portfolio.importer.plan import described_places
from portfolio.models import ImportedDocument, ImportedEntry, ImportedPage, ImportSite

CHUNK = 100  # documents with their pages that are in memory at a time
LINES = 2000  # rows that have a few fields only
Item = TypeVar("Item")
RELATED = ("categories", "tags", "skills", "authors", "series", "organisation")


class PageExports:
    """The exports of all page types, and of entries that share the document of another page."""

    def __init__(self, exports: Sequence[PageExport], engine: Engine[Any]) -> None:
        self.engine = engine
        self.of_pages = {export.model: export for export in exports}
        self.of_entries = {export.entry_model: export for export in exports if hasattr(export, "entry_model")}

    @property
    def models(self) -> list[type[Page]]:
        return [*self.of_pages, *self.of_entries]

    def describe(self, page: Page) -> dict[str, Any]:
        export = self.of_pages.get(type(page))
        fields = export.describe(page) if export else self.of_entries[type(page)].describe_entry(page)
        return {**fields, **described_places(page)}

    def path(self, page: Page, context: FrontMatterContext) -> str:
        """Return the path of a new document for the page, in the layout of the engine."""
        return self.engine.new_path(self.of_pages[type(page)].path(page, context))


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document that is written later: the key of its row, its path, and the keys of pages that were added to it."""

    pk: int
    path: str
    added: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page without a document that is written later, with the path of its new file."""

    pk: int
    path: str


@dataclass(slots=True)
class NewDocument:
    """A page without a document, and the path of its new file."""

    export: PageExport
    page: Page
    path: str
    entries: list[Page] = field(default_factory=list)


class ExportSelection:
    """The pages and documents of one export; ``only`` holds the keys of the pages, None means all."""

    def __init__(
        self,
        apps: PageExports,
        tree: OutputTree,
        report: ExportReport,
        sites: Sequence[ImportSite],
        only: frozenset[int] | None,
    ) -> None:
        self.apps = apps
        self.tree = tree
        self.report = report
        self.only = only
        self.rows = ImportedPage.objects.filter(document__site__in=sites)
        selected = self.rows if only is None else self.rows.filter(page__in=only)
        self.sources = ImportedDocument.objects.filter(pk__in=selected.values("document")).order_by("site_id", "path")
        self.written: set[int | None] = set()  # pages whose document is exported, or could not be read
        entries = ImportedEntry.objects.filter(site__in=sites, page__latest_revision=F("revision"), page__live=True)
        # Pages that say what an entry of a copied file says, such as a bibliography: they need no document.
        self.in_files = frozenset(entries.values_list("page_id", flat=True)) if only is None else frozenset()

    def is_safe(self, path: str) -> bool:
        """Whether ``path`` is valid in the tree; an invalid one is reported."""
        try:
            self.tree.place(path)
        except UnsafePath as error:
            self.report.report(path, Problem(Severity.ERROR, "unsafe-path", str(error)))
            return False
        return True

    def old_urls(self) -> dict[int, list[str]]:
        """Return the imported URLs of pages by their key."""
        rows = self.rows.exclude(page=None).order_by("pk").values_list("page_id", "old_urls")
        return {page: urls for page, urls in rows.iterator(chunk_size=LINES) if urls}

    def addressed_pages(self) -> Iterator[Page]:
        """Yield every page of the site with the fields of `Page`, which are enough for its URL."""
        types = ContentType.objects.get_for_models(*self.apps.models).values()
        for page in Page.objects.filter(content_type__in=types).order_by("path").iterator(chunk_size=LINES):
            yield exported_version(page)

    def load(self, keys: Iterable[int | None]) -> dict[int, Page]:
        """Return pages by key in their exported version, with the relations that their front matter needs."""
        keys = list(keys)
        pages = {}
        for model in self.apps.models if keys else ():
            stored = list(model.objects.filter(pk__in=keys).order_by("path"))
            prefetch_related_objects(stored, *(name for name in RELATED if hasattr(model, name)))
            pages |= {page.pk: exported_version(page) for page in stored}
        return pages

    def read(self, keys: Sequence[int]) -> Iterator[tuple[ImportedDocument, list[ImportedPage], Mapping[int, Page]]]:
        """Yield documents by key, each with its rows in the order of the source, and the pages of all of them."""
        rows: dict[int, list[ImportedPage]] = {}
        for row in self.rows.filter(document__in=keys).order_by("pk"):
            if self.only is None or row.page_id in self.only:
                rows.setdefault(row.document_id, []).append(row)
        pages = self.load(row.page_id for part in rows.values() for row in part if row.page_id)
        for source in self.sources.filter(pk__in=keys):
            yield source, sorted(rows[source.pk], key=first_offset), pages

    def documents(self) -> Iterator[LedgerDocument]:
        """Yield the documents of the ledger that still have pages, with valid paths and each path once."""
        taken: set[str] = set()
        for keys in chunks(self.sources.values_list("pk", flat=True)):
            for source, rows, pages in self.read(keys):
                parts: list[DocumentPart] = []
                read = partial(self.read_parts, parts, rows, pages)
                if not attempt(self.report, source.path, read, is_imported=self.is_safe(source.path)):
                    if self.is_safe(source.path) and source.path not in taken:
                        self.tree.write(source.path, bytes(source.source))
                        self.report.failed.append(source.path)
                    self.written |= {row.page_id for row in rows}
                elif (document := self.document(source, parts, taken)) is not None:
                    self.written |= {page.pk for page in document.pages}
                    yield document

    def document(self, source: ImportedDocument, parts: list[DocumentPart], taken: set[str]) -> LedgerDocument | None:
        """Return the document, or None when it is not exported, with the reason in the report."""
        document = LedgerDocument(source, parts, source.path)
        main = next((part for part in parts if part.name == ""), parts[0])
        if document.is_gone or main.page is None:
            self.report.left_out.append(source.path)
            return None
        if not self.is_safe(source.path):
            return None
        if main.page.live and hasattr(main.page, "date"):
            document.path = self.apps.engine.published_path(source.path, main.page.date)
        if document.path in taken:
            twice = "another imported site has a document of that path"
            self.report.report(source.path, Problem(Severity.ERROR, "path-twice", twice))
            return None
        taken.add(document.path)
        export = self.apps.of_pages[type(main.page)]
        if hasattr(export, "entries"):
            imported = {page.pk for page in document.pages}
            added = [page.pk for page in export.entries(main.page) if page.pk not in imported]
            document.added = self.in_order(added)
        return document

    def planned_documents(self, plans: Sequence[PlannedDocument]) -> Iterator[LedgerDocument]:
        """Yield the planned documents, loaded again."""
        for part in chunks(plans):
            planned = {plan.pk: plan for plan in part}
            for source, rows, pages in self.read(list(planned)):
                plan = planned[source.pk]
                parts = [self.part(row, pages) for row in rows]
                yield LedgerDocument(source, parts, plan.path, self.in_order(plan.added))

    def read_parts(self, parts: list[DocumentPart], rows: Sequence[ImportedPage], pages: Mapping[int, Page]) -> None:
        parts += [self.part(row, pages) for row in rows]

    def part(self, row: ImportedPage, pages: Mapping[int, Page]) -> DocumentPart:
        page = pages.get(row.page_id) if row.page_id else None
        return DocumentPart(row, page, self.apps.describe(page) if page is not None else {})

    def in_order(self, keys: Sequence[int]) -> list[Page]:
        pages = self.load(keys)
        return [pages[pk] for pk in keys]

    def new_documents(self, context: FrontMatterContext, placeholder: bytes) -> Iterator[NewDocument]:
        """Yield pages without a document, each with a new file; entries go with the page above them.

        Call it when all documents have been written.
        """
        for model in self.apps.of_pages:
            selected = model.objects.all() if self.only is None else model.objects.filter(pk__in=self.only)
            keys = selected.order_by("path").values_list("pk", flat=True)
            for part in chunks(pk for pk in list(keys) if pk not in self.written | self.in_files):
                for page in self.load(part).values():
                    if getattr(page, "is_folder", False):
                        continue  # there is nothing on it: the pages below it have addresses of their own
                    new = self.new_document(page, "")
                    own = [entry for entry in new.entries if entry.pk not in self.in_files]
                    if getattr(page, "intro", None) == "" and not shown_blocks(page) and not own:
                        continue  # an index page that every site has, without content
                    new.path = self.tree.free(self.apps.path(page, context))
                    self.tree.write(new.path, placeholder)
                    yield new

    def new_document(self, page: Page, path: str) -> NewDocument:
        export = self.apps.of_pages[type(page)]
        entries = [entry.pk for entry in export.entries(page)] if hasattr(export, "entries") else []
        return NewDocument(export, page, path, self.in_order(entries))

    def planned_pages(self, plans: Sequence[PlannedPage]) -> Iterator[NewDocument]:
        """Yield the planned pages, loaded again."""
        for part in chunks(plans):
            pages = self.load(plan.pk for plan in part)
            for plan in part:
                yield self.new_document(pages[plan.pk], plan.path)


def exported_version(page: Page) -> Page:
    """Return the published version of the page, or the latest revision of a page that is not published."""
    return page if page.live else page.get_latest_revision_as_object()


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while part := list(islice(remaining, CHUNK)):
        yield part


def first_offset(row: ImportedPage) -> tuple[int, int]:
    starts = [entry["start"] for entry in row.blocks]
    return (0 if row.part == "" else 1, min(starts, default=0))
