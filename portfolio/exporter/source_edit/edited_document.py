"""Edited document: write the source again with only the edited parts changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Protocol

from portfolio.blocks.markdown_writer import MarkdownWriter
from portfolio.blocks.registry import block_type
from portfolio.documents.document import Problem, Severity
from portfolio.documents.front_matter_edit import FrontMatterUnchangeable, changed, values_and_texts
from portfolio.documents.title_text import repeats_title
from portfolio.exporter.ledger_document import (
    DocumentPart,
    LedgerDocument,
    body_to_read,
    current_blocks,
    source_units,
)
from portfolio.exporter.output_tree import OutputTree
from portfolio.exporter.round_trip import ExportReader, ReadPage, UnreadableExport
from portfolio.exporter.source_edit.candidate_texts import CandidateTexts
from portfolio.exporter.source_edit.source_patch import (
    BodySection,
    SourceUnit,
    TextPiece,
    join_pieces,
    unchanged_piece,
)
from portfolio.importer.body.normal_form import lost_facts, normal_form, rich_text_events, words
from portfolio.importer.plan import reads_as
from portfolio.markdown.writing.escaping import escape_text

# Fields that the import takes from the text, or both from one key, unless the front matter has more.
FROM_TEXT = frozenset({"summary", "description"})


@dataclass(slots=True)
class RoundTripResult:
    """Result of a round-trip check: ``differences`` from the page, and whether all words are there nevertheless."""

    differences: list[str] = field(default_factory=list)
    has_same_words: bool = False

    @property
    def is_exact(self) -> bool:
        return not self.differences

    @property
    def rank(self) -> tuple[bool, int]:
        """Orders results that are not exact; the higher the better."""
        return self.has_same_words, -len(self.differences)


@dataclass(slots=True)
class DocumentDraft:
    """A candidate for the whole document: one level for each piece chooses among its candidates."""

    head: str
    pieces: Sequence[TextPiece]
    levels: list[int]
    apart: bool = False

    @property
    def data(self) -> bytes:
        return (self.head + join_pieces(self.pieces, self.levels, apart=self.apart)).encode()


class HeadingWriter(Protocol):
    """How an app writes the heading of a page that shares a document with others."""

    def heading(self, source: str, part: DocumentPart, level: int) -> list[str]: ...


@dataclass(slots=True)
class ExportContext:
    """What writing a document needs: the tree, the reader for the round-trip check, and the block writers."""

    tree: OutputTree
    reader: ExportReader
    clean: MarkdownWriter
    verbose: MarkdownWriter

    @property
    def rewriter(self) -> CandidateTexts:
        return CandidateTexts(self.clean, self.verbose)

    def resolve_links(self, html: str) -> str:
        return self.clean.resolve_links(html)


class EditedDocument:
    """Write one document of the ledger whose pages were edited."""

    def __init__(self, document: LedgerDocument, context: ExportContext, headings: HeadingWriter | None) -> None:
        self.document = document
        self.context = context
        self.headings = headings
        self.problems: list[Problem] = []
        self.before = self.read()

    def read(self) -> Mapping[str, ReadPage]:
        try:
            return self.context.reader.read(self.document.path)
        except UnreadableExport:
            return {}

    def write(self, changes: Mapping[str, Any]) -> bool:
        """Write the document into the tree. Return False if its text cannot be divided into source units."""
        units = source_units(self.document)
        if units is None or self.document.path.endswith(".txt"):
            return False
        heads = list(self.heads(changes))
        best: tuple[DocumentDraft, RoundTripResult] | None = None
        for draft in (draft for head in heads for draft in self.drafts(head, units)):
            result = self.check(draft.data)
            if result.is_exact:
                self.write_draft(self.nearest(draft))
                return True
            if best is None or result.rank > best[1].rank:
                best = draft, result
        if best is not None:
            self.write_draft(best[0])
            severity = Severity.INFO if best[1].has_same_words else Severity.ERROR
            for what in best[1].differences:
                self.report(severity, "reads-differently", what)
        return True

    def heads(self, changes: Mapping[str, Any]) -> Iterator[str]:
        """Yield the front matter with the changes, first without a title that only a heading has."""
        head = self.document.source[: self.document.row.body_start].decode()
        if "title" in changes and self.title_headings() and "title" not in values_and_texts(self.document.source)[0]:
            others = {name: value for name, value in changes.items() if name != "title"}
            yield from self.heads(others) if others else [head]
        try:
            yield changed(head, changes)
        except FrontMatterUnchangeable as error:
            self.report(Severity.ERROR, "front-matter", str(error), error.line)
            yield head

    def drafts(self, head: str, units: Mapping[str, Any]) -> Iterator[DocumentDraft]:
        """Yield drafts, from the closest to the source to the most certain to be read correctly."""
        pieces = [piece for part in self.document.parts for piece in self.part_pieces(part, units)]
        pieces += [piece for page in self.document.added for piece in self.new_part(page, units)]
        deepest = max((len(piece.candidates) for piece in pieces), default=1)
        for apart in (False, True):
            for level in range(deepest):
                yield DocumentDraft(head, pieces, [level] * len(pieces), apart)
        for level in (0, 1):
            anew = [piece for part in self.document.parts for piece in self.rewritten_pieces(part, units)]
            yield DocumentDraft(head, anew, [level] * len(anew), apart=True)

    def nearest(self, draft: DocumentDraft) -> DocumentDraft:
        """Return the draft with each piece as close to the source as possible while the result is still exact."""
        if not any(draft.levels) or sum(piece.is_changed for piece in draft.pieces) < 2:
            return draft
        for index, piece in enumerate(draft.pieces):
            for level in range(min(draft.levels[index], len(piece.candidates) - 1)):
                levels = [*draft.levels[:index], level, *draft.levels[index + 1 :]]
                if self.check(replace(draft, levels=levels).data).is_exact:
                    draft = replace(draft, levels=levels)
                    break
        return draft

    # Pieces --------------------------------------------------------------------------------------------------------

    def part_pieces(self, part: DocumentPart, units: Mapping[str, Any]) -> list[TextPiece]:
        if part.page is None:
            return []
        section = self.section(part, units)
        pieces = section.text_pieces()
        if part.name and self.headings and part.now != part.then and pieces and units[part.name]:
            own = units[part.name][0]
            candidates = self.headings.heading(own.text, part, level_of(own.text))
            pieces[0] = TextPiece(candidates, own.index, own.index) if candidates != [own.text] else pieces[0]
        if not part.name and part.now.get("title") != part.then.get("title"):
            self.rename_heading(part, units[part.name], pieces)
        return pieces

    def title_headings(self) -> list[str]:
        """Return the source of the headings that the page shows as its title."""
        spans = self.before[""].plan.unshown if "" in self.before else ()
        return [self.document.source[span.start : span.end].decode() for span in spans]

    def rename_heading(self, part: DocumentPart, units: Sequence[SourceUnit], pieces: list[TextPiece]) -> None:
        """Give the heading that repeats the title the new one."""
        own = {unit.index: unit.text for unit in units if unit.block_id is None and unit.text in self.title_headings()}
        for place, piece in enumerate(pieces):
            if piece.first in own and piece.first == piece.last:
                text, end = own[piece.first], len(own[piece.first].rstrip("\n"))
                title = (escape if text.lstrip().startswith("<") else escape_text)(part.now["title"])
                anew = f"{'#' * level_of(text)} {title}{text[end:]}"
                pieces[place] = TextPiece([text.replace(part.then["title"], title), anew], piece.first, piece.last)

    def section(self, part: DocumentPart, units: Mapping[str, Any]) -> BodySection:
        blocks = current_blocks(part, self.before.get(part.name), self.context.resolve_links)
        return BodySection(units[part.name], blocks, self.rewrite, self.context.rewriter.patches, self.key)

    def new_part(self, page: Any, units: Mapping[str, Any]) -> list[TextPiece]:
        assert self.headings is not None  # noqa: S101 - only documents with headings have added pages
        level = next((level_of(part_units[0].text) for name, part_units in units.items() if name and part_units), 2)
        part = DocumentPart(None, page, self.described(page))
        blocks = current_blocks(part, None)
        return [
            TextPiece(self.headings.heading("", part, level)),
            *(TextPiece(self.rewrite("", None, block.kind, block.value)) for block in blocks),
        ]

    def described(self, page: Any) -> dict[str, Any]:
        return next(part.plan.describe(page) for name, part in self.before.items() if name)

    def rewritten_pieces(self, part: DocumentPart, units: Mapping[str, Any]) -> list[TextPiece]:
        """Return the whole part in house style, after its source units that became no block."""
        if part.page is None:
            return []
        hidden = [unchanged_piece(unit) for unit in units[part.name] if unit.block_id is None]
        blocks = current_blocks(part, None)
        return [*hidden, *(TextPiece(self.rewrite("", None, block.kind, block.value)) for block in blocks)]

    def rewrite(self, source: str, before: Any, kind: str, value: Any) -> list[str]:
        return self.context.rewriter.candidates(source, before, kind, value)

    def key(self, html: str) -> Any:
        return rich_text_events(html, self.context.resolve_links)

    # Checking ------------------------------------------------------------------------------------------------------

    def check(self, data: bytes) -> RoundTripResult:
        self.context.tree.write(self.document.path, data)
        try:
            read = self.context.reader.read(self.document.path)
        except UnreadableExport as error:
            return RoundTripResult([str(error)])
        result = RoundTripResult(has_same_words=True)
        for part in self.document.parts:
            if part.page is not None:
                page = read.get(part.name) or self.renamed(read, part)
                compare_page(result, part, page, self.before, self.context.resolve_links)
        if len(read) != sum(part.page is not None for part in self.document.parts) + len(self.document.added):
            result.differences.append("it would become another number of pages")
            result.has_same_words = False
        return result

    def renamed(self, read: Mapping[str, ReadPage], part: DocumentPart) -> ReadPage | None:
        """Return the page of a part whose name has changed because the name comes from an edited field."""
        names = {other.name for other in self.document.parts}
        return next((page for name, page in read.items() if name not in names and page.described == part.now), None)

    def write_draft(self, draft: DocumentDraft) -> None:
        self.context.tree.write(self.document.path, draft.data)

    def report(self, severity: Severity, code: str, message: str, line: int | None = None) -> None:
        self.problems.append(Problem(severity, code, message, line))


def compare_page(
    result: RoundTripResult,
    part: DocumentPart,
    read: ReadPage | None,
    before: Mapping[str, ReadPage],
    resolve_links: Any,
) -> None:
    """Add the differences between ``read`` and the page of ``part`` to ``result``."""
    title = part.page.title
    if read is None or type(read.page) is not type(part.page.specific):
        result.differences.append(f"“{title}” would not be found in it")
        result.has_same_words = False
        return
    old = before.get(part.name)
    for name, value in part.now.items():
        edited = value != part.then.get(name) or part.row is None
        wanted = value if edited or old is None else old.described.get(name)
        same = reads_as(read.described.get(name), wanted)
        if not same and not (name in FROM_TEXT and (not edited or not value)):
            label = name.replace("_", " ")
            result.differences.append(f"the {label} of “{title}” has no form that the import reads back")
            result.has_same_words = False
    if not hasattr(part.page, "body"):
        return
    wanted_body = body_to_read(part, old, resolve_links)
    expected, actual = (normal_form(body, resolve_links) for body in (wanted_body, read.page.body))
    if expected[:1] != actual[:1] and expected and expected[0][0] == "heading" and repeats_title(expected[0][2], title):
        del expected[0]  # a heading that says the title again becomes the title
    lost = lost_facts(expected, actual)
    if not lost and len(expected) == len(actual):
        return
    is_legible = not any(block_type(fact[0]).is_exact_in_markdown for fact in lost)
    result.has_same_words &= is_legible and words(wanted_body) == words(read.page.body)
    kinds = ", ".join(dict.fromkeys(str(fact[0]).replace("_", " ") for fact in lost)) or "text"
    result.differences.append(f"{kinds} of “{title}” would be read as something else")


def level_of(source: str) -> int:
    """Return the level of the heading that ``source`` begins with."""
    line = source.lstrip("\n")
    signs = len(line) - len(line.lstrip("#"))
    return signs or (1 if "\n=" in line else 2)
