"""What Wagtail says of a body, told from the values as they are stored where that is plain to see.

To check a block, to index it and to look for what it refers to, Wagtail makes it a value with fields first. A site has
tens of thousands of paragraphs, headings, listings and tables of which all three are known without; every other block
is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import get_text_for_indexing

from portfolio.blocks.anchors import is_anchor
from portfolio.blocks.code import LINE_RANGES

# The elements of stored rich text, and those that Wagtail puts a space after.
PLAIN_TAG = re.compile(r"</?(?:a|b|code|i|li|ol|p|s|sub|sup|ul|br)(?: [^<>]*)?/?>")
ENDS_WORD = re.compile(r"</(?:p|li)>|<br\s*/>")
REFERRING = ("linktype", "embed", " id=")
LEVELS = frozenset("123456")

# Model, key, path in the model, path in the content, as Wagtail's blocks give them.
Found = tuple[Any, Any, str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one kind of block by its stored value.

    ``valid`` is True only for values that the block accepts, ``searched`` are the texts that it is found by, ``rich``
    is the rich text in it, without which it refers to nothing.
    """

    valid: Callable[[Any], bool]
    searched: Callable[[Any], list[str]]
    rich: Callable[[Any], tuple[str, ...]]


def check(body: StreamValue) -> None:
    """Raise ``StreamBlockValidationError`` where cleaning the whole ``body``, which is lazy, would."""
    errors = {}
    for place, (known, value) in enumerate(stored(body)):
        if known is not None and known.valid(value):
            continue
        child = body[place]
        try:
            child.block.clean(child.value)
        except ValidationError as error:
            errors[place] = error
    if errors:
        raise StreamBlockValidationError(block_errors=errors)


def searched_in(body: StreamValue) -> list[str]:
    """What `StreamBlock.get_searchable_content` gives."""
    found: list[str] = []
    for place, (known, value) in enumerate(stored(body) if body.stream_block.search_index else ()):
        if known is not None:
            found += known.searched(value)
        else:
            child = body[place]
            found += child.block.get_searchable_content(child.value)
    return found


def references(body: StreamValue) -> Iterator[Found]:
    """What `StreamBlock.extract_references` gives."""
    for place, (known, value) in enumerate(stored(body)):
        if known is not None and not any(mark in html for html in known.rich(value) for mark in REFERRING):
            continue
        child = body[place]
        for model, key, model_path, content_path in child.block.extract_references(child.value):
            paths = (child.block_type, model_path), (child.id, content_path)
            yield model, key, *(".".join(filter(None, path)) for path in paths)


def stored(body: StreamValue) -> Iterator[tuple[Known | None, Any]]:
    """What is known of each child's kind, and its stored value."""
    return ((KNOWN.get(raw["type"]), raw["value"]) for raw in body.raw_data)


def text_for_indexing(rich_text: str) -> str:
    """As Wagtail's function of that name, which parses what in stored rich text is plain to see."""
    text = PLAIN_TAG.sub("", ENDS_WORD.sub(" ", rich_text))
    return get_text_for_indexing(rich_text) if "<" in text else unescape(text.strip())


def fits(text: str, most: int | None = None, *, required: bool = False) -> bool:
    """Whether a form's field for text takes it; what it strips from the ends is not looked for."""
    return "\0" not in text and (most is None or len(text) <= most) and (not required or bool(text.strip()))


def valid_heading(value: dict[str, Any]) -> bool:
    anchor = value["anchor"]
    return (
        fits(value["text"], 300, required=True)
        and value["level"] in LEVELS
        and fits(anchor, 200)
        and (not anchor or is_anchor(anchor))
    )


def valid_code(value: dict[str, Any]) -> bool:
    lines = value["highlight"]
    return (
        fits(value["language"], 50)
        and fits(value["code"], required=True)
        and fits(value["title"], 200)
        and fits(lines, 200)
        and (not lines or LINE_RANGES.fullmatch(lines) is not None)
    )


def valid_quote(value: dict[str, Any]) -> bool:
    return fits(value["text"], required=True) and fits(value["source"], 300) and value["url"] == ""


def cells(value: dict[str, Any]) -> tuple[str, ...]:
    return tuple(cell for row in value["rows"] for cell in row["values"])


def searched_in_table(value: dict[str, Any]) -> list[str]:
    headings = [column["heading"] for column in value["columns"]]
    return [text for text in [value["caption"], *headings, *map(text_for_indexing, cells(value))] if text]


KNOWN = {
    "text": Known(
        valid=lambda value: fits(value, required=True),
        searched=lambda value: [text_for_indexing(value)],
        rich=lambda value: (value,),
    ),
    "heading": Known(valid=valid_heading, searched=lambda value: [value["text"]], rich=lambda value: ()),
    "code": Known(valid=valid_code, searched=lambda value: [value["code"], value["title"]], rich=lambda value: ()),
    "quote": Known(
        valid=valid_quote,
        searched=lambda value: [text_for_indexing(value["text"]), value["source"]],
        rich=lambda value: (value["text"],),
    ),
    "table": Known(valid=lambda value: all(map(fits, cells(value))), searched=searched_in_table, rich=cells),
    "divider": Known(valid=lambda value: True, searched=lambda value: [], rich=lambda value: ()),
}
