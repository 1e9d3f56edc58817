"""A body that was built from a document: its blocks, and for each of them the span of the source it came from."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from portfolio.documents.document import SourceNode, Span

NATIVE, APPROXIMATED, KEPT, REFUSED = "native", "approximated", "kept", "refused"


@dataclass(slots=True)
class Segment:
    """A span of the source and the block that shows it; ``block_id`` is None for source that shows nothing."""

    span: Span
    block_id: str | None
    text_hash: str = ""


@dataclass(slots=True)
class BuiltBlock:
    """One child of a StreamField in its stored form. ``nodes`` is empty for a block that was not built from any."""

    type: str
    value: Any
    nodes: list[SourceNode] = field(default_factory=list)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def raw(self) -> dict[str, Any]:
        return {"type": self.type, "value": self.value, "id": self.id}

    @property
    def html(self) -> str:
        """The HTML that the block should show."""
        return "".join(node.html for node in self.nodes)


@dataclass(slots=True)
class BuiltBody:
    """The blocks of one page, its segments, and its constructs, counted by what became of them.

    ``rendered`` is the HTML of its Markdown blocks by their ids, ``rendered_notes`` that of their footnotes.
    """

    blocks: list[BuiltBlock] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    rendered: dict[str, str] = field(default_factory=dict)
    rendered_notes: str = ""
    constructs: dict[str, int] = field(
        default_factory=lambda: {NATIVE: 0, APPROXIMATED: 0, KEPT: 0, REFUSED: 0},
    )

    @property
    def raw(self) -> list[dict[str, Any]]:
        return [block.raw for block in self.blocks]

    def replace(self, block: BuiltBlock, others: list[BuiltBlock]) -> None:
        """Put ``others``, one for each of the block's nodes, where ``block`` is."""
        index = self.blocks.index(block)
        self.blocks[index : index + 1] = others
        segments = [segment for segment in self.segments if segment.block_id == block.id]
        for segment, other in zip(segments, others, strict=True):
            segment.block_id, segment.text_hash = other.id, ""

    def insert(self, block: BuiltBlock, before: str | None) -> None:
        """Insert the block before the one of that id; at the end where there is none."""
        ids = [existing.id for existing in self.blocks]
        self.blocks.insert(ids.index(before) if before in ids else len(ids), block)
