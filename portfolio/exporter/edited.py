"""A document somebody edited: its source, with only what was edited written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from portfolio.exporter.block_markdown import BlockWriter
from portfolio.exporter.front_matter import FrontMatterUnchangeable, changed
from portfolio.exporter.meaning import LOOSE, differences, meaning, rich, words
from portfolio.exporter.pieces import Piece, Section, joined, whole
from portfolio.exporter.reread import ReadPage, Rereader, UnreadableExport
from portfolio.exporter.rewriting import Rewriter
from portfolio.exporter.stored import Part, StoredDocument, blocks_of, units_of
from portfolio.exporter.tree import Tree
from portfolio.importer.document import Problem, Severity

# What the import takes from the text, or both from one key, when the front matter does not say more.
FROM_TEXT = frozenset({"summary", "description"})


@dataclass(slots=True)
class Verdict:
    """How a candidate reads: ``wrong`` says what is not as on the page; ``loose`` that all words are there though."""

    wrong: list[str] = field(default_factory=list)
    loose: bool = False

    @property
    def exact(self) -> bool:
        return not self.wrong


@dataclass(slots=True)
class Draft:
    """One way to write the document."""

    head: str
    pieces: Sequence[Piece]
    levels: list[int]
    apart: bool = False

    @property
    def data(self) -> bytes:
        return (self.head + joined(self.pieces, self.levels, apart=self.apart)).encode()


class Headings(Protocol):
    """What an app knows of pages that share a document: how the text of one of them begins."""

    def heading(self, source: str, part: Part, level: int) -> list[str]: ...


@dataclass(slots=True)
class Desk:
    """What writing takes: the tree, the reader of what was written, and the writers of blocks."""

    tree: Tree
    reader: Rereader
    clean: BlockWriter
    verbose: BlockWriter

    @property
    def rewriter(self) -> Rewriter:
        return Rewriter(self.clean, self.verbose)

    def plain(self, html: str) -> str:
        return self.clean.site.plain_links(html)


class EditedDocument:
    """Writes one document of the ledger whose pages were edited."""

    def __init__(self, document: StoredDocument, desk: Desk, headings: Headings | None) -> None:
        self.document = document
        self.desk = desk
        self.headings = headings
        self.problems: list[Problem] = []
        self.before = self.read()

    def read(self) -> Mapping[str, ReadPage]:
        try:
            return self.desk.reader.read(self.document.path)
        except UnreadableExport:
            return {}

    def write(self, changes: Mapping[str, Any]) -> bool:
        """Write the document into the tree; False where its text has a form that pieces cannot be put into."""
        units = units_of(self.document)
        if units is None or self.document.path.endswith(".txt"):
            return False
        head = self.document.source[: self.document.row.body_start].decode()
        try:
            head = changed(head, changes)
        except FrontMatterUnchangeable as error:
            self.report(Severity.ERROR, "front-matter", str(error))
        best: tuple[Draft, Verdict] | None = None
        for draft in self.drafts(head, units):
            verdict = self.judge(draft.data)
            if verdict.exact:
                self.keep(self.nearest(draft))
                return True
            if best is None or (verdict.loose, -len(verdict.wrong)) > (best[1].loose, -len(best[1].wrong)):
                best = draft, verdict
        if best is not None:
            self.keep(best[0])
            severity = Severity.INFO if best[1].loose else Severity.ERROR
            for what in best[1].wrong:
                self.report(severity, "reads-differently", what)
        return True

    def drafts(self, head: str, units: Mapping[str, Any]) -> Iterator[Draft]:
        """From the one that is nearest to the source to the one that is most certain to be read right."""
        pieces = [piece for part in self.document.parts for piece in self.pieces(part, units)]
        pieces += [piece for page in self.document.added for piece in self.new_part(page, units)]
        deepest = max((len(piece.candidates) for piece in pieces), default=1)
        for apart in (False, True):
            for level in range(deepest):
                yield Draft(head, pieces, [level] * len(pieces), apart)
        for level in (0, 1):
            anew = [piece for part in self.document.parts for piece in self.written_anew(part, units)]
            yield Draft(head, anew, [level] * len(anew), apart=True)

    def nearest(self, draft: Draft) -> Draft:
        """The same draft with each piece as near to the source as it can be while the whole reads right."""
        if not any(draft.levels) or sum(piece.is_changed for piece in draft.pieces) < 2:
            return draft
        for place, piece in enumerate(draft.pieces):
            for level in range(min(draft.levels[place], len(piece.candidates) - 1)):
                levels = [*draft.levels[:place], level, *draft.levels[place + 1 :]]
                if self.judge(replace(draft, levels=levels).data).exact:
                    draft = replace(draft, levels=levels)
                    break
        return draft

    # Pieces --------------------------------------------------------------------------------------------------------

    def pieces(self, part: Part, units: Mapping[str, Any]) -> list[Piece]:
        if part.page is None:
            return []
        section = self.section(part, units)
        pieces = section.pieces()
        if part.name and self.headings and part.now != part.then and pieces and units[part.name]:
            own = units[part.name][0]
            wanted = self.headings.heading(own.text, part, level_of(own.text))
            pieces[0] = Piece(wanted, own.place, own.place) if wanted != [own.text] else pieces[0]
        return pieces

    def section(self, part: Part, units: Mapping[str, Any]) -> Section:
        blocks = blocks_of(part, self.before.get(part.name), self.desk.plain)
        return Section(units[part.name], blocks, self.rewrite, self.desk.rewriter.patches, self.key)

    def new_part(self, page: Any, units: Mapping[str, Any]) -> list[Piece]:
        assert self.headings is not None  # noqa: S101 - only documents with headings take pages in
        level = next((level_of(found[0].text) for name, found in units.items() if name and found), 2)
        part = Part(None, page, self.described(page))
        blocks = blocks_of(part, None)
        return [
            Piece(self.headings.heading("", part, level)),
            *(Piece(self.rewrite("", None, block.kind, block.value)) for block in blocks),
        ]

    def described(self, page: Any) -> dict[str, Any]:
        return next(part.plan.describe(page) for name, part in self.before.items() if name)

    def written_anew(self, part: Part, units: Mapping[str, Any]) -> list[Piece]:
        """The whole part in house style; what shows nothing stays in front of it."""
        if part.page is None:
            return []
        hidden = [whole(unit) for unit in units[part.name] if unit.block_id is None]
        blocks = blocks_of(part, None)
        return [*hidden, *(Piece(self.rewrite("", None, block.kind, block.value)) for block in blocks)]

    def rewrite(self, source: str, before: Any, kind: str, value: Any) -> list[str]:
        return self.desk.rewriter.candidates(source, before, kind, value)

    def key(self, html: str) -> Any:
        return rich(html, self.desk.plain)

    # Checking ------------------------------------------------------------------------------------------------------

    def judge(self, data: bytes) -> Verdict:
        self.desk.tree.write(self.document.path, data)
        try:
            read = self.desk.reader.read(self.document.path)
        except UnreadableExport as error:
            return Verdict([str(error)])
        verdict = Verdict(loose=True)
        for part in self.document.parts:
            if part.page is not None:
                judge_page(verdict, part, read.get(part.name) or self.renamed(read, part), self.before, self.desk.plain)
        if len(read) != sum(part.page is not None for part in self.document.parts) + len(self.document.added):
            verdict.wrong.append("it would become another number of pages")
            verdict.loose = False
        return verdict

    def renamed(self, read: Mapping[str, ReadPage], part: Part) -> ReadPage | None:
        """The page of a part whose name comes from what was edited."""
        known = {other.name for other in self.document.parts}
        return next((page for name, page in read.items() if name not in known and page.described == part.now), None)

    def keep(self, draft: Draft) -> None:
        self.desk.tree.write(self.document.path, draft.data)

    def report(self, severity: Severity, code: str, message: str) -> None:
        self.problems.append(Problem(severity, code, message))


def judge_page(verdict: Verdict, part: Part, read: ReadPage | None, before: Mapping[str, ReadPage], plain: Any) -> None:
    """Add what ``read`` says otherwise than the page does."""
    title = part.page.title
    if read is None or type(read.page) is not type(part.page.specific):
        verdict.wrong.append(f"“{title}” would not be found in it")
        verdict.loose = False
        return
    old = before.get(part.name)
    for name, value in part.now.items():
        edited = value != part.then.get(name) or part.row is None
        wanted = value if edited or old is None else old.described.get(name)
        if read.described.get(name) != wanted and not (name in FROM_TEXT and (not edited or not value)):
            verdict.wrong.append(f"the {name.replace('_', ' ')} of “{title}” has no form that is read again")
            verdict.loose = False
    if not hasattr(part.page, "body"):
        return
    lost = differences(meaning(part.page.body, plain), meaning(read.page.body, plain))
    if not lost and len(meaning(part.page.body, plain)) == len(meaning(read.page.body, plain)):
        return
    same_words = words(part.page.body) == words(read.page.body)
    verdict.loose = verdict.loose and same_words and all(fact[0] in LOOSE for fact in lost)
    kinds = ", ".join(dict.fromkeys(str(fact[0]).replace("_", " ") for fact in lost)) or "text"
    verdict.wrong.append(f"{kinds} of “{title}” would be read as something else")


def level_of(source: str) -> int:
    """The level of the heading that ``source`` begins with."""
    line = source.lstrip("\n")
    signs = len(line) - len(line.lstrip("#"))
    return signs or (1 if "\n=" in line else 2)
