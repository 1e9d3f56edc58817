"""Other people's words: quoted in the text, or pulled out of it."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, StructValue, TextBlock, URLBlock

from portfolio.blocks.links import safe_href
from portfolio.blocks.prose import PROSE


class QuoteBlock(StructBlock):
    """A quotation; ``url`` in the template is safe to use as an address."""

    text = RichTextBlock(features=PROSE)
    source = CharBlock(required=False, max_length=300, help_text="Who said it, or where it is written.")
    url = URLBlock(
        required=False, search_index=False, label="Address", help_text="Where it can be read, if it is on the web."
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        shown = self._to_struct_value({**value, "url": safe_href(value.get("url"))})
        return super().get_context(shown, parent_context)

    class Meta:
        icon = "openquote"
        label = "Quote"
        group = "Text"
        template = "blocks/quote.html"
        description = "Somebody else's words, with their source."
        label_format = "{source}"
        preview_value = {
            "text": "<p>The sea does not round to two decimals.</p>",
            "source": "Ilse Haverkamp, harbour master",
            "url": "",
        }


class PullQuoteBlock(StructBlock):
    """A sentence shown large.

    Inside an interview the template also gets ``passage``: the passage of an answer it was taken from, with ``kind``
    ("exact", "condensed" or "none") and ``anchor`` (the id of that answer, "" when there is none); None elsewhere.
    """

    text = TextBlock(rows=3)
    attribution = CharBlock(
        required=False, max_length=200, help_text="Who said it. In an interview leave it empty: it is the interviewee."
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        passages = context.get("passages") or {}
        context["passage"] = passages.get(context.get("id"))
        return context

    class Meta:
        icon = "openquote"
        label = "Pull quote"
        group = "Interview"
        template = "blocks/pull_quote.html"
        description = (
            "One sentence shown large, to be read at a glance. In an interview take it from an answer, word for word."
        )
        label_format = "{text}"
        preview_value = {"text": "The sea does not round to two decimals.", "attribution": "Ilse Haverkamp"}


def answer_anchor(block_id: str) -> str:
    """The id of the element of the answer in block ``block_id``."""
    return f"answer-{block_id}"


class QuestionAnswerBlock(StructBlock):
    """One question of an interview with its whole answer; the template gets ``anchor``, "" outside a body."""

    question = CharBlock(max_length=1000)
    answer = RichTextBlock(features=PROSE)

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["anchor"] = answer_anchor(context["id"]) if context.get("id") else ""
        return context

    class Meta:
        icon = "help"
        label = "Question and answer"
        group = "Interview"
        template = "blocks/question_answer.html"
        description = "One question of an interview with its whole answer."
        label_format = "{question}"
        preview_value = {
            "question": "When did you first distrust a sensor?",
            "answer": "<p>On my second day. It reported a calm sea while the window rattled.</p>",
        }
