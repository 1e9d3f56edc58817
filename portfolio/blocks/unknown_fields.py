"""Unknown fields: what a newer release stored in a block beside the fields that this one has. Every save keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.stream_block import StreamValue


class KeptFieldsBlock(StructBlock):
    """Struct block whose values keep the fields that it does not know, which Wagtail drops when it reads them."""

    def to_python(self, value: Any) -> Any:
        return self.keep(value, super().to_python(value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        stored = list(values)
        return [self.keep(*pair) for pair in zip(stored, super().bulk_to_python(stored), strict=True)]

    def keep(self, stored: Any, value: Any) -> Any:
        if isinstance(stored, Mapping) and (unknown := unknown_in(self, stored)):
            value.unknown_fields = unknown
        return value

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        return {**getattr(value, "unknown_fields", {}), **super().get_prep_value(value)}


def unknown_in(block: StructBlock, stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stored.items() if name not in block.child_blocks}


def with_unknown_fields(new: StreamValue, before: StreamValue) -> StreamValue:
    """The body that a form was sent with, and the fields that the form could not show, by the ids of blocks."""
    values = new.stream_block.get_prep_value(new)
    merged = merge(new.stream_block, values, list(before.raw_data))
    return new if merged == values else new.stream_block.to_python(merged)


def merge(block: Block, new: Any, before: Any) -> Any:
    if isinstance(block, StructBlock) and isinstance(new, Mapping) and isinstance(before, Mapping):
        unknown = unknown_in(block, before) if isinstance(block, KeptFieldsBlock) else {}
        parts = block.child_blocks
        return unknown | {name: merge(parts[name], value, before.get(name)) if name in parts else value
                          for name, value in new.items()}  # fmt: skip
    if isinstance(block, (ListBlock, StreamBlock)) and isinstance(new, list) and isinstance(before, list):
        stored = {item["id"]: item for item in before if isinstance(item, Mapping) and item.get("id")}
        return [merged_item(block, item, stored.get(item.get("id"))) for item in new]
    return new


def merged_item(block: ListBlock | StreamBlock, item: Mapping[str, Any], before: Mapping[str, Any] | None) -> Any:
    if before is None or item["type"] != before.get("type"):
        return item
    child = block.child_block if isinstance(block, ListBlock) else block.child_blocks[item["type"]]
    return {**item, "value": merge(child, item["value"], before["value"])}
