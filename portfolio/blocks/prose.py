"""Running text: the rich text an editor may use in a body, and the shorter kinds made of it."""

from __future__ import annotations

import re
from typing import Any

from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock
from wagtail.rich_text import RichText, expand_db_html

# Headings, images, rules and quotes have blocks of their own, so they are no features of a paragraph.
PROSE = ["bold", "italic", "code", "link", "document-link", "ol", "ul", "strikethrough", "superscript", "subscript"]
INLINE = ["bold", "italic", "code", "link", "strikethrough", "superscript", "subscript"]

LONE_PARAGRAPH = re.compile(r"\A\s*<p(?: [^>]*)?>((?:(?!</?p[ >]).)*)</p>\s*\Z", re.DOTALL)

EMPTY_PARAGRAPH = re.compile(r"\s*<p(?: [^>]*)?>\s*</p>\s*")

# A mark that ends before a link or another mark and begins again inside it; the same at the other end.
_OUTSIDE_THEN_INSIDE = re.compile(r"</([bis])>(<(a|b|i|s|sub|sup)(?: [^<>]*)?>)<\1>([^<>]*)</\1></\3>")
_INSIDE_THEN_OUTSIDE = re.compile(r"(<(a|b|i|s|sub|sup)(?: [^<>]*)?>)<([bis])>([^<>]*)</\3></\2><\3>")
_MARK_ENDS_AND_BEGINS = re.compile(r"</([bis])><\1>")


def join_marks(html: str) -> str:
    """Rich text as shown, with emphasis that runs over a link or another mark in one piece.

    The editor stores it in three: before the other, inside it and after it. It reads the same, but it is not what the
    author wrote, and whoever counts or styles the emphasis meets it three times.
    """
    html = _OUTSIDE_THEN_INSIDE.sub(r"\2\4</\3></\1>", html)
    html = _INSIDE_THEN_OUTSIDE.sub(r"<\3>\1\4</\2>", html)
    return _MARK_ENDS_AND_BEGINS.sub("", html)


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
