"""Things shown from another site, and only when the reader asks for them."""

from __future__ import annotations

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
from portfolio.markdown.embeds import EmbedTarget, embed_target


class Embed(StructValue):
    @property
    def target(self) -> EmbedTarget | None:
        """What may be loaded on a click; None for a site that is not on the list."""
        return embed_target(self.get("url") or "")


class EmbedBlock(StructBlock):
    """Click-to-load content; the template shows ``value.target``."""

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
                "Nothing can be shown from this address. Use the https address of a YouTube, Vimeo or other listed page, "
                "or write an ordinary link in the text."
            )
            raise StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "media"
        label = "Embed"
        group = "Media"
        template = "blocks/embed.html"
        value_class = Embed
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
