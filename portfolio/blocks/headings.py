"""Headings inside a body, each with an address of its own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import BlockGroup, CharBlock, ChoiceBlock, StructBlock, StructBlockValidationError, StructValue

from portfolio.blocks.anchors import anchor_from, is_anchor


class HeadingBlock(StructBlock):
    """A heading; its anchor is the one given, else made from the text and unique in the page."""

    text = CharBlock(max_length=300)
    level = ChoiceBlock(
        choices=[
            ("2", "Heading 2: a section"),
            ("3", "Heading 3: a part of a section"),
            ("4", "Heading 4"),
            ("5", "Heading 5"),
            ("6", "Heading 6"),
            ("1", "Heading 1: as large as the page's title"),
        ],
        default="2",
        help_text="Go down one level at a time: a heading 3 belongs under a heading 2.",
    )
    anchor = CharBlock(
        required=False,
        max_length=200,
        search_index=False,
        help_text="The part after # in links to this heading. Leave empty to have it made from the text.",
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """``anchor`` in the template is the one made for the whole body, or the heading's own outside of one."""
        context = super().get_context(value, parent_context)
        own = value.get("anchor") or anchor_from(value.get("text", ""))
        context["anchor"] = context.get("heading_anchor") or own
        return context

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["anchor"] and not is_anchor(cleaned["anchor"]):
            message = "An anchor has no spaces and no #. Write it like this: what-we-measured"
            raise StructBlockValidationError(block_errors={"anchor": ValidationError(message)})
        return cleaned

    def get_searchable_content(self, value: StructValue) -> list[str]:
        """The text alone: who looks for "section" does not mean every page with a second level."""
        return self.child_blocks["text"].get_searchable_content(value.get("text", ""))

    class Meta:
        icon = "title"
        label = "Heading"
        group = "Text"
        template = "blocks/heading.html"
        description = "Starts a section; readers can link to it."
        form_layout = BlockGroup(children=["text", "level"], settings=["anchor"])
        label_format = "{text}"
        preview_value = {"text": "What the gauge measured", "level": "2", "anchor": ""}
