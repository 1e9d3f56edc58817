"""Stored values: validation, search text and references of a body without making block values.

Wagtail converts each stored value to a value with fields first, which is slow for tens of thousands of blocks. Types
that have shortcuts (`BlockType.stored_is_valid` and the methods after it) use the stored value; all other blocks use
Wagtail's methods. The results are the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.block_type import BlockType
from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY

AS_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
REFERENCE_MARKS = ("linktype", "embed", " id=")

# Model, key, path in the model, path in the content, as Wagtail's ``extract_references`` yields them.
Reference = tuple[Any, Any, str, str]


def raw_blocks(body: StreamValue) -> list[dict[str, Any]]:
    """Return "id", "type" and "value" of each block of a body."""
    return [{"id": child["id"], "type": child["type"], "value": child["value"]} for child in body.get_prep_value()]


def value_hash(value: Any) -> str:
    """The hash of a block's stored value without Draftail's block keys, which change at every save."""
    text = AS_JSON(value).replace('\\"', '"')
    return hashlib.sha256((BLOCK_KEY.sub("", text) if "data-block-key" in text else text).encode()).hexdigest()


def check(body: StreamValue) -> None:
    """Validate ``body`` block by block. Raises ``StreamBlockValidationError`` exactly if `clean` would."""
    errors = {}
    for index, (block_type, value) in enumerate(stored(body)):
        if block_type.stored_is_valid(value):
            continue
        child = body[index]
        try:
            child.block.clean(child.value)
        except ValidationError as error:
            errors[index] = error
    if errors:
        raise StreamBlockValidationError(block_errors=errors)


def searched_in(body: StreamValue) -> list[str]:
    """Return the result of `StreamBlock.get_searchable_content`."""
    result: list[str] = []
    for index, (block_type, value) in enumerate(stored(body) if body.stream_block.search_index else ()):
        try:
            texts = block_type.stored_search_text(value)
        except (KeyError, TypeError, AttributeError):  # a program has stored a part of the value: Wagtail adds the rest
            texts = None
        if texts is None or not all(isinstance(text, str) for text in texts):
            child = body[index]
            texts = child.block.get_searchable_content(child.value)
        result += texts
    return result


def references(body: StreamValue) -> Iterator[Reference]:
    """Yield the result of `StreamBlock.extract_references`."""
    for index, (block_type, value) in enumerate(stored(body)):
        rich_text = block_type.stored_rich_text(value)
        if rich_text is not None and not any(mark in html for html in rich_text for mark in REFERENCE_MARKS):
            continue
        child = body[index]
        for model, key, model_path, content_path in child.block.extract_references(child.value):
            paths = (child.block_type, model_path), (child.id, content_path)
            yield model, key, *(".".join(filter(None, path)) for path in paths)


def stored(body: StreamValue) -> Iterator[tuple[BlockType, Any]]:
    """Yield type and stored value of each child; blocks of another vocabulary get a type without shortcuts."""
    blocks = body.stream_block.child_blocks
    for raw in body.raw_data:
        block = blocks[raw["type"]]
        yield block if isinstance(block, BlockType) else BlockType(), raw["value"]
