"""Divider block: a line between two parts of a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wagtail.blocks import StaticBlock

from portfolio.blocks.block_type import BlockType, TextFormat
from portfolio.blocks.node_conversion import NodeContext, NodeValue
from portfolio.documents.document import SourceNode
from portfolio.markdown.nodes import NodeKind

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter


class DividerBlock(BlockType, StaticBlock):
    """A line across the page; it has no fields, and None is its value."""

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.DIVIDER,)

    def shown_texts(self, value: None) -> Iterator[str]:
        return iter(())

    def to_markdown(self, value: None, writer: MarkdownWriter) -> str:
        return "* * *"

    def has_markdown_form(self, value: None, writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> NodeValue:
        return NodeValue(None)

    def stored_is_valid(self, value: None) -> bool:
        return True

    def stored_search_text(self, value: None) -> list[str]:
        return []

    def stored_rich_text(self, value: None) -> tuple[str, ...]:
        return ()

    class Meta:
        icon = "minus"
        label = "Divider"
        group = "Text"
        template = "blocks/divider.html"
        description = "A line between two parts of a text."
        admin_text = "A line across the page."
        preview_value = None
