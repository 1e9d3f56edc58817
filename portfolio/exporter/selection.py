"""What of the site goes out: its pages, the documents they came from, and those that never had one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from wagtail.models import Page

from portfolio.exporter.plan import PageExport
from portfolio.exporter.report import ExportReport
from portfolio.exporter.source_text import published_path
from portfolio.exporter.stored import Part, StoredDocument, shown_blocks
from portfolio.exporter.tree import Tree, UnsafePath
from portfolio.importer.document import Problem, Severity
from portfolio.models import ImportedDocument, ImportedPage

CHUNK = 500
RELATED = ("categories", "tags", "skills", "authors", "series", "organisation")


class Apps:
    """What the apps know of their kinds of page, and of the entries that share the document of another page."""

    def __init__(self, exports: Sequence[PageExport]) -> None:
        self.of_pages = {export.model: export for export in exports}
        self.of_entries = {export.entry_model: export for export in exports if hasattr(export, "entry_model")}

    @property
    def models(self) -> list[type[Page]]:
        return [*self.of_pages, *self.of_entries]

    def describe(self, page: Page) -> dict[str, Any]:
        export = self.of_pages.get(type(page))
        return export.describe(page) if export else self.of_entries[type(page)].describe_entry(page)


@dataclass(slots=True)
class Waiting:
    """A page without a file, and the file it shall get."""

    export: PageExport
    page: Page
    path: str
    entries: list[Page] = field(default_factory=list)


class Selection:
    """The pages and documents of one export; ``only`` names the pages, None: all."""

    def __init__(
        self, apps: Apps, tree: Tree, report: ExportReport, rows: Sequence[ImportedPage], only: frozenset[int] | None
    ) -> None:
        self.apps = apps
        self.tree = tree
        self.report = report
        self.rows = rows
        self.only = only

    def is_safe(self, path: str) -> bool:
        """Whether the tree takes ``path``; if not, the report says so."""
        try:
            self.tree.place(path)
        except UnsafePath as error:
            self.report.report(path, Problem(Severity.ERROR, "unsafe-path", str(error)))
            return False
        return True

    def pages(self) -> Iterator[Page]:
        """The wanted pages, as they are stored, with what their front matter speaks of."""
        for model in self.apps.models:
            wanted = model.objects.all() if self.only is None else model.objects.filter(pk__in=self.only)
            for part in batched(wanted.order_by("path").iterator(chunk_size=CHUNK)):
                names = [name for name in RELATED if hasattr(model, name)]
                prefetch_related_objects(part, *names)
                yield from part

    def all_pages(self) -> Iterator[Page]:
        """Every page without its body: what its address is made of."""
        types = ContentType.objects.get_for_models(*self.apps.models).values()
        return Page.objects.filter(content_type__in=types).order_by("path").iterator(chunk_size=CHUNK)

    def documents(self, pages: Mapping[int, Page]) -> Iterator[StoredDocument]:
        """The ledger's documents whose pages are still there, under safe paths and each path once."""
        rows: dict[int, list[ImportedPage]] = {}
        for row in self.rows:
            if self.only is None or row.page_id in self.only:
                rows.setdefault(row.document_id, []).append(row)
        taken: set[str] = set()
        sources = ImportedDocument.objects.filter(pk__in=rows).order_by("site_id", "path")
        for source in sources.iterator(chunk_size=200):
            parts = [self.part(row, pages) for row in sorted(rows[source.pk], key=start_of)]
            document = StoredDocument(source, parts, source.path)
            main = next((part for part in parts if part.name == ""), parts[0])
            if document.is_gone or main.page is None:
                self.report.left_out.append(source.path)
                continue
            if not self.is_safe(source.path):
                continue
            document.path = published_path(source.path, main.page) if main.page.live else source.path
            if document.path in taken:
                twice = "another imported site has a document of that path"
                self.report.report(source.path, Problem(Severity.ERROR, "path-twice", twice))
                continue
            taken.add(document.path)
            export = self.apps.of_pages[type(main.page)]
            if hasattr(export, "entries"):
                known = {part.page.pk for part in parts if part.page}
                document.added = [pages[page.pk] for page in export.entries(main.page) if page.pk not in known]
            yield document

    def part(self, row: ImportedPage, pages: Mapping[int, Page]) -> Part:
        page = pages.get(row.page_id) if row.page_id else None
        return Part(row, page, self.apps.describe(page) if page is not None else {})

    def waiting(
        self,
        pages: Mapping[int, Page],
        documents: Sequence[StoredDocument],
        wanted_path: Callable[[PageExport, Page], str],
    ) -> list[Waiting]:
        """Pages without a document, each with a free path; entries go with the page they stand below."""
        known = {part.page.pk for document in documents for part in document.parts if part.page is not None}
        found = []
        for page in pages.values():
            export = self.apps.of_pages.get(type(page))
            if export is None or page.pk in known:
                continue
            entries = [pages[entry.pk] for entry in export.entries(page)] if hasattr(export, "entries") else []
            if getattr(page, "intro", None) == "" and not shown_blocks(page) and not entries:
                continue  # a page that every site has, with nothing on it
            path = self.tree.free(wanted_path(export, page))
            self.tree.write(path, b"")
            found.append(Waiting(export, page, path, entries))
        return found


def shown(page: Page) -> Page:
    """The page as readers see it; one that is not published as it was last saved."""
    return page if page.live else page.get_latest_revision_as_object()


def batched(pages: Iterator[Page]) -> Iterator[list[Page]]:
    while part := list(islice(pages, CHUNK)):
        yield part


def start_of(row: ImportedPage) -> tuple[int, int]:
    starts = [entry["start"] for entry in row.blocks]
    return (0 if row.part == "" else 1, min(starts, default=0))
