"""Document writer: write an edited page into its source document, and a new page into a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from portfolio.documents.document import Problem, Severity
from portfolio.documents.front_matter_edit import changed, values_and_texts
from portfolio.documents.title_text import title_markup
from portfolio.documents.yaml_writer import Verbatim
from portfolio.exporter.addresses import ExportAddresses
from portfolio.exporter.ledger_document import DocumentPart, LedgerDocument, unknown_blocks
from portfolio.exporter.new_document import body_pieces, used_levels, write_new
from portfolio.exporter.output_tree import OutputTree
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.report import ExportReport
from portfolio.exporter.round_trip import UnreadableExport
from portfolio.exporter.selection import NewDocument, PageExports
from portfolio.exporter.source_edit.edited_document import EditedDocument, ExportContext
from portfolio.exporter.source_edit.front_matter_keys import listing_keys
from portfolio.exporter.source_edit.pasted_interview import patched_text
from portfolio.exporter.source_edit.sections import EntryHeadings, entry_details
from portfolio.exporter.source_edit.source_patch import TextPiece

# Content of a file whose text is written later. The file must exist, so that other documents can link to it.
PLACEHOLDER = b"---\ntitle: \n---\n"
# Front matter that sets a field to nothing, where the configuration of the site has a default for it.
EMPTY_KEYS = {
    "authors": ("author", Verbatim('""')),
    "categories": ("categories", Verbatim("[]")),
    "tags": ("tags", Verbatim("[]")),
    "image": ("image", Verbatim('""')),
    "series": ("series", Verbatim('""')),
}


class DocumentWriter:
    """Write pages into the tree, and read each file back before it is accepted.

    ``new_context`` makes an `ExportContext` for the files that the tree has at that moment.
    """

    def __init__(
        self,
        apps: PageExports,
        tree: OutputTree,
        report: ExportReport,
        addresses: ExportAddresses,
        local: tzinfo,
        new_context: Callable[[], ExportContext],
    ) -> None:
        self.apps = apps
        self.tree = tree
        self.report = report
        self.addresses = addresses
        self.local = local
        self.new_context = new_context
        self.context = new_context()

    def write_edited(self, document: LedgerDocument) -> None:
        main = next(part for part in document.parts if part.name == "")
        export = self.apps.of_pages[type(main.page)]
        front_matter = self.front_matter(document.source)
        then, now = dict(main.then), dict(main.now)
        places = listing_keys(then.pop("left_out", ()), now.pop("left_out", ()), front_matter.existing)
        changes = with_title_markup(export.changes(then, now, front_matter)) | places
        headings = EntryHeadings(export) if hasattr(export, "entries") else None
        writer = EditedDocument(document, self.context, headings)
        if self.write_pasted(document, main, writer, changes):
            return
        if headings is not None:
            changes |= self.entry_details(document, writer, changes, front_matter)
        if writer.write(changes):
            self.report.report(document.path, *writer.problems, *unknown_blocks(document.parts, document.source))
            return
        self.tree.remove(document.path)
        path = self.tree.free(self.apps.path(main.page, front_matter))
        self.tree.write(path, PLACEHOLDER)
        message = f"{document.path} has no place for what was edited, so the page is written as a new Markdown file"
        self.report.report(path, Problem(Severity.WARNING, "written-anew", message))
        self.report.edited[-1] = path
        self.context = self.new_context()
        self.write_new(NewDocument(export, main.page, path))

    def write_pasted(
        self, document: LedgerDocument, main: DocumentPart, writer: EditedDocument, changes: Mapping[str, Any]
    ) -> bool:
        """Write a pasted interview with only the changed words replaced, and with front matter only if it needs any."""
        if not document.path.endswith(".txt"):
            return False
        for text in patched_text(document, main, writer.before.get("")):
            head = text[: document.row.body_start]
            for keys in ({}, changes):
                data = (changed(head, keys) + text[document.row.body_start :]).encode()
                if writer.check(data).is_exact:
                    return True
        return False

    def entry_details(
        self,
        document: LedgerDocument,
        writer: EditedDocument,
        changes: Mapping[str, Any],
        front_matter: FrontMatterContext,
    ) -> dict[str, Any]:
        """Return the key ``entries`` if an entry has fields that neither its heading nor its text can express."""
        writer.write(changes)
        writer.problems.clear()
        try:
            read = writer.context.reader.read(document.path)
        except UnreadableExport:
            return {}
        parts = [part for part in document.parts if part.name and part.page is not None]
        parts += [DocumentPart(None, page, self.apps.describe(page)) for page in document.added]
        pages = [page for name, page in read.items() if name]
        if len(pages) != len(parts):
            return {}
        stored = front_matter.existing.get("entries")
        existing = stored if isinstance(stored, Mapping) else {}
        details = entry_details(list(zip(parts, pages, strict=True)), writer.before, existing)
        return {"entries": details} if details != existing else {}

    def write_new(self, new: NewDocument) -> None:
        head = with_title_markup(new.export.front_matter(new.page, self.front_matter(b"")))
        head |= listing_keys((), getattr(new.page, "left_out", ()), {})
        parts = [DocumentPart(None, page, self.apps.describe(page)) for page in (new.page, *new.entries)]
        problems = self.write_with_entries(new, head, parts) if new.entries else self.write_alone(new, head, parts)
        self.report.report(new.path, *problems, *unknown_blocks(parts, b""))

    def write_with_entries(
        self, new: NewDocument, head: dict[str, Any], parts: Sequence[DocumentPart]
    ) -> list[Problem]:
        pieces = body_pieces(self.context, parts[0])
        level = next(level for level in (2, 3, 4, 5, 6, 1) if level not in used_levels(parts, self.context))
        headings = EntryHeadings(new.export)
        shown_logos: set[str] = set()
        for part in parts[1:]:
            pieces.append(TextPiece(headings.heading("", part, level)))
            pieces += body_pieces(self.context, part)
            logo = new.export.behind(part.page, self.addresses.image_address)
            if logo and logo not in shown_logos:
                shown_logos.add(logo)
                pieces.append(TextPiece([logo]))
        problems = write_new(self.context, new.path, head, parts, pieces)
        pages = [page for name, page in self.read_parts(new.path) if name]
        if problems and len(pages) == len(parts) - 1:
            head["entries"] = entry_details(list(zip(parts[1:], pages, strict=True)), {}, {})
            problems = write_new(self.context, new.path, head, parts, pieces)
        return problems

    def write_alone(self, new: NewDocument, head: dict[str, Any], parts: Sequence[DocumentPart]) -> list[Problem]:
        pieces = body_pieces(self.context, parts[0])
        problems = write_new(self.context, new.path, head, parts, pieces)
        pages = self.read_parts(new.path) if problems else []
        if empty_keys := {
            key: empty
            for name, (key, empty) in EMPTY_KEYS.items()
            for _, page in pages
            if page.described.get(name) and name in parts[0].now and not parts[0].now[name]
        }:  # this page has no value where the configuration sets one for every document
            problems = write_new(self.context, new.path, {**head, **empty_keys}, parts, pieces)
        return problems

    def read_parts(self, path: str) -> list[tuple[str, Any]]:
        try:
            return list(self.context.reader.read(path).items())
        except UnreadableExport:
            return []

    def front_matter(self, source: bytes) -> FrontMatterContext:
        existing, written = values_and_texts(source)
        return FrontMatterContext(self.addresses, self.local, existing, written)


def with_title_markup(keys: dict[str, Any]) -> dict[str, Any]:
    """Return front matter with the title escaped as HTML, which is how themes and the import read it."""
    title = keys.get("title")
    return {**keys, "title": title_markup(title)} if isinstance(title, str) else keys
