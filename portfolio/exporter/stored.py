"""What the ledger remembers of a document, beside what its pages are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from portfolio.blocks.rendering import heading_anchors
from portfolio.exporter.meaning import PlainLinks, raw_blocks, says_the_same
from portfolio.exporter.pieces import Block, Unit
from portfolio.exporter.reread import ReadPage
from portfolio.importer.blocks import value_hash
from portfolio.models import ImportedDocument, ImportedPage


@dataclass(slots=True)
class Part:
    """One page of a document: its row, the page as it is shown now (None: deleted), and its fields then and now."""

    row: ImportedPage | None
    page: Page | None
    now: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.row.part if self.row else ""

    @property
    def then(self) -> dict[str, Any]:
        return self.row.fields if self.row else {}

    @property
    def is_untouched(self) -> bool:
        """Whether the page says what the document says: the same blocks in the same order, the same fields."""
        if self.row is None or self.page is None or self.now != self.then:
            return False
        recorded = list(dict.fromkeys((entry["id"], entry["hash"]) for entry in self.row.blocks if entry["id"]))
        return recorded == [(block["id"], value_hash(block["value"])) for block in shown_blocks(self.page)]


@dataclass(slots=True)
class StoredDocument:
    """A document of the ledger with its parts, in the order of the source; ``added`` are pages it shall take in."""

    row: ImportedDocument
    parts: list[Part]
    path: str
    added: list[Page] = field(default_factory=list)

    @property
    def is_untouched(self) -> bool:
        return not self.added and self.path == self.row.path and all(part.is_untouched for part in self.parts)

    @property
    def is_gone(self) -> bool:
        return all(part.page is None for part in self.parts) and not self.added

    @property
    def source(self) -> bytes:
        return bytes(self.row.source)

    @property
    def pages(self) -> list[Page]:
        return [part.page for part in self.parts if part.page is not None]


def shown_blocks(page: Page | None) -> list[dict[str, Any]]:
    return raw_blocks(page.body) if hasattr(page, "body") else []


def units_of(document: StoredDocument) -> dict[str, list[Unit]] | None:
    """The stretches of the body by part; None where they lie inside each other, as an interview's may."""
    spans = sorted(
        ((entry["start"], entry["end"], place, part.name, entry) for part in document.parts if part.row
         for place, entry in enumerate(part.row.blocks)),
        key=lambda span: span[:3],
    )  # fmt: skip
    source = document.source
    units: dict[str, list[Unit]] = {part.name: [] for part in document.parts}
    position, place, name = document.row.body_start, 0, ""
    for start, end, _, part, entry in spans:
        if start < position:
            return None
        if start > position:  # white space that belongs to nothing
            units.setdefault(name or part, []).append(Unit(source[position:start].decode(), place))
            place += 1
        text = source[start:end].decode()
        units[part].append(Unit(text, place, entry["id"], entry.get("text", "")))
        position, place, name = end, place + 1, part
    if position < len(source):
        units.setdefault(name, []).append(Unit(source[position:].decode(), place))
    return units


def blocks_of(part: Part, read: ReadPage | None, plain: PlainLinks = str) -> list[Block]:
    """The page's blocks now, each with its value at the import as far as the source still gives it.

    A block that was stored in other words but says the same, as after a save in the admin, counts as unchanged.
    """
    if part.page is None or not hasattr(part.page, "body"):
        return []
    entries: Sequence[Mapping[str, Any]] = part.row.blocks if part.row else []
    hashes = {entry["id"]: entry["hash"] for entry in entries if entry["id"]}
    before = values_before(entries, read) if read else {}
    anchors = heading_anchors(part.page.body)
    found = []
    for place, block in enumerate(shown_blocks(part.page)):
        name, value = block["id"], block["value"]
        old = before.get(name)
        known = old is not None and value_hash(old) == hashes.get(name)
        changed = hashes.get(name) != value_hash(value)
        if changed and known and says_the_same(old, value, plain):
            changed = False
        if block["type"] == "heading":
            value = {**value, "anchor": anchors[place]}
        found.append(Block(name, block["type"], value, changed, old if known else None))
    return found


def values_before(entries: Sequence[Mapping[str, Any]], read: ReadPage) -> dict[str, Any]:
    """The value each block had, by its id: the document is read again, and the order is the same."""
    segments = read.body.segments
    if [(entry["start"], entry["end"]) for entry in entries] != [(at.span.start, at.span.end) for at in segments]:
        return {}
    values = {child["id"]: child["value"] for child in read.page.body.get_prep_value()}
    pairs = zip(entries, segments, strict=True)
    return {entry["id"]: values[at.block_id] for entry, at in pairs if entry["id"] and at.block_id}
