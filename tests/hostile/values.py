"""Hostile values: of each kind the ones that have broken some site, and which of them a model's field can hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape
from typing import Any

from django.db import models
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RawHTMLBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

CONTROLS = "".join(map(chr, [1, 7, 8, 11, 12, 14, 27, 31, 127, 0x85, 0x2028, 0xFFFE, 0xFFFF]))

# A profile is what one hostile row is filled with: text for its text fields, a moment for its dates, and so on.
PROFILES: dict[str, dict[str, Any]] = {
    "controls": {"text": f"Bell{CONTROLS} ]]> & <b>", "moment": datetime(1000, 1, 1, tzinfo=UTC)},
    "longest": {"text": "x" * 5000, "moment": datetime(2999, 12, 31, 23, 59, tzinfo=UTC), "number": 32767},
    "first-moment": {"text": "‏שלום \u202e🎉👩‍👩‍👧", "moment": datetime.min.replace(tzinfo=UTC), "number": 1},
    "last-moment": {"text": "100% {{7*7}} %s %(x)s", "moment": datetime.max.replace(tzinfo=UTC), "number": 2},
    "year-21": {"text": "\"><script>alert('1')</script>", "moment": datetime(21, 6, 1, tzinfo=UTC), "number": 3},
    "year-3000": {"text": "\\ ' \" ` $ # | - * _ [x](y)", "moment": datetime(3000, 1, 1, tzinfo=UTC), "number": 4},
    "blank": {"text": " \u00a0\u2028\u200b ", "moment": datetime(1969, 12, 31, 23, 59, tzinfo=UTC)},
    "empty": {"text": "", "moment": datetime(999, 12, 31, 23, 59, tzinfo=UTC), "number": 0},
}
ADDRESSES = [
    "javascript:alert(1)//\x07",
    "http://[evil",
    "//[",
    "http://a:99999999/x y",
    "data:text/html,<b>",
    "x" * 200,
]
NO_PAGE = 987654321
LINKS = (
    f'<p><a linktype="page" id="{NO_PAGE}">nowhere</a> <a href="http://[evil">y</a>'
    f'<embed embedtype="image" id="{NO_PAGE}" format="fullwidth" alt="a"/> <a linktype="document" id="{NO_PAGE}">d</a>'
    '<embed embedtype="media" url="http://[x"/></p>'
)
# What the tree, the ORM or the sign-in needs to be as it is: not even a bad migration changes these.
STRUCTURE = frozenset(
    "path depth numchild url_path slug locale content_type translation_key live latest_revision live_revision page_ptr "
    "entry_ptr id file width height file_size file_hash focal_point_x focal_point_y focal_point_width state made "
    "focal_point_height has_unpublished_changes expired locked alias_of username password is_active language_code "
    "time_zone hostname port is_default_site root_page site folder".split()
)


def spoilt(field: models.Field, profile: dict[str, Any], number: int) -> Any:
    """What the row of this profile holds in ``field``; ``NotImplemented`` when it stays as it is."""
    if field.name in STRUCTURE or field.is_relation or field.choices or field.primary_key:
        return NotImplemented
    text, moment = profile["text"], profile["moment"]
    if isinstance(field, StreamField):
        return hostile_stream(field.stream_block, text, number)
    if isinstance(field, models.URLField):
        return ADDRESSES[number % len(ADDRESSES)][: field.max_length]
    if isinstance(field, RichTextField):
        return f"<p>{escape(text)}</p>{LINKS}" if text else ""
    if isinstance(field, models.CharField | models.TextField):
        # Names that must be unique stay so by their number in front.
        unique = field.unique or field.name in ("name", "title")
        return (f"{number}{text}" if unique and text else text or (str(number) if unique else ""))[: field.max_length]
    if isinstance(field, models.DateTimeField):
        return moment
    if isinstance(field, models.DateField):
        return date(moment.year, moment.month, moment.day)
    if isinstance(field, models.IntegerField):
        return profile.get("number") if field.null or "number" in profile else NotImplemented
    return NotImplemented


def hostile_stream(stream: StreamBlock, text: str, number: int) -> list[dict[str, Any]]:
    """One block of each kind as raw data, with hostile values in all of its fields."""
    return [
        {"type": name, "id": f"{number:08}-0000-4000-8000-{place:012}", "value": hostile_block(block, text, number)}
        for place, (name, block) in enumerate(stream.child_blocks.items())
    ]


def hostile_block(block: Any, text: str, number: int) -> Any:
    if isinstance(block, TypedTableBlock):
        columns = [{"type": name, "heading": text} for name in block.child_blocks]
        return {"columns": columns, "rows": [{"values": [text for _ in columns]}, {"values": []}], "caption": text}
    if isinstance(block, ListBlock):
        return [{"type": "item", "id": f"i{number}", "value": hostile_block(block.child_block, text, number)}]
    if isinstance(block, StreamBlock):
        return hostile_stream(block, text, number)
    if isinstance(block, StructBlock):  # an image block is one: its picture is gone
        return {name: hostile_block(child, text, number) for name, child in block.child_blocks.items()}
    if isinstance(block, URLBlock):
        return ADDRESSES[number % len(ADDRESSES)]
    if isinstance(block, RichTextBlock):
        return f"<p>{escape(text)}</p>{LINKS}"
    if isinstance(block, ChoiceBlock):
        return text[:20]
    if isinstance(block, BooleanBlock):
        return False
    if isinstance(block, CharBlock | TextBlock | RawHTMLBlock) or type(block).__name__ == "SourceTextBlock":
        return text
    return NO_PAGE if hasattr(block, "target_model") else None
