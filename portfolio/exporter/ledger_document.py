"""Ledger document: an imported document from the ledger, together with the current state of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from portfolio.blocks.headings import heading_anchors
from portfolio.blocks.registry import block_type
from portfolio.blocks.stored_values import raw_blocks, value_hash
from portfolio.blocks.unknown import UnknownBlock
from portfolio.documents.document import Problem, Severity
from portfolio.exporter.round_trip import ReadPage
from portfolio.exporter.source_edit.source_patch import CurrentBlock, SourceUnit
from portfolio.importer.body.normal_form import LinkResolver, is_equivalent, without_form_changes
from portfolio.models import ImportedDocument, ImportedPage


@dataclass(slots=True)
class DocumentPart:
    """One page of a document: its row, the page as it is now (None if deleted), and its fields then and now."""

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
        """Whether the page is as it was imported: the same blocks in the same order, the same fields."""
        if self.row is None or self.page is None or self.now != self.then:
            return False
        recorded = list(dict.fromkeys((entry["id"], entry["hash"]) for entry in self.row.blocks if entry["id"]))
        return recorded == [(block["id"], value_hash(block["value"])) for block in shown_blocks(self.page)]


@dataclass(slots=True)
class LedgerDocument:
    """A document of the ledger with its parts in source order; ``added`` are new pages to write into it."""

    row: ImportedDocument
    parts: list[DocumentPart]
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


def unknown_blocks(parts: Sequence[DocumentPart], source: bytes) -> list[Problem]:
    """Return a warning for each block of a type that this release does not have, with the line of its source."""
    problems = []
    for part in parts:
        starts = {entry["id"]: entry["start"] for entry in part.row.blocks} if part.row else {}
        for block in shown_blocks(part.page):
            if not isinstance(block_type(block["type"]), UnknownBlock):
                continue
            start = starts.get(block["id"])
            line = None if start is None else source.count(b"\n", 0, start) + 1
            what = "its value is written in a comment" if start is None else "its source stays as it was imported"
            message = f"this version of the site has no block “{block['type']}”; {what}"
            problems.append(Problem(Severity.WARNING, "unknown-block", message, line))
    return problems


def shown_blocks(page: Page | None) -> list[dict[str, Any]]:
    return raw_blocks(page.body) if hasattr(page, "body") else []


def source_units(document: LedgerDocument) -> dict[str, list[SourceUnit]] | None:
    """Return the source units of the body by part, or None where spans overlap, as in some interviews."""
    spans = sorted(
        ((entry["start"], entry["end"], index, part.name, entry) for part in document.parts if part.row
         for index, entry in enumerate(part.row.blocks)),
        key=lambda span: span[:3],
    )  # fmt: skip
    source = document.source
    units: dict[str, list[SourceUnit]] = {part.name: [] for part in document.parts}
    position, index, name = document.row.body_start, 0, ""
    for start, end, _, part, entry in spans:
        if start < position:
            return None
        if start > position:  # white space between blocks
            units.setdefault(name or part, []).append(SourceUnit(source[position:start].decode(), index))
            index += 1
        text = source[start:end].decode()
        units[part].append(SourceUnit(text, index, entry["id"], entry.get("text", "")))
        position, index, name = end, index + 1, part
    if position < len(source):
        units.setdefault(name, []).append(SourceUnit(source[position:].decode(), index))
    return units


def current_blocks(part: DocumentPart, read: ReadPage | None, resolve_links: LinkResolver = str) -> list[CurrentBlock]:
    """Return the current blocks of the page, each with its value at the import if the source still gives it.

    A block whose stored value differs but means the same, as after a save in the admin, counts as unchanged. Where the
    source gives another value now, because Liquid lists other pages, what every save changes is left out.
    """
    if part.page is None or not hasattr(part.page, "body"):
        return []
    entries: Sequence[Mapping[str, Any]] = part.row.blocks if part.row else []
    hashes = {entry["id"]: entry["hash"] for entry in entries if entry["id"]}
    before = blocks_before(entries, read) if read else {}
    anchors = heading_anchors(part.page.body)
    blocks = []
    for index, block in enumerate(shown_blocks(part.page)):
        block_id, value = block["id"], block["value"]
        old = before[block_id]["value"] if block_id in before else None
        has_value_before = old is not None and value_hash(old) == hashes.get(block_id)
        changed = hashes.get(block_id) != value_hash(value)
        if changed and has_value_before and is_equivalent(old, value, resolve_links, block_type(block["type"])):
            changed = False
        if changed and not has_value_before and block_id in hashes:
            changed = hashes[block_id] != value_hash(without_form_changes(value))
        if block["type"] == "heading":
            value = {**value, "anchor": anchors[index]}
        blocks.append(CurrentBlock(block_id, block["type"], value, changed, old if has_value_before else None))
    return blocks


def body_to_read(part: DocumentPart, read: ReadPage | None, resolve_links: LinkResolver = str) -> StreamValue:
    """Return the body that the document should be read as: that of the page.

    Unchanged blocks have the value that their source gives now, as Liquid may list pages that were edited meanwhile.
    """
    body = part.page.body
    if part.row is None or read is None:
        return body
    before = blocks_before(part.row.blocks, read)
    unchanged = {block.id for block in current_blocks(part, read, resolve_links) if not block.changed}
    raw = [
        before[block["id"]]
        if block["id"] in unchanged & before.keys() and before[block["id"]]["type"] == block["type"]
        else block
        for block in shown_blocks(part.page)
    ]
    return body.stream_block.to_python(raw)


def blocks_before(entries: Sequence[Mapping[str, Any]], read: ReadPage) -> dict[str, dict[str, Any]]:
    """Return each block as its source gives it now, by the id of the imported block."""
    segments = read.body.segments
    if [(entry["start"], entry["end"]) for entry in entries] != [(at.span.start, at.span.end) for at in segments]:
        return {}
    blocks = {child["id"]: child for child in read.page.body.get_prep_value()}
    pairs = zip(entries, segments, strict=True)
    return {
        entry["id"]: {**blocks[at.block_id], "id": entry["id"]} for entry, at in pairs if entry["id"] and at.block_id
    }
