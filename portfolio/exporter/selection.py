"""Selection: the pages of an export, the documents they came from, and pages without a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from wagtail.models import Page

from portfolio.documents.document import Problem, Severity
from portfolio.engines.protocol import Engine
from portfolio.exporter.isolation import attempt
from portfolio.exporter.ledger_document import DocumentPart, LedgerDocument, shown_blocks
from portfolio.exporter.output_tree import OutputTree, UnsafePath
from portfolio.exporter.plan import FrontMatterContext, PageExport
from portfolio.exporter.report import ExportReport
from portfolio.models import ImportedDocument, ImportedPage

CHUNK = 500
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
        return export.describe(page) if export else self.of_entries[type(page)].describe_entry(page)

    def path(self, page: Page, context: FrontMatterContext) -> str:
        """Return the path of a new document for the page, in the layout of the engine."""
        return self.engine.new_path(self.of_pages[type(page)].path(page, context))


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
        rows: Sequence[ImportedPage],
        only: frozenset[int] | None,
    ) -> None:
        self.apps = apps
        self.tree = tree
        self.report = report
        self.rows = rows
        self.only = only
        self.failed: set[int | None] = set()  # pages of documents that could not be read

    def is_safe(self, path: str) -> bool:
        """Whether ``path`` is valid in the tree; an invalid one is reported."""
        try:
            self.tree.place(path)
        except UnsafePath as error:
            self.report.report(path, Problem(Severity.ERROR, "unsafe-path", str(error)))
            return False
        return True

    def pages(self) -> Iterator[Page]:
        """Yield the selected pages as stored, with the relations that their front matter needs prefetched."""
        for model in self.apps.models:
            queryset = model.objects.all() if self.only is None else model.objects.filter(pk__in=self.only)
            for part in batched(queryset.order_by("path").iterator(chunk_size=CHUNK)):
                names = [name for name in RELATED if hasattr(model, name)]
                prefetch_related_objects(part, *names)
                yield from part

    def all_pages(self) -> Iterator[Page]:
        """Return every page with only the fields of `Page`, which are enough for its URL."""
        types = ContentType.objects.get_for_models(*self.apps.models).values()
        return Page.objects.filter(content_type__in=types).order_by("path").iterator(chunk_size=CHUNK)

    def documents(self, pages: Mapping[int, Page]) -> Iterator[LedgerDocument]:
        """Yield the documents of the ledger that still have pages, with valid paths and each path once."""
        rows: dict[int, list[ImportedPage]] = {}
        for row in self.rows:
            if self.only is None or row.page_id in self.only:
                rows.setdefault(row.document_id, []).append(row)
        taken: set[str] = set()
        sources = ImportedDocument.objects.filter(pk__in=rows).order_by("site_id", "path")
        for source in sources.iterator(chunk_size=200):
            parts: list[DocumentPart] = []
            read = partial(self.read_parts, parts, rows[source.pk], pages)
            if not attempt(self.report, source.path, read, is_imported=self.is_safe(source.path)):
                if self.is_safe(source.path) and source.path not in taken:
                    self.tree.write(source.path, bytes(source.source))
                    self.report.failed.append(source.path)
                self.failed |= {row.page_id for row in rows[source.pk]}
                continue
            document = LedgerDocument(source, parts, source.path)
            main = next((part for part in parts if part.name == ""), parts[0])
            if document.is_gone or main.page is None:
                self.report.left_out.append(source.path)
                continue
            if not self.is_safe(source.path):
                continue
            if main.page.live and hasattr(main.page, "date"):
                document.path = self.apps.engine.published_path(source.path, main.page.date)
            if document.path in taken:
                twice = "another imported site has a document of that path"
                self.report.report(source.path, Problem(Severity.ERROR, "path-twice", twice))
                continue
            taken.add(document.path)
            export = self.apps.of_pages[type(main.page)]
            if hasattr(export, "entries"):
                page_ids = {part.page.pk for part in parts if part.page}
                document.added = [pages[page.pk] for page in export.entries(main.page) if page.pk not in page_ids]
            yield document

    def read_parts(self, parts: list[DocumentPart], rows: Sequence[ImportedPage], pages: Mapping[int, Page]) -> None:
        parts += [self.part(row, pages) for row in sorted(rows, key=first_offset)]

    def part(self, row: ImportedPage, pages: Mapping[int, Page]) -> DocumentPart:
        page = pages.get(row.page_id) if row.page_id else None
        return DocumentPart(row, page, self.apps.describe(page) if page is not None else {})

    def new_documents(
        self,
        pages: Mapping[int, Page],
        documents: Sequence[LedgerDocument],
        context: FrontMatterContext,
    ) -> list[NewDocument]:
        """Return pages without a document, each with a free path; entries go with the page above them."""
        documented = {part.page.pk for document in documents for part in document.parts if part.page is not None}
        new = []
        for page in pages.values():
            export = self.apps.of_pages.get(type(page))
            if export is None or page.pk in documented or page.pk in self.failed:
                continue
            entries = [pages[entry.pk] for entry in export.entries(page)] if hasattr(export, "entries") else []
            if getattr(page, "intro", None) == "" and not shown_blocks(page) and not entries:
                continue  # an index page that every site has, without content
            path = self.tree.free(self.apps.path(page, context))
            self.tree.write(path, b"")
            new.append(NewDocument(export, page, path, entries))
        return new


def exported_version(page: Page) -> Page:
    """Return the published version of the page, or the latest revision of a page that is not published."""
    return page if page.live else page.get_latest_revision_as_object()


def batched(pages: Iterator[Page]) -> Iterator[list[Page]]:
    while part := list(islice(pages, CHUNK)):
        yield part


def first_offset(row: ImportedPage) -> tuple[int, int]:
    starts = [entry["start"] for entry in row.blocks]
    return (0 if row.part == "" else 1, min(starts, default=0))
