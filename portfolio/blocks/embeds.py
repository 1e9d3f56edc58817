"""Things shown from another site, and only when the reader asks for them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    BlockGroup,
    CharBlock,
    IntegerBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)

from portfolio.blocks.prose import InlineTextBlock
from portfolio.markdown.embeds import embed_target


class EmbedBlock(StructBlock):
    """Click-to-load content; the template gets ``target`` (an EmbedTarget, None for a site that is not on the list)."""

    url = URLBlock(
        label="Address", search_index=False, help_text="The address of the video, slides or post you want to show."
    )
    title = CharBlock(required=False, max_length=300, help_text="What it is, for readers who have not loaded it yet.")
    caption = InlineTextBlock(required=False)
    height = IntegerBlock(
        required=False, min_value=50, max_value=4000, help_text="In pixels, if it needs a fixed height."
    )
    width = IntegerBlock(required=False, min_value=50, max_value=4000, help_text="In pixels.")

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["url"] and embed_target(cleaned["url"]) is None:
            message = (
                "Nothing can be shown from this address. Use the https address of a YouTube, Vimeo or CodePen page, "
                "or write an ordinary link in the text."
            )
            raise StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["target"] = embed_target(value.get("url") or "")
        return context

    class Meta:
        icon = "media"
        label = "Embed"
        group = "Media"
        template = "blocks/embed.html"
        description = "A video, slides or a post of another site. Nothing is loaded until the reader clicks."
        form_layout = BlockGroup(children=["url", "title", "caption"], settings=["height", "width"])
        label_format = "{title}"
        preview_value = {
            "url": "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
            "title": "Spring tide at the sluice, two minutes",
            "caption": "",
            "height": None,
            "width": None,
        }
