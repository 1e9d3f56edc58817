"""Unknown block: a block of a type that this release does not have, for example after a downgrade.

Wagtail drops such a block when it reads the body, so the next save would lose it. Here every save keeps the stored
value. Pages show a placeholder, and the form of the page has a read-only field with the value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, FieldBlock

from portfolio.blocks.block_type import BlockType, TextFormat

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

FORM_TYPE = "unknown"
"""The type that every unknown block has in a form: its scripts need a definition for each type."""
PLACEHOLDER = _("This part of the page cannot be shown.")
# Characters in a JSON string that could end a comment or start Liquid markup.
ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "-<>{}"})
JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class UnknownBlock(BlockType, FieldBlock):
    """A block that keeps any stored value. Its form value is JSON with type and value."""

    text_format = TextFormat.LITERAL
    node_kinds = ()

    def __init__(self, type_name: str = FORM_TYPE) -> None:
        super().__init__()
        self.set_name(type_name)
        if type_name != FORM_TYPE:
            self.label = f"Unknown block “{type_name}”"

    @cached_property
    def field(self) -> forms.CharField:
        help_text = "This version of the site has no such block. It is kept as it is stored, and readers do not see it."
        return forms.CharField(widget=forms.Textarea({"readonly": True, "rows": 4}), help_text=help_text)

    def value_for_form(self, value: Any) -> str:
        return json.dumps({"type": self.name, "value": value}, ensure_ascii=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "placeholder": PLACEHOLDER}

    def clean(self, value: Any) -> Any:
        return value

    def shown_texts(self, value: Any) -> Iterator[str]:
        return iter(())

    def to_markdown(self, value: Any, writer: MarkdownWriter) -> str:
        """Return a comment with the stored value, so that the file contains it although the import cannot read it."""
        name, stored = (json.dumps(part, ensure_ascii=False) for part in (self.name, value))
        return f"<!-- unknown block {escape_json(name)}: {escape_json(stored)} -->"

    def to_readable_markdown(self, value: Any, writer: MarkdownWriter) -> str:
        return f"*{PLACEHOLDER}*"

    def has_markdown_form(self, value: Any, writer: MarkdownWriter) -> bool:
        return False

    def stored_is_valid(self, value: Any) -> bool:
        return True

    class Meta:
        icon = "warning"
        label = "Unknown block"
        template = "blocks/unknown.html"
        description = "A block that this version of the site does not have."


class BlocksByName(dict[str, Block]):
    """Blocks of a vocabulary; every other name gives an unknown block."""

    def __missing__(self, name: str) -> Block:
        return unknown_block(name)


@cache  # Wagtail keeps every instance of a block in a registry
def unknown_block(type_name: str) -> UnknownBlock:
    return UnknownBlock(type_name)


def stored_in_form(text: str) -> tuple[str, Any] | None:
    """Return type and value from the form value of an unknown block; None if it was changed."""
    try:
        stored = json.loads(text)
    except ValueError:
        return None
    if isinstance(stored, dict) and isinstance(stored.get("type"), str) and "value" in stored:
        return stored["type"], stored["value"]
    return None


def escape_json(text: str) -> str:
    """Return JSON that is safe in a comment of a Markdown file, with special characters in strings escaped."""
    return JSON_STRING.sub(lambda match: match[0].translate(ESCAPES), text)
