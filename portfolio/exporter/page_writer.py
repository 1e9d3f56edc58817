"""One page into its file: an edited one into the document it came from, a new one into a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from portfolio.exporter.addresses import Addresses
from portfolio.exporter.edited import Desk, EditedDocument
from portfolio.exporter.entries import Headings, details
from portfolio.exporter.front_matter import changed
from portfolio.exporter.new import body_pieces, used_levels, write_new
from portfolio.exporter.pasted import patched_text
from portfolio.exporter.pieces import Piece
from portfolio.exporter.plan import Context
from portfolio.exporter.report import ExportReport
from portfolio.exporter.reread import UnreadableExport
from portfolio.exporter.selection import Apps, Waiting
from portfolio.exporter.source_text import front_matter_of
from portfolio.exporter.stored import Part, StoredDocument
from portfolio.exporter.tree import Tree
from portfolio.exporter.yaml_text import Verbatim
from portfolio.importer.document import Problem, Severity

# A file that will have its text later, so that others may speak of it.
PLACEHOLDER = b"---\ntitle: \n---\n"
# Front matter that says that there is none.
NOTHING = {
    "authors": ("author", Verbatim('""')),
    "categories": ("categories", Verbatim("[]")),
    "tags": ("tags", Verbatim("[]")),
    "image": ("image", Verbatim('""')),
    "series": ("series", Verbatim('""')),
}


class PageWriter:
    """Writes pages into the tree, each read again before it is kept; ``new_desk`` reads the tree as it then is."""

    def __init__(
        self,
        apps: Apps,
        tree: Tree,
        report: ExportReport,
        addresses: Addresses,
        local: tzinfo,
        new_desk: Callable[[], Desk],
    ) -> None:
        self.apps = apps
        self.tree = tree
        self.report = report
        self.addresses = addresses
        self.local = local
        self.new_desk = new_desk
        self.desk = new_desk()

    def write_edited(self, document: StoredDocument) -> None:
        main = next(part for part in document.parts if part.name == "")
        export = self.apps.of_pages[type(main.page)]
        context = self.context(document.source)
        changes = export.changes(main.then, main.now, context)
        headings = Headings(export) if hasattr(export, "entries") else None
        writer = EditedDocument(document, self.desk, headings)
        if self.write_pasted(document, main, writer, changes):
            return
        if headings is not None:
            changes |= self.entry_details(document, writer, changes, context)
        if writer.write(changes):
            self.report.report(document.path, *writer.problems)
            return
        self.tree.remove(document.path)
        path = self.tree.free(export.path(main.page, context))
        self.tree.write(path, PLACEHOLDER)
        said = f"{document.path} has no place for what was edited; the page is written as Markdown in its stead"
        self.report.report(path, Problem(Severity.WARNING, "written-anew", said))
        self.report.edited[-1] = path
        self.desk = self.new_desk()
        self.write_new(Waiting(export, main.page, path))

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
        parts += [Part(None, page, self.apps.describe(page)) for page in document.added]
        pages = [page for name, page in read.items() if name]
        if len(pages) != len(parts):
            return {}
        said = context.existing.get("entries")
        existing = said if isinstance(said, Mapping) else {}
        found = details(list(zip(parts, pages, strict=True)), writer.before, existing)
        return {"entries": found} if found != existing else {}

    def write_new(self, new: Waiting) -> None:
        head = new.export.front_matter(new.page, self.context(b""))
        parts = [Part(None, page, self.apps.describe(page)) for page in (new.page, *new.entries)]
        problems = self.write_with_entries(new, head, parts) if new.entries else self.write_alone(new, head, parts)
        self.report.report(new.path, *problems)

    def write_with_entries(self, new: Waiting, head: dict[str, Any], parts: Sequence[Part]) -> list[Problem]:
        pieces = body_pieces(self.desk, parts[0])
        level = next(level for level in (2, 3, 4, 5, 6, 1) if level not in used_levels(parts, self.desk))
        headings = Headings(new.export)
        shown_logos: set[str] = set()
        for part in parts[1:]:
            pieces.append(Piece(headings.heading("", part, level)))
            pieces += body_pieces(self.desk, part)
            logo = new.export.behind(part.page, self.addresses.picture)
            if logo and logo not in shown_logos:
                shown_logos.add(logo)
                pieces.append(Piece([logo]))
        problems = write_new(self.desk, new.path, head, parts, pieces)
        pages = [page for name, page in self.read_parts(new.path) if name]
        if problems and len(pages) == len(parts) - 1:
            head["entries"] = details(list(zip(parts[1:], pages, strict=True)), {}, {})
            problems = write_new(self.desk, new.path, head, parts, pieces)
        return problems

    def write_alone(self, new: Waiting, head: dict[str, Any], parts: Sequence[Part]) -> list[Problem]:
        pieces = body_pieces(self.desk, parts[0])
        problems = write_new(self.desk, new.path, head, parts, pieces)
        pages = self.read_parts(new.path) if problems else []
        if nothing := {
            key: said
            for name, (key, said) in NOTHING.items()
            for _, page in pages
            if page.described.get(name) and name in parts[0].now and not parts[0].now[name]
        }:  # what the site's configuration says of every document does not hold for this one
            problems = write_new(self.desk, new.path, {**head, **nothing}, parts, pieces)
        return problems

    def read_parts(self, path: str) -> list[tuple[str, Any]]:
        try:
            return list(self.desk.reader.read(path).items())
        except UnreadableExport:
            return []

    def context(self, source: bytes) -> Context:
        existing, written = front_matter_of(source)
        return Context(self.addresses, self.local, existing, written)
