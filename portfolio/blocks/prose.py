"""Running text: the rich text an editor may use in a body, and the shorter kinds made of it."""

from __future__ import annotations

import re
from typing import Any

from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock
from wagtail.rich_text import RichText, expand_db_html

from portfolio.blocks.joined_marks import join_marks

# Headings, images, rules and quotes have blocks of their own, so they are no features of a paragraph.
PROSE = ["bold", "italic", "code", "link", "document-link", "ol", "ul", "strikethrough", "superscript", "subscript"]
INLINE = ["bold", "italic", "code", "link", "strikethrough", "superscript", "subscript"]

LONE_PARAGRAPH = re.compile(r"\A\s*<p(?: [^>]*)?>((?:(?!</?p[ >]).)*)</p>\s*\Z", re.DOTALL)

EMPTY_PARAGRAPH = re.compile(r"\s*<p(?: [^>]*)?>\s*</p>\s*")


class InlineRichText(RichText):
    """Rich text that stands inside a line: a lone paragraph shows without its ``<p>``."""

    def __html__(self) -> str:
        html = join_marks(expand_db_html(self.source))
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
        """Nothing written is nothing: Draftail gives back an empty paragraph, which would show as an empty caption."""
        return InlineRichText("" if EMPTY_PARAGRAPH.fullmatch(value) else value)


class TextBlock(RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or PROSE, **kwargs)

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


class CalloutBlock(StructBlock):
    """A short remark set apart from the text."""

    kind = ChoiceBlock(
        choices=[("note", "Note"), ("tip", "Tip"), ("warning", "Warning")],
        default="note",
        help_text="What sort of remark it is; readers see the word when there is no title.",
    )
    title = CharBlock(required=False, max_length=120)
    text = RichTextBlock(features=PROSE)

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
