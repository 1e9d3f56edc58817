"""Does a page show what its source said? Compared in words, block by block."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.rendering import heading_anchors, markdown_in
from portfolio.blocks.verbatim import shown
from portfolio.importer.blocks import Block, Body
from portfolio.importer.document import SourceNode
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import visible_text

# Blocks whose words are the source's own. An image's words are its alternative text, a formula's depend on how MathML
# is read out, an embed's are the sentence that offers to load it.
COMPARED = frozenset({"heading", "text", "code", "quote", "table"})


def differing(body: Body, stored: StreamValue) -> Iterator[tuple[Block, list[SourceNode]]]:
    """Each native block of ``body`` that, as ``stored``, shows other words than its nodes did."""
    by_id = {child.id: child for child in stored}
    for block in body.blocks:
        if block.type not in COMPARED or not block.nodes:
            continue
        child = by_id[block.id]
        if words(child.block.render(child.value)) != words(block.shown):
            yield block, block.nodes


def unlike_markdown(body: Body, stored: StreamValue) -> Iterator[SourceNode]:
    """Each construct kept as Markdown that shows other words than it did in the document as a whole."""
    kept = {block.id: block for block in body.blocks if block.type == "markdown"}
    children = list(stored)
    markdown, _ = markdown_in(children, heading_anchors(children))
    for place, html in markdown.items():
        block = kept[children[place].id]
        (node,) = block.nodes
        if node.kind is not NodeKind.DEFINITION and words(html) != words(shown(node.html, block.value["base"])):
            yield node


def words(html: str) -> list[str]:
    return visible_text(html).split()
