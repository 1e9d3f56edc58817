"""A pause between two parts of a text."""

from __future__ import annotations

from wagtail.blocks import StaticBlock


class DividerBlock(StaticBlock):
    class Meta:
        icon = "minus"
        label = "Divider"
        group = "Text"
        template = "blocks/divider.html"
        description = "A line between two parts of a text."
        admin_text = "A line across the page."
        preview_value = None
