"""Readiness of a draft: what its publication requires, and what readers would miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from portfolio.admin.content_checks.page_checks import AddressLookup, problems
from portfolio.admin.content_checks.todo_items import TODO_ITEMS
from portfolio.markdown.text import visible_text

# The sheet proposes a summary, and what was kept as Markdown looks right.
NOT_SHOWN = frozenset({"summary", "verbatim"})


@dataclass(frozen=True, slots=True)
class MissingDetail:
    """What the page can be published with, but readers would miss."""

    heading: str
    advice: str
    number: int
    example: str


NO_TEXT = MissingDetail("No text", "The body is empty: readers see only what stands above it.", 1, "")


def missing_details(page: Page) -> list[MissingDetail]:
    body = getattr(page, "body", None)
    lacks_text = isinstance(body, StreamValue) and not any(map(has_content, body.raw_data))
    return [NO_TEXT] * lacks_text + [
        MissingDetail(TODO_ITEMS[code].heading, TODO_ITEMS[code].advice, number, example)
        for code, (number, example) in problems(page, AddressLookup.of_this_site()).items()
        if code not in NOT_SHOWN
    ]


def has_content(block: Mapping[str, Any]) -> bool:
    """Whether readers see something of a stored block. Of the types that may be empty, only the text is so often."""
    return block["type"] != "text" or bool(visible_text(block["value"]).strip())


def obstacles(page: Page) -> list[str]:
    """What has to be filled in before the page can be published. A draft may lack it."""
    found: list[str] = []
    try:
        page.full_clean()
    except ValidationError as error:
        for name, texts in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else f"{label_of(page, name)}: "
            found += [f"{label}{text}" for text in texts]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found += body_obstacles(page, field)
    return list(dict.fromkeys(found))


def body_obstacles(page: Page, field: StreamField) -> Iterator[str]:
    value, label = getattr(page, field.name), label_of(page, field.name)
    try:
        field.stream_block.clean(value)
    except ValidationError as error:
        for index, child in getattr(error, "block_errors", {}).items():
            block = value[index].block.label if isinstance(index, int) else ""
            yield from (f"{label}, block {index + 1} ({block}): {text}" for text in texts_of(child))
        yield from (f"{label}: {text}" for text in error_texts(error))


def texts_of(error: ValidationError) -> Iterator[str]:
    """The messages of an error of a block and of the blocks within it."""
    children = getattr(error, "block_errors", None)
    yield from error_texts(error)
    for child in children.values() if isinstance(children, dict) else children or ():
        if child is not None:
            yield from texts_of(child)


def error_texts(error: ValidationError) -> list[str]:
    own = getattr(error, "non_block_errors", None)
    if own is not None:
        return [text for child in own for text in child.messages]
    return [] if hasattr(error, "block_errors") else list(error.messages)


def label_of(page: Page, name: str) -> str:
    return str(page._meta.get_field(name).verbose_name).capitalize()
