"""Compare what a page shows with what its source said, in words, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.body.rendering import markdown_in
from portfolio.blocks.headings import heading_anchors
from portfolio.blocks.registry import block_type
from portfolio.blocks.verbatim import shown
from portfolio.documents.document import SourceNode
from portfolio.documents.visible_words import words
from portfolio.importer.body.built_body import BuiltBlock, BuiltBody
from portfolio.markdown.nodes import NodeKind

IDS = re.compile(r"""<[a-zA-Z][^<>]*?\sid=["']?([^\s"'<>]+)""")
MADE_ID = re.compile(r"fn(?:ref)?[:-]|markdown-toc")  # of footnotes and contents: every engine makes its own


def differing_blocks(body: BuiltBody, stored: StreamValue) -> list[BuiltBlock]:
    """The native blocks of ``body`` that, as ``stored``, show other words than their nodes.

    Templates show the words of a block's value and no others, so where these are the source's nothing is rendered;
    where they are not, what the template makes of them decides. The words of prose that the conversion itself has
    brought into its stored form were compared there.
    """
    children: dict[str, StreamValue.StreamChild] = {}
    different = []
    for block in body.blocks:
        stored_words = block_type(block.type).stored_words(block.value) if block.nodes else None
        if stored_words is None:
            continue
        if block.type == "text" and all(node.data.get("stored") for node in block.nodes):
            continue
        expected = words(block.html)
        if stored_words == expected:
            continue
        children = children or {child.id: child for child in stored}
        child = children[block.id]
        if words(child.block.render(child.value, {"markup_later": True})) != expected:
            different.append(block)
    return different


def lost_ids(body: BuiltBody) -> Iterator[tuple[BuiltBlock, SourceNode, list[str]]]:
    """The blocks in which ids of their nodes, to which links lead, are missing; those of headings are their anchors."""
    for block in body.blocks:
        nodes = [node for node in block.nodes if node.kind is not NodeKind.HEADING and "id=" in node.html]
        if not nodes or block.type == "html":  # which is the HTML of its node
            continue
        if block.type == "markdown":
            there = IDS.findall(body.rendered.get(block.id, "") + body.rendered_notes)
        else:
            there = IDS.findall(str(block.value))
        for node in nodes:
            html = shown(node.html, block.value["base"]) if block.type == "markdown" else node.html
            names = [name for name in IDS.findall(html) if name not in there and not MADE_ID.match(name)]
            if names:
                yield block, node, names


def differing_markdown(body: BuiltBody, stored: StreamValue) -> Iterator[tuple[BuiltBlock, SourceNode]]:
    """The blocks kept as Markdown that show other words than their node did within the document."""
    kept = {block.id: block for block in body.blocks if block.type == "markdown"}
    if not kept:
        return
    children = list(stored)
    markdown, notes = markdown_in(children, heading_anchors(children))
    body.rendered = {children[index].id: html for index, html in markdown.items()}
    body.rendered_notes = notes
    for index, html in markdown.items():
        block = kept[children[index].id]
        (node,) = block.nodes
        if node.kind is not NodeKind.DEFINITION and words(html) != words(shown(node.html, block.value["base"])):
            yield block, node
