"""Image and gallery blocks: one picture with its caption, or several side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    BlockGroup,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    StructBlockValidationError,
    StructValue,
)

from portfolio.blocks.block_type import BlockType, TextFormat, plain_text_html
from portfolio.blocks.links import safe_href
from portfolio.blocks.node_conversion import Conversion, NoBlock, NodeContext, NodeValue
from portfolio.blocks.pictures import PictureBlock, newest_image
from portfolio.blocks.prose import InlineTextBlock
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents import attribute_lists
from portfolio.documents.document import Severity, SourceNode
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.writing.escaping import escape_attribute

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

PLAIN_PATH = re.compile(r"[\w\-.~:/?#@!$&+,;=%]+")
CAPTION_HELP = "Shown below the picture. Say what the reader should notice."


class FigureBlock(BlockType, KeptFieldsBlock):
    """One picture with its caption; ``link`` in the template is a safe URL."""

    image = PictureBlock()
    caption = InlineTextBlock(required=False, help_text=CAPTION_HELP)
    credit = CharBlock(
        required=False, max_length=200, help_text="Who made it. Leave empty to use the picture's own credit."
    )
    size = ChoiceBlock(
        choices=[("column", "As wide as the text"), ("wide", "Wider than the text"), ("full", "As wide as the page")],
        default="column",
    )
    align = ChoiceBlock(
        choices=[("left", "Left, text beside it"), ("right", "Right, text beside it")], required=False, default=""
    )
    link = CharBlock(
        required=False, max_length=2000, search_index=False, help_text="Where a click on the picture goes, if anywhere."
    )
    title = CharBlock(
        required=False, max_length=500, help_text="Shown when the pointer rests on the picture; a caption is better."
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["link"] and not safe_href(cleaned["link"]):
            message = (
                "This is not a web address. Write a full one, like https://example.org/, or one of this site: /about/"
            )
            raise StructBlockValidationError(block_errors={"link": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        shown = self.meta.value_class(self, {**value, "link": safe_href(value.get("link"))})
        return super().get_context(shown, parent_context)

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.IMAGE,)
    default_values = {"size": "column", "decorative": False}
    placeholders = {"caption": "Write a caption", "image.alt_text": "Describe the picture", "credit": "Who made it"}

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield value.get("caption") or ""
        yield from plain_text_html(value.get("title"))

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return figure_markdown(value, writer)

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return readable_figure(value, writer)

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        """False for a deleted picture, which has no URL."""
        key = (value.get("image") or {}).get("image")
        return key is not None and bool(writer.image_address(key))

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        address, references = node.data["src"], context.references
        alt = node.data["alt"]
        if references.is_remote(address) or not references.is_address(address):
            image = references.outside_image(address, alt, node.line)
            if image is None:
                return NoBlock.VERBATIM  # kept as written; an image of another site is shown as a link
        elif references.is_shown_as_it_is(address):
            return NoBlock.VERBATIM if references.file(address, node.line, shown=True) else NoBlock.REFUSED
        else:
            image = references.image(address, alt, node.line)
        if image is None:
            return NoBlock.REFUSED
        caption = node.data.get("caption")
        caption = context.rich_text(f"<p>{caption}</p>", node.line) if caption else ""
        if caption is None:
            return NoBlock.VERBATIM
        attributes = node.data.get("attributes", {})
        if attribute_lists.loses_style(attributes):
            references.report(Severity.WARNING, "unsafe-html", "style on <img> is not shown", node.line)
        value = {
            "image": {"image": image.pk, "decorative": not alt, "alt_text": alt},
            "caption": caption,
            **attribute_lists.picture_details(attributes),
            "link": context.absolute(node.data.get("link", ""), node.line),
            "title": node.data.get("title", ""),
        }
        return NodeValue(value)

    class Meta:
        icon = "image"
        label = "Image"
        group = "Media"
        template = "blocks/image.html"
        description = "One picture with caption and credit."
        form_layout = BlockGroup(
            children=["image", "caption", "credit"],
            settings=["size", "align", "link", "title"],
        )
        label_format = "{caption}"

        @staticmethod
        def preview_value() -> dict[str, Any]:
            return {
                "image": newest_image(),
                "caption": "The gauge house at low water.",
                "credit": "",
                "size": "column",
                "align": "",
                "link": "",
                "title": "",
            }


class GalleryImageBlock(KeptFieldsBlock):
    image = PictureBlock()
    caption = InlineTextBlock(required=False, help_text=CAPTION_HELP)

    class Meta:
        icon = "image"
        label_format = "{caption}"


class GalleryBlock(BlockType, KeptFieldsBlock):
    """Several pictures that belong together."""

    images = ListBlock(GalleryImageBlock(), min_num=1)
    caption = InlineTextBlock(required=False, help_text="Shown below all pictures.")

    text_format = TextFormat.RICH_TEXT
    node_kinds = ()
    placeholders = {
        "images.*.caption": "Write a caption",
        "images.*.image.alt_text": "Describe the picture",
        "caption": "Write a caption for all of them",
    }
    default_values = {"decorative": False}
    is_exact_in_markdown = False

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield value.get("caption") or ""
        yield from (figure.get("caption") or "" for figure in figures_of(value))

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return self.joined_figures(value, writer, figure_markdown)

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return self.joined_figures(value, writer, readable_figure)

    def joined_figures(self, value: Mapping[str, Any], writer: MarkdownWriter, write: Callable[..., str]) -> str:
        figures = [write(figure, writer) for figure in figures_of(value)]
        return "\n\n".join([*figures, *filter(None, [writer.rich_text(value.get("caption"))])])

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        """False: in Markdown a gallery is separate images."""
        return False

    class Meta:
        icon = "grid"
        label = "Gallery"
        group = "Media"
        template = "blocks/gallery.html"
        description = "Several pictures that belong together, side by side."
        label_format = "Gallery: {caption}"

        @staticmethod
        def preview_value() -> dict[str, Any]:
            picture = {"image": newest_image(), "caption": "Low water."}
            return {"images": [picture, {**picture, "caption": "High water."}], "caption": "One day at the gauge."}


def figures_of(gallery: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the pictures of a stored gallery as stored figures."""
    items = [item.get("value", item) for item in gallery["images"]]
    return [{"image": item["image"], "caption": item.get("caption")} for item in items]


def figure_markdown(value: Mapping[str, Any], writer: MarkdownWriter) -> str:
    """Return a stored figure in the strict form: a Markdown image, or a ``<figure>`` if it has more attributes."""
    picture = value.get("image") or {}
    alt = "" if picture.get("decorative") else picture.get("alt_text") or ""
    address = writer.image_address(picture.get("image") or 0)
    title, link = value.get("title") or "", value.get("link") or ""
    caption = caption_html(writer.resolve_links(value.get("caption") or ""))
    size = value.get("size") or "column"
    classes = " ".join(filter(None, ["" if size == "column" else size, value.get("align") or ""]))
    is_plain = all(PLAIN_PATH.fullmatch(part) for part in (address, link or "/")) and not set('"\\{') & {*title}
    if is_plain and not (caption or classes or value.get("credit") or writer.verbose):
        image = f"![{writer.text(alt)}]({address}{f' {chr(34)}{title}{chr(34)}' if title else ''})"
        return f"[{image}]({link})" if link else image
    named = {"src": address, "alt": alt, "title": title, "class": classes, "data-credit": value.get("credit") or ""}
    attributes = [f'{name}="{escape_attribute(text)}"' for name, text in named.items() if text or name == "alt"]
    tag = f"<img {' '.join(attributes)}>"
    tag = f'<a href="{escape_attribute(link)}">{tag}</a>' if link else tag
    below = f"\n  <figcaption>{caption}</figcaption>" if caption else ""
    off = ' markdown="0"' if writer.parses_html else ""
    return f"<figure{off}>\n  {tag}{below}\n</figure>"


def readable_figure(value: Mapping[str, Any], writer: MarkdownWriter) -> str:
    picture = value.get("image") or {}
    address = writer.image_address(picture.get("image") or 0)
    if not address:
        return ""
    image = f"![{writer.text(picture.get('alt_text') or '')}]({address})"
    below = [writer.rich_text(value.get("caption")), writer.paragraph(value.get("credit") or "")]
    return "\n\n".join(filter(None, [image, *below]))


def caption_html(html: str) -> str:
    """Return a caption for ``<figcaption>``, inside which the engine reads HTML only."""
    lone = re.fullmatch(r"\s*<p[^>]*>(.*?)</p>\s*", html, re.DOTALL)
    return (lone[1] if lone else html).strip().replace("{", "&#123;")
