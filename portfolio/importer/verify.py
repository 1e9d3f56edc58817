"""Does a page show what its source said? Compared in words, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.rendering import heading_anchors, markdown_in
from portfolio.blocks.verbatim import shown
from portfolio.importer.blocks import Block, Body
from portfolio.importer.document import SourceNode
from portfolio.importer.shown_words import words
from portfolio.markdown.nodes import NodeKind

# Blocks whose words are the source's own. An image's words are its alternative text, a formula's depend on how MathML
# is read out, an embed's are the sentence that offers to load it.
COMPARED = frozenset({"heading", "text", "code", "quote", "table"})


def differing(body: Body, stored: StreamValue) -> Iterator[tuple[Block, list[SourceNode]]]:
    """Each native block of ``body`` that, as ``stored``, shows other words than its nodes did.

    Templates show the words of a block's value and no others, so where these are the source's nothing is rendered;
    where they are not, what the template makes of them decides. Of prose whose stored form was plain to see, the words
    were compared where it was converted.
    """
    rendered: dict[str, StreamValue.StreamChild] = {}
    for block in body.blocks:
        if block.type not in COMPARED or not block.nodes:
            continue
        if block.type == "text" and all(node.data.get("stored") for node in block.nodes):
            continue
        expected = words(block.shown)
        if WORDS_OF[block.type](block.value) == expected:
            continue
        rendered = rendered or {child.id: child for child in stored}
        child = rendered[block.id]
        if words(child.block.render(child.value)) != expected:
            yield block, block.nodes


def unlike_markdown(body: Body, stored: StreamValue) -> Iterator[tuple[Block, SourceNode]]:
    """Each block kept as Markdown that shows other words than its construct did in the document as a whole."""
    kept = {block.id: block for block in body.blocks if block.type == "markdown"}
    if not kept:
        return
    children = list(stored)
    markdown, _ = markdown_in(children, heading_anchors(children))
    for place, html in markdown.items():
        block = kept[children[place].id]
        (node,) = block.nodes
        if node.kind is not NodeKind.DEFINITION and words(html) != words(shown(node.html, block.value["base"])):
            yield block, node


def words_of_table(value: dict[str, Any]) -> list[str]:
    headings = " ".join(column["heading"] for column in value["columns"])
    cells = " ".join(cell for row in value["rows"] for cell in row["values"])
    return [*headings.split(), *words(cells)]


# The words in a block's stored value.
WORDS_OF: dict[str, Callable[[Any], list[str]]] = {
    "heading": lambda value: value["text"].split(),
    "text": words,
    "code": lambda value: value["code"].split(),
    "quote": lambda value: words(value["text"]) + value["source"].split(),
    "table": words_of_table,
}
