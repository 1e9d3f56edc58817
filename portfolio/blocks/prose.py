"""Text and callout blocks, and the rich text blocks used inside others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock
from wagtail.rich_text import RichText

from portfolio.blocks.block_type import BlockType, TextFormat, fits_text_field, plain_text_html
from portfolio.blocks.node_conversion import Conversion, NoBlock, NodeContext, NodeValue
from portfolio.blocks.rich_text.display import shown_html
from portfolio.blocks.rich_text.stored_rich_text import text_for_indexing
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents import attribute_lists
from portfolio.documents.document import SourceNode
from portfolio.documents.visible_words import words
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.writing.rich_text import block_quote

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

# Headings, images, rules and quotes are blocks of their own, so they are not features of rich text.
PROSE = ["bold", "italic", "code", "link", "document-link", "ol", "ul", "strikethrough", "superscript", "subscript"]
INLINE = ["bold", "italic", "code", "link", "strikethrough", "superscript", "subscript"]

LONE_PARAGRAPH = re.compile(r"\A\s*<p(?: [^>]*)?>((?:(?!</?p[ >]).)*)</p>\s*\Z", re.DOTALL)

EMPTY_PARAGRAPH = re.compile(r"\s*<p(?: [^>]*)?>\s*</p>\s*")


class InlineRichText(RichText):
    """Inline rich text: a single paragraph is rendered without its ``<p>``."""

    def __html__(self) -> str:
        html = shown_html(self.source)
        lone = LONE_PARAGRAPH.match(html)
        return lone.group(1) if lone else html


class InlineTextBlock(RichTextBlock):
    """Rich text of inline marks and links, for captions and table cells."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or INLINE, **kwargs)

    def to_python(self, value: str | None) -> InlineRichText:
        return InlineRichText(value)

    def normalize(self, value: RichText | str | None) -> InlineRichText:
        return InlineRichText(value.source if isinstance(value, RichText) else value)

    def value_from_form(self, value: str) -> InlineRichText:
        """Store "" for an empty paragraph, which Draftail returns for no text, to avoid an empty caption."""
        return InlineRichText("" if EMPTY_PARAGRAPH.fullmatch(value) else value)


class TextBlock(BlockType, RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or PROSE, **kwargs)

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.PROSE,)

    def shown_texts(self, value: str) -> Iterator[str]:
        yield value

    def to_markdown(self, value: str, writer: MarkdownWriter) -> str:
        return writer.rich_text(value)

    def has_markdown_form(self, value: str, writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        html = context.rich_text(node.html, node.line, node.data.get("stored"))
        if html is None:
            return NoBlock.VERBATIM
        return NodeValue(html) if html else NoBlock.HIDDEN

    def with_prose(self, value: str, html: str) -> str:
        return value + html

    def excerpt_html(self, values: Sequence[str], index: int) -> str:
        return str(values[index] or "")

    def stored_is_valid(self, value: str) -> bool:
        return fits_text_field(value, required=True)

    def stored_search_text(self, value: str) -> list[str]:
        return [text_for_indexing(value)]

    def stored_rich_text(self, value: str) -> tuple[str, ...]:
        return (value,)

    def stored_words(self, value: str) -> list[str]:
        return words(value)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        group = "Text"
        template = "blocks/text.html"
        description = "Paragraphs and lists, with bold, italic, code and links."
        preview_value = (
            "<p>A tide gauge says one thing only: how high the water stands <b>now</b>. Everything else, "
            "from a flood warning to a <i>hundred-year</i> curve, is what we make of it.</p>"
            "<ul><li>read every six minutes</li><li>checked against its neighbours</li></ul>"
        )


class CalloutBlock(BlockType, KeptFieldsBlock):
    """A short remark set apart from the text."""

    kind = ChoiceBlock(
        choices=[("note", "Note"), ("tip", "Tip"), ("warning", "Warning")],
        default="note",
        help_text="What sort of remark it is; readers see the word when there is no title.",
    )
    title = CharBlock(required=False, max_length=120)
    text = RichTextBlock(features=PROSE)

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.QUOTE, NodeKind.PROSE, NodeKind.RAW_HTML)
    placeholders = {"title": "Write a title, or leave it out", "text": "Write the remark"}
    needs_mark = True

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield from plain_text_html(value.get("title"))
        yield value["text"]

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        title = f"**{writer.text(value['title'])}**\n\n" if value.get("title") else ""
        kind = value.get("kind") or "note"
        return block_quote(title + writer.rich_text(value["text"])) + f"\n{{: .callout .callout-{kind}}}"

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        title = writer.text(value.get("title") or (value.get("kind") or "note").capitalize())
        return block_quote(f"**{title}**\n\n{writer.rich_text(value['text'])}")

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        """A quotation marked as a callout, or a paragraph or box that a theme shows as a notice."""
        if node.kind is not NodeKind.QUOTE:
            notice = attribute_lists.notice(node.html)
            html = context.rich_text(notice[1], node.line) if notice else None
            return NodeValue({"kind": notice[0], "title": "", "text": html}) if notice and html else None
        marked = attribute_lists.callout(node.html, node.data["inner"])
        if marked is None:
            return None
        kind, title, inner = marked
        html = context.rich_text(inner, node.line)
        return NodeValue({"kind": kind, "title": title, "text": html}) if html else NoBlock.VERBATIM

    def shown_classes(self, classes: frozenset[str]) -> frozenset[str]:
        return attribute_lists.notice_classes(classes)

    class Meta:
        icon = "info-circle"
        label = "Callout"
        group = "Text"
        template = "blocks/callout.html"
        description = "A note, tip or warning set apart from the text."
        label_format = "{kind}: {title}"
        preview_value = {
            "kind": "tip",
            "title": "Check the clock first",
            "text": "<p>A sensor that is an hour off looks exactly like a broken tide table.</p>",
        }
