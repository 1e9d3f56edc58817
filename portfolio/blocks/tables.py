"""Table block with an alignment for each column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portfolio.blocks.block_type import BlockType, TextFormat, fits_text_field, plain_text_html
from portfolio.blocks.node_conversion import Conversion, NoBlock, NodeContext, NodeValue
from portfolio.blocks.prose import InlineTextBlock
from portfolio.blocks.rich_text.stored_rich_text import text_for_indexing
from portfolio.blocks.unknown_fields import KeptFieldsTableBlock
from portfolio.documents.document import SourceNode
from portfolio.documents.visible_words import words
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import visible_text

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

COLUMN_TYPES = {"": "text", "left": "text", "center": "centred", "right": "number"}
ALIGNMENT_ROW = {"text": "---", "centred": ":---:", "number": "---:"}


class TableBlock(BlockType, KeptFieldsTableBlock):
    """A table; a column's block name is its alignment: ``text`` left, ``centred`` centre, ``number`` right."""

    text = InlineTextBlock(required=False, label="Text", icon="pilcrow")
    centred = InlineTextBlock(required=False, label="Centred text", icon="minus")
    number = InlineTextBlock(required=False, label="Number", icon="order")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add ``head`` and ``rows``: the cells of each row as HTML. A template takes five times as long for each.

        ``head`` is "" for a table in which no column has a heading.
        """
        context = super().get_context(value, parent_context)
        types = [column["block"].name for column in value.columns]
        headings = [column["heading"] for column in value.columns]
        context["head"] = SafeString("".join(map(head_cell, types, headings))) if any(headings) else ""
        context["rows"] = [
            format_html_join("", '<td class="{}">{}</td>', zip(types, row["values"], strict=False))
            for row in value.row_data
        ]
        return context

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return caption, headings and cells; Wagtail's own table block has no search content."""
        cells = [text for row in value.rows for cell in row for text in cell.block.get_searchable_content(cell.value)]
        headings = [column["heading"] for column in value.columns]
        return [text for text in [value.caption, *headings, *cells] if text]

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.TABLE,)
    placeholders = {"text": "Text", "centred": "Text", "number": "0"}
    is_exact_in_markdown = False

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield from plain_text_html(value.get("caption"), *(column["heading"] for column in value["columns"]))
        yield from cells_of(value)

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        columns = value["columns"]
        rows = [[writer.inline_rich_text(cell) for cell in row["values"]] for row in value["rows"]]
        head = [writer.text(column["heading"] or "") for column in columns]
        alignment = [ALIGNMENT_ROW[column["type"]] for column in columns]
        lines = [*([head, alignment] if any(head) or writer.names_every_column else []), *rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        caption = writer.paragraph(value.get("caption") or "")
        return f"{caption}\n\n{table}" if caption else table

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        """False with a caption, which is a paragraph in Markdown."""
        return not value.get("caption")

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        header, rows, align = node.data["header"], node.data["rows"], node.data["align"]
        if not header or any(len(row) != len(align) for row in [header, *rows]):
            return NoBlock.VERBATIM  # the block needs column headings and complete rows
        if any("<" in cell for cell in header):
            return NoBlock.VERBATIM
        cells = [[context.rich_text(f"<p>{cell}</p>", node.line) for cell in row] for row in rows]
        if any(cell is None for row in cells for cell in row):
            return NoBlock.VERBATIM
        columns = zip(align, header, strict=True)
        value = {
            "columns": [{"type": COLUMN_TYPES[side], "heading": visible_text(cell)} for side, cell in columns],
            "rows": [{"values": row} for row in cells],
            "caption": "",
        }
        return NodeValue(value)

    def stored_is_valid(self, value: Mapping[str, Any]) -> bool:
        return all(map(fits_text_field, cells_of(value)))

    def stored_search_text(self, value: Mapping[str, Any]) -> list[str]:
        headings = [column["heading"] for column in value["columns"]]
        return [text for text in [value["caption"], *headings, *map(text_for_indexing, cells_of(value))] if text]

    def stored_rich_text(self, value: Mapping[str, Any]) -> tuple[str, ...]:
        return cells_of(value)

    def stored_words(self, value: Mapping[str, Any]) -> list[str]:
        headings = " ".join(column["heading"] for column in value["columns"])
        return [*headings.split(), *words(" ".join(cells_of(value)))]

    class Meta:
        icon = "table"
        label = "Table"
        group = "Technical"
        template = "blocks/table.html"
        description = "Rows and columns. Choose “Number” for columns of figures, so that they line up on the right."
        preview_value = {
            "caption": "Highest water of the year",
            "columns": [{"type": "text", "heading": "Station"}, {"type": "number", "heading": "Metres"}],
            "rows": [{"values": ["Old pier", "4.31"]}, {"values": ["Sluice", "4.28"]}],
        }


def head_cell(column_type: str, heading: str | None) -> SafeString:
    if not heading:
        return SafeString("<td></td>")
    return format_html('<th scope="col" class="{}">{}</th>', column_type, heading)


def cells_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the rich text of all cells of a stored table."""
    return tuple(cell or "" for row in value["rows"] for cell in row["values"])
