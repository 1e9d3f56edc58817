"""Tables whose columns are aligned by what they hold."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from portfolio.blocks.prose import InlineTextBlock


class TableBlock(TypedTableBlock):
    """A table; a column's block name is its alignment: ``text`` left, ``centred`` centre, ``number`` right."""

    text = InlineTextBlock(required=False, label="Text", icon="pilcrow")
    centred = InlineTextBlock(required=False, label="Centred text", icon="minus")
    number = InlineTextBlock(required=False, label="Number", icon="order")

    def get_searchable_content(self, value: Any) -> list[str]:
        """The caption, the headings and the cells; Wagtail's own table block is not searched at all."""
        cells = [text for row in value.rows for cell in row for text in cell.block.get_searchable_content(cell.value)]
        headings = [column["heading"] for column in value.columns]
        return [text for text in [value.caption, *headings, *cells] if text]

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
