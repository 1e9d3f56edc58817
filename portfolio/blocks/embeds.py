"""Embed block: content of another site that is loaded when the reader clicks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    BlockGroup,
    CharBlock,
    IntegerBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)

from portfolio.blocks.block_type import BlockType, TextFormat
from portfolio.blocks.links import markdown_href, safe_href
from portfolio.blocks.node_conversion import Conversion, NoBlock, NodeContext, NodeValue
from portfolio.blocks.prose import InlineTextBlock
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents.document import SourceNode
from portfolio.markdown.embeds import embed_target
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import visible_text
from portfolio.markdown.writing.escaping import escape_attribute

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

MAX_PIXELS = 4000


class EmbedBlock(BlockType, KeptFieldsBlock):
    """Click-to-load content; the template gets ``target`` (an EmbedTarget, None for a site that is not on the list)."""

    url = URLBlock(
        label="Address", search_index=False, help_text="The address of the video, slides or post you want to show."
    )
    title = CharBlock(required=False, max_length=300, help_text="What it is, for readers who have not loaded it yet.")
    caption = InlineTextBlock(required=False)
    height = IntegerBlock(
        required=False, min_value=50, max_value=MAX_PIXELS, help_text="In pixels, if it needs a fixed height."
    )
    width = IntegerBlock(required=False, min_value=50, max_value=MAX_PIXELS, help_text="In pixels.")

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

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.EMBED,)
    placeholders = {"url": "Paste an address", "title": "Say what it is", "caption": "Write a caption"}
    is_exact_in_markdown = False

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield value.get("caption") or ""

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        named = {name: value.get(name) for name in ("width", "height", "title")}
        attributes = "".join(f' {name}="{escape_attribute(str(text))}"' for name, text in named.items() if text)
        frame = f'<iframe src="{escape_attribute(value["url"])}"{attributes} allowfullscreen></iframe>'
        caption = writer.rich_text(value.get("caption"))
        return f"{frame}\n\n{caption}" if caption else frame

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        url = markdown_href(value["url"])
        title = writer.text(value.get("title") or url)
        link = f"[{title}]({url})" if url else title
        return "\n\n".join(filter(None, [link, writer.rich_text(value.get("caption"))]))

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        """False with a caption, which is a paragraph in Markdown, or if the site is not on the list of embeds."""
        return not visible_text(value.get("caption") or "") and embed_target(value.get("url") or "") is not None

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        address = node.data["src"]
        if embed_target(address) is None:
            return NoBlock.VERBATIM  # kept as HTML, and shown as a frame with a link
        value = {
            "url": f"https:{address}" if address.startswith("//") else address,  # as the form would store it
            "title": node.data.get("title") or "",
            "caption": "",
            "width": pixels(node.data.get("width", "")),
            "height": pixels(node.data.get("height", "")),
        }
        return NodeValue(value)

    def rich_text_outside_page(self, value: StructValue) -> str:
        """Return a plain link: outside of a page of this site a click cannot load the content."""
        address = safe_href(value.get("url"))
        caption = value.get("caption")
        link = f'<p><a href="{escape(address)}">{escape(value.get("title") or address)}</a></p>'
        return f"{link}<p>{caption.source}</p>" if caption and caption.source else link

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


def pixels(text: str) -> int | None:
    digits = text.strip().removesuffix("px")
    is_number = digits.isdecimal() and len(digits) <= len(str(MAX_PIXELS))
    return int(digits) if is_number and 0 < int(digits) <= MAX_PIXELS else None
