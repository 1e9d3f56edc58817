"""Unknown fields: what a newer release stored in a block beside the fields that this one has. Every save keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY

TABLE_FIELDS = frozenset({"columns", "rows", "caption"})
COLUMN_FIELDS = frozenset({"type", "heading"})
ROW_FIELDS = frozenset({"values"})


class KeptFieldsBlock(StructBlock):
    """Struct block whose values keep the fields that it does not know, which Wagtail drops when it reads them."""

    def to_python(self, value: Any) -> Any:
        return self.keep(value, super().to_python(value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        stored = list(values)
        return [self.keep(*pair) for pair in zip(stored, super().bulk_to_python(stored), strict=True)]

    def keep(self, stored: Any, value: Any) -> Any:
        if value is not None and isinstance(stored, Mapping) and (unknown := unknown_in(self, stored)):
            value.unknown_fields = unknown
        return value

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        return {**getattr(value, "unknown_fields", {}), **super().get_prep_value(value)}


class KeptFieldsTableBlock(TypedTableBlock):
    """Typed table block whose tables, columns and rows keep the fields that it does not know."""

    def to_python(self, value: Any) -> TypedTable:
        table = super().to_python(value)
        if value:
            table.unknown_fields = other_fields(value, TABLE_FIELDS)
            for column, stored in zip(table.columns, value["columns"], strict=True):
                column["unknown_fields"] = other_fields(stored, COLUMN_FIELDS)
            for row, stored in zip(table.row_data, value["rows"], strict=True):
                row["unknown_fields"] = other_fields(stored, ROW_FIELDS)
        return table

    def clean(self, table: TypedTable) -> TypedTable:
        cleaned = super().clean(table)
        cleaned.unknown_fields = getattr(table, "unknown_fields", {})
        rows = zip(table.row_data, cleaned.row_data, strict=True)
        cleaned.row_data = [{**before, **row} for before, row in rows]
        return cleaned

    def get_prep_value(self, table: TypedTable) -> dict[str, Any]:
        value = super().get_prep_value(table)
        columns = zip(table.columns, value["columns"], strict=True)
        rows = zip(table.row_data, value["rows"], strict=True)
        return {
            **getattr(table, "unknown_fields", {}),
            **value,
            "columns": [{**column.get("unknown_fields", {}), **prepared} for column, prepared in columns],
            "rows": [{**row.get("unknown_fields", {}), **prepared} for row, prepared in rows],
        }


def unknown_in(block: StructBlock, stored: Mapping[str, Any]) -> dict[str, Any]:
    return other_fields(stored, block.child_blocks)


def other_fields(stored: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in stored.items() if name not in known}


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
    if isinstance(block, KeptFieldsTableBlock) and isinstance(before, Mapping):
        return {
            **other_fields(before, TABLE_FIELDS),
            **new,
            "columns": merged_parts(new["columns"], before["columns"], COLUMN_FIELDS),
            "rows": merged_parts(new["rows"], before["rows"], ROW_FIELDS),
        }
    if isinstance(block, (ListBlock, StreamBlock)) and isinstance(new, list) and isinstance(before, list):
        stored = {item["id"]: item for item in before if isinstance(item, Mapping) and item.get("id")}
        return [merged_item(block, item, stored.get(item.get("id"))) for item in new]
    return new


def merged_item(block: ListBlock | StreamBlock, item: Mapping[str, Any], before: Mapping[str, Any] | None) -> Any:
    if before is None or item["type"] != before.get("type"):
        return item
    child = block.child_block if isinstance(block, ListBlock) else block.child_blocks[item["type"]]
    return {**item, "value": merge(child, item["value"], before["value"])}


def merged_parts(
    new: Sequence[dict[str, Any]], before: Sequence[Mapping[str, Any]], known: frozenset[str]
) -> list[dict[str, Any]]:
    """Columns or rows, which have no ids, with the unknown fields of equal ones, else of those at the same place.

    Where some were added or deleted, the place says nothing.
    """
    equal: dict[str, list[int]] = {}
    for index in reversed(range(len(before))):
        equal.setdefault(content_of(before[index], known), []).append(index)
    sources = [same.pop() if (same := equal.get(content_of(part, known))) else None for part in new]
    if len(new) == len(before):
        left = set(range(len(before))) - set(sources)
        sources = [index if source is None and index in left else source for index, source in enumerate(sources)]
    return [
        {**(other_fields(before[source], known) if source is not None else {}), **part}
        for part, source in zip(new, sources, strict=True)
    ]


def content_of(part: Mapping[str, Any], known: frozenset[str]) -> str:
    return BLOCK_KEY.sub("", repr([part.get(name) for name in sorted(known)]))
