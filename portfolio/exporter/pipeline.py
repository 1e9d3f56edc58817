"""One export from beginning to end: what is untouched is copied, the rest written, read again and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from wagtail.models import Page

from portfolio.exporter.addresses import Addresses, stored_file
from portfolio.exporter.block_markdown import BlockWriter, Site
from portfolio.exporter.edited import Desk, EditedDocument
from portfolio.exporter.entries import Headings, details
from portfolio.exporter.front_matter import changed
from portfolio.exporter.new import body_pieces, used_levels, write_new
from portfolio.exporter.pasted import patched_text
from portfolio.exporter.pieces import Piece
from portfolio.exporter.plan import Context, PageExport
from portfolio.exporter.report import ExportReport
from portfolio.exporter.reread import Rereader, UnreadableExport
from portfolio.exporter.source_text import front_matter_of, published_path
from portfolio.exporter.stored import Part, StoredDocument, shown_blocks
from portfolio.exporter.tree import ExportImpossible, Tree, UnsafePath
from portfolio.exporter.yaml_text import Verbatim
from portfolio.importer.dates import zone
from portfolio.importer.document import Problem, Severity
from portfolio.importer.formulas import folders
from portfolio.importer.links import OldSite
from portfolio.importer.markdown_options import markdown_options
from portfolio.importer.plan import PageMapping
from portfolio.importer.sources.jekyll_config import CONFIG_NAMES, read_config
from portfolio.markdown.delimiters import delimiters_of
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.models import ImportedAsset, ImportedDocument, ImportedFile, ImportedPage, ImportSite

ORIGINAL, JEKYLL, HUGO = LAYOUTS = ("original", "jekyll", "hugo")
CHUNK = 500
RELATED = ("categories", "tags", "skills", "authors", "series", "organisation")
# Front matter that says that there is none.
NOTHING = {
    "authors": ("author", Verbatim('""')),
    "categories": ("categories", Verbatim("[]")),
    "tags": ("tags", Verbatim("[]")),
    "image": ("image", Verbatim('""')),
    "series": ("series", Verbatim('""')),
}
OWN_ID = re.compile(r"\sid=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """``only`` names the pages to write; their file, its pictures and what it takes to read it again. None: all."""

    destination: Path
    layout: str = ORIGINAL
    only: frozenset[int] | None = None


def export_site(
    options: ExportOptions,
    exports: Sequence[PageExport],
    mappings: Sequence[PageMapping],
    new_config: Callable[[str], bytes],
) -> ExportReport:
    """Write the site as Markdown to ``options.destination``, which must not exist or be empty.

    Everything is written beside the destination first. Raises ``ExportImpossible`` with nothing written.
    """
    if options.layout == HUGO:
        raise ExportImpossible("The layout of Hugo is not there yet; original and jekyll are.")
    tree = Tree(options.destination)
    try:
        report = Export(options, tree, exports, mappings, new_config).run()
        tree.finish()
    finally:
        tree.discard()
    return report


@dataclass(slots=True)
class Waiting:
    """A page without a file, and the file it shall get."""

    export: PageExport
    page: Page
    path: str
    entries: list[Page] = field(default_factory=list)


class Export:
    """The state of one export between its stages."""

    def __init__(
        self,
        options: ExportOptions,
        tree: Tree,
        exports: Sequence[PageExport],
        mappings: Sequence[PageMapping],
        new_config: Callable[[str], bytes],
    ) -> None:
        self.options = options
        self.tree = tree
        self.mappings = mappings
        self.new_config = new_config
        self.exports = {export.model: export for export in exports}
        self.entry_exports = {export.entry_model: export for export in exports if hasattr(export, "entry_model")}
        self.report = ExportReport()
        self.sites = list(ImportSite.objects.order_by("pk"))
        self.main = next((site for site in self.sites if site.kind == "jekyll"), None)
        self.plain = self.main is None and bool(self.sites) and options.layout == ORIGINAL
        kept = [site for site in self.sites if options.layout == ORIGINAL or site.kind == "jekyll"]
        self.files = list(ImportedFile.objects.filter(site__in=kept).order_by("site_id", "path"))
        config = self.write_config()
        old_site = OldSite(str(config.get("url") or ""), str(config.get("baseurl") or ""))
        assets = ImportedAsset.objects.filter(site__in=self.sites).select_related("image", "document").order_by("pk")
        self.addresses = Addresses(old_site, [asset for asset in assets if self.is_safe(asset.path)])
        names = folders(config)
        layouts = (bytes(file.data).decode("utf-8", "replace") for file in self.files if file.path.startswith(names))
        self.markdown = replace(markdown_options(config), tex_delimiters=delimiters_of(layouts))
        self.rows = list(ImportedPage.objects.filter(document__site__in=kept).order_by("pk"))

    # Before anything is written -----------------------------------------------------------------------------------

    def write_config(self) -> Mapping[str, Any]:
        """The configuration as it was imported; else a new one, but for a folder that never had an engine."""
        kept = next((file for file in self.files if file.path in CONFIG_NAMES and file.site == self.main), None)
        name = kept.path if kept else "_config.yml"
        if kept or not self.plain:
            index = next(
                (page for page in Page.objects.live() if type(page.specific).__name__ == "BlogIndexPage"), None
            )
            path = urlsplit(index.url or "/blog/").path if index else "/blog/"
            self.tree.write(name, bytes(kept.data) if kept else self.new_config(path))
        return read_config(self.tree.place(name) if self.tree.has(name) else None)

    def is_safe(self, path: str) -> bool:
        try:
            self.tree.place(path)
        except UnsafePath as error:
            self.report.report(path, Problem(Severity.ERROR, "unsafe-path", str(error)))
            return False
        return True

    def run(self) -> ExportReport:
        pages = {page.pk: shown(page) for page in self.exported_pages()}
        self.addresses.know_pages(pages.values() if self.options.only is None else self.all_pages(), self.rows)
        documents = list(self.documents(pages))
        for file in self.files:
            if self.is_safe(file.path) and not self.tree.has(file.path):
                self.tree.write(file.path, bytes(file.data))
        for document in documents:
            self.tree.write(document.path, document.source)
        if self.options.only is not None and not all(document.is_untouched for document in documents):
            self.write_neighbours()
        waiting = self.waiting(pages, documents)
        for page in waiting:
            self.tree.write(page.path, b"---\ntitle: \n---\n")
        self.promise_pictures(documents, waiting)
        self.work(documents, waiting)
        self.write_assets()
        return self.report

    def exported_pages(self) -> Iterator[Page]:
        for model in (*self.exports, *self.entry_exports):
            wanted = (
                model.objects.all() if self.options.only is None else model.objects.filter(pk__in=self.options.only)
            )
            for part in batched(wanted.order_by("path").iterator(chunk_size=CHUNK)):
                names = [name for name in RELATED if hasattr(model, name)]
                prefetch_related_objects(part, *names)
                yield from part

    def all_pages(self) -> Iterator[Page]:
        """Every page without its body: what its address is made of."""
        types = ContentType.objects.get_for_models(*self.exports, *self.entry_exports).values()
        return Page.objects.filter(content_type__in=types).order_by("path").iterator(chunk_size=CHUNK)

    def write_neighbours(self) -> None:
        """The documents that are not wanted, as they were imported: what is may speak of them when it is read again."""
        rows = ImportedDocument.objects.filter(site__in=self.sites).values_list("path", "source")
        for path, source in rows.iterator(chunk_size=CHUNK):
            if self.is_safe(path) and not self.tree.has(path):
                self.tree.write(path, bytes(source))

    def documents(self, pages: Mapping[int, Page]) -> Iterator[StoredDocument]:
        """The ledger's documents whose pages are still there, under safe paths and each path once."""
        rows: dict[int, list[ImportedPage]] = {}
        for row in self.rows:
            if self.options.only is None or row.page_id in self.options.only:
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
            export = self.exports[type(main.page)]
            if hasattr(export, "entries"):
                known = {part.page.pk for part in parts if part.page}
                document.added = [pages[page.pk] for page in export.entries(main.page) if page.pk not in known]
            yield document

    def part(self, row: ImportedPage, pages: Mapping[int, Page]) -> Part:
        page = pages.get(row.page_id) if row.page_id else None
        return Part(row, page, self.describe(page) if page is not None else {})

    def describe(self, page: Page) -> dict[str, Any]:
        export = self.exports.get(type(page))
        return export.describe(page) if export else self.entry_exports[type(page)].describe_entry(page)

    def waiting(self, pages: Mapping[int, Page], documents: Sequence[StoredDocument]) -> list[Waiting]:
        """Pages without a document, each with a free path; entries go with the page they stand below."""
        known = {part.page.pk for document in documents for part in document.parts if part.page is not None}
        found = []
        for page in pages.values():
            export = self.exports.get(type(page))
            if export is None or page.pk in known:
                continue
            entries = [pages[entry.pk] for entry in export.entries(page)] if hasattr(export, "entries") else []
            if getattr(page, "intro", None) == "" and not shown_blocks(page) and not entries:
                continue  # a page that every site has, with nothing on it
            path = export.path(page, self.context(b""))
            path = self.tree.free(
                path.replace("_posts/", "posts/").replace("_drafts/", "drafts/") if self.plain else path
            )
            self.tree.write(path, b"")
            found.append(Waiting(export, page, path, entries))
        return found

    def promise_pictures(self, documents: Sequence[StoredDocument], waiting: Sequence[Waiting]) -> None:
        """Give every picture that new or edited text shows its place, before anything is read again."""
        for document in documents:
            if not document.is_untouched:
                for page in [*(part.page for part in document.parts if part.page), *document.added]:
                    self.promise(page)
        for new in waiting:
            for page in (new.page, *new.entries):
                self.promise(page)

    def promise(self, page: Page) -> None:
        for block in shown_blocks(page):
            pictures_in(block["value"], self.addresses.picture)

    # Writing -------------------------------------------------------------------------------------------------------

    def work(self, documents: Sequence[StoredDocument], waiting: Sequence[Waiting]) -> None:
        edited = [document for document in documents if not document.is_untouched]
        self.report.untouched += [document.path for document in documents if document.is_untouched]
        if not edited and not waiting:
            return
        desk = self.desk()
        for document in edited:
            self.report.edited.append(document.path)
            self.write_edited(document, desk)
        for new in waiting:
            self.report.new.append(new.path)
            self.report.report(new.path, *self.write_new(new, desk))

    def desk(self) -> Desk:
        site = Site(self.addresses.plain_links, self.addresses.picture, own_ids(self.markdown))
        reader = Rereader(self.tree.root, self.addresses, self.mappings, "plain" if self.plain else "jekyll")
        return Desk(self.tree, reader, BlockWriter(site), BlockWriter(site, verbose=True))

    def write_edited(self, document: StoredDocument, desk: Desk) -> None:
        main = next(part for part in document.parts if part.name == "")
        export = self.exports[type(main.page)]
        context = self.context(document.source)
        changes = export.changes(main.then, main.now, context)
        headings = Headings(export) if hasattr(export, "entries") else None
        writer = EditedDocument(document, desk, headings)
        if self.write_pasted(document, main, writer, changes):
            return
        if headings is not None:
            changes |= self.entry_details(document, writer, changes, context)
        if writer.write(changes):
            self.report.report(document.path, *writer.problems)
            return
        self.tree.remove(document.path)
        path = self.tree.free(export.path(main.page, context))
        self.tree.write(path, b"---\ntitle: \n---\n")
        said = f"{document.path} has no place for what was edited; the page is written as Markdown in its stead"
        self.report.report(path, Problem(Severity.WARNING, "written-anew", said))
        self.report.edited[-1] = path
        self.report.report(path, *self.write_new(Waiting(export, main.page, path), self.desk()))

    def write_pasted(
        self, document: StoredDocument, main: Part, writer: EditedDocument, changes: Mapping[str, Any]
    ) -> bool:
        """An interview as it was pasted, with changed words replaced; front matter for fields only where it must."""
        if not document.path.endswith(".txt"):
            return False
        for text in patched_text(document, main, writer.before.get("")):
            head = text[: document.row.body_start]
            for said in ({}, changes):
                data = (changed(head, said) + text[document.row.body_start :]).encode()
                if writer.judge(data).exact:
                    return True
        return False

    def entry_details(
        self, document: StoredDocument, writer: EditedDocument, changes: Mapping[str, Any], context: Context
    ) -> dict[str, Any]:
        """The key ``entries`` when an entry has fields that neither its heading nor its text says."""
        writer.write(changes)
        writer.problems.clear()
        try:
            read = writer.desk.reader.read(document.path)
        except UnreadableExport:
            return {}
        parts = [part for part in document.parts if part.name and part.page is not None]
        parts += [Part(None, page, self.describe(page)) for page in document.added]
        pages = [page for name, page in read.items() if name]
        if len(pages) != len(parts):
            return {}
        said = context.existing.get("entries")
        existing = said if isinstance(said, Mapping) else {}
        found = details(list(zip(parts, pages, strict=True)), writer.before, existing)
        return {"entries": found} if found != existing else {}

    def write_new(self, new: Waiting, desk: Desk) -> list[Problem]:
        parts = [Part(None, page, self.describe(page)) for page in (new.page, *new.entries)]
        head = new.export.front_matter(new.page, self.context(b""))
        pieces = body_pieces(desk, parts[0])
        if new.entries:
            level = next(level for level in (2, 3, 4, 5, 6, 1) if level not in used_levels(parts, desk))
            headings = Headings(new.export)
            shown_logos: set[str] = set()
            for part in parts[1:]:
                pieces.append(Piece(headings.heading("", part, level)))
                pieces += body_pieces(desk, part)
                logo = new.export.behind(part.page, self.addresses.picture)
                if logo and logo not in shown_logos:
                    shown_logos.add(logo)
                    pieces.append(Piece([logo]))
            problems = write_new(desk, new.path, head, parts, pieces)
            pages = [page for name, page in self.read_parts(desk, new.path) if name]
            if problems and len(pages) == len(parts) - 1:
                head["entries"] = details(list(zip(parts[1:], pages, strict=True)), {}, {})
                problems = write_new(desk, new.path, head, parts, pieces)
            return problems
        problems = write_new(desk, new.path, head, parts, pieces)
        pages = self.read_parts(desk, new.path) if problems else []
        if nothing := {
            key: said
            for name, (key, said) in NOTHING.items()
            for _, page in pages
            if page.described.get(name) and name in parts[0].now and not parts[0].now[name]
        }:  # what the site's configuration says of every document does not hold for this one
            problems = write_new(desk, new.path, {**head, **nothing}, parts, pieces)
        return problems

    def read_parts(self, desk: Desk, path: str) -> list[tuple[str, Any]]:
        try:
            return list(desk.reader.read(path).items())
        except UnreadableExport:
            return []

    def context(self, source: bytes) -> Context:
        existing, written = front_matter_of(source)
        return Context(self.addresses, self.local, existing, written)

    @property
    def local(self) -> Any:
        try:
            return zone(read_config(self.tree.place("_config.yml")).get("timezone"))
        except (ValueError, OSError):
            return zone(None)

    def write_assets(self) -> None:
        for path, asset in self.addresses.assets.items():
            if self.tree.has(path) or not self.is_wanted(path):
                continue
            stored = stored_file(asset)
            try:
                with stored.open("rb") as file:
                    self.tree.write(path, file.read())
            except (OSError, ValueError) as error:
                missing = f"the stored file cannot be read: {error}"
                self.report.report(path, Problem(Severity.ERROR, "missing-file", missing))
                continue
            self.report.assets.append(path)

    def is_wanted(self, path: str) -> bool:
        """Of a single page's export, whether its file speaks of this picture."""
        if self.options.only is None:
            return True
        names = (path.encode(), quote(path).encode())
        written = (*self.report.untouched, *self.report.edited, *self.report.new)
        return any(name in self.tree.place(file).read_bytes() for file in written for name in names)


def shown(page: Page) -> Page:
    """The page as readers see it; one that is not published as it was last saved."""
    return page if page.live else page.get_latest_revision_as_object()


def batched(pages: Iterator[Page]) -> Iterator[list[Page]]:
    while part := list(islice(pages, CHUNK)):
        yield part


def start_of(row: ImportedPage) -> tuple[int, int]:
    starts = [entry["start"] for entry in row.blocks]
    return (0 if row.part == "" else 1, min(starts, default=0))


def own_ids(options: Options) -> Callable[[str], str]:
    @cache
    def own_id(heading: str) -> str:
        match = OWN_ID.search(to_html(heading, options))
        return match[1] if match else ""

    return own_id


def pictures_in(value: Any, promise: Callable[[int], str]) -> None:
    """Call ``promise`` with the id of every picture in a stored value."""
    if isinstance(value, Mapping):
        if "alt_text" in value and isinstance(value.get("image"), int):
            promise(value["image"])
        for part in value.values():
            pictures_in(part, promise)
    elif isinstance(value, list):
        for part in value:
            pictures_in(part, promise)
