"""A body as the admin stores it when somebody presses Save: through the editor's form and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.forms import Textarea
from wagtail.blocks import Block, FieldBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


def saved(body: StreamValue, raw: list[dict[str, Any]]) -> StreamValue:
    """``raw`` as the form of ``body`` gives it back: rich text through Draftail, texts with a browser's line ends.

    Raises ``StreamBlockValidationError`` where the form would not be accepted.
    """
    block = body.stream_block
    value = block.to_python(submitted(block, raw))
    return block.clean(value)


def submitted(block: Block, raw: Any) -> Any:
    """A stored value as the form submits it again when nobody has touched it."""
    if raw is None:
        return None
    if isinstance(block, StreamBlock):
        return [{**child, "value": submitted(block.child_blocks[child["type"]], child["value"])} for child in raw]
    if isinstance(block, ListBlock):
        return [{**child, "value": submitted(block.child_block, child["value"])} for child in raw]
    if isinstance(block, TypedTableBlock):
        return table(block, raw)
    if isinstance(block, StructBlock) and isinstance(raw, Mapping):
        return {name: submitted(block.child_blocks[name], value) for name, value in raw.items()}
    if isinstance(block, RichTextBlock):
        return rich_text(block, raw)
    if isinstance(block, FieldBlock) and isinstance(block.field.widget, Textarea):
        return raw.replace("\r\n", "\n").replace("\n", "\r\n")
    return raw


def table(block: TypedTableBlock, raw: Mapping[str, Any]) -> dict[str, Any]:
    kinds = [block.child_blocks[column["type"]] for column in raw["columns"]]
    rows = [
        {**row, "values": [submitted(kind, cell) for kind, cell in zip(kinds, row["values"], strict=True)]}
        for row in raw["rows"]
    ]
    return {**raw, "rows": rows}


def rich_text(block: RichTextBlock, raw: str) -> str:
    widget = block.field.widget
    shown = widget.format_value(block.value_for_form(block.to_python(raw)))
    json.loads(shown)  # Draftail's own form
    return block.get_prep_value(block.value_from_form(widget.value_from_datadict({"text": shown}, {}, "text")))
