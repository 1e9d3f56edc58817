"""Quote, pull quote, and question-and-answer blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, RichTextBlock, StructValue, TextBlock, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from portfolio.blocks.block_type import BlockType, TextFormat, fits_text_field, plain_text_html
from portfolio.blocks.links import markdown_href, safe_href
from portfolio.blocks.node_conversion import Conversion, NoBlock, NodeContext, NodeValue
from portfolio.blocks.prose import PROSE
from portfolio.blocks.rich_text.stored_rich_text import text_for_indexing
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents import attribute_lists
from portfolio.documents.document import SourceNode
from portfolio.documents.visible_words import words
from portfolio.markdown.addresses import split_address
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import visible_text
from portfolio.markdown.writing.escaping import escape_attribute
from portfolio.markdown.writing.rich_text import block_quote

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

MARKUP = re.compile(r"[\\`*_~$\[\]{}]")
LONE_PARAGRAPH = re.compile(r"\A<p>(.*)</p>\Z", re.DOTALL)


class QuoteBlock(BlockType, KeptFieldsBlock):
    """A quotation; ``url`` in the template is a safe URL."""

    text = RichTextBlock(features=PROSE)
    source = CharBlock(required=False, max_length=300, help_text="Who said it, or where it is written.")
    url = URLBlock(
        required=False, search_index=False, label="Address", help_text="Where it can be read, if it is on the web."
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        shown = self.meta.value_class(self, {**value, "url": safe_href(value.get("url"))})
        return super().get_context(shown, parent_context)

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.QUOTE,)
    placeholders = {"text": "Write or paste the quotation", "source": "Name who said it"}
    is_exact_in_markdown = False

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield value["text"]
        yield from plain_text_html(value.get("source"))

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        parts = [writer.rich_text(value["text"])]
        source, url = value.get("source"), value.get("url")
        if source or url:
            text = cite_text(source or url)
            parts.append(
                f'<cite><a href="{escape_attribute(url)}">{text}</a></cite>' if url else f"<cite>{text}</cite>"
            )
        return block_quote("\n\n".join(part for part in parts if part))

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        source, url = writer.text(value.get("source") or ""), markdown_href(value.get("url"))
        cited = f"[{source or writer.text(url)}]({url})" if url else source
        return block_quote("\n\n".join(filter(None, [writer.rich_text(value["text"]), cited and f"— {cited}"])))

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        inner, source, url = attribute_lists.cited(node.data["inner"])
        if url and split_address(url).scheme not in ("http", "https"):
            return NoBlock.VERBATIM
        html = context.rich_text(inner, node.line)
        return NodeValue({"text": html, "source": source, "url": url}) if html else NoBlock.VERBATIM

    def stored_is_valid(self, value: Mapping[str, Any]) -> bool:
        is_valid = fits_text_field(value["text"], required=True) and fits_text_field(value["source"], 300)
        return is_valid and value["url"] == ""

    def stored_search_text(self, value: Mapping[str, Any]) -> list[str]:
        return [text_for_indexing(value["text"]), value["source"]]

    def stored_rich_text(self, value: Mapping[str, Any]) -> tuple[str, ...]:
        return (value["text"],)

    def stored_words(self, value: Mapping[str, Any]) -> list[str]:
        return words(value["text"]) + value["source"].split()

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


class PullQuoteBlock(BlockType, KeptFieldsBlock):
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

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.QUOTE,)
    placeholders = {"text": "Write a sentence of the text", "attribution": "Name who said it"}
    needs_mark = True
    ends_excerpt = True

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        return plain_text_html(value["text"], value.get("attribution"))

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        parts = [writer.paragraph(value["text"])]
        if value.get("attribution"):
            parts.append(f"<cite>{cite_text(value['attribution'])}</cite>")
        return block_quote("\n\n".join(parts)) + "\n{: .pull-quote}"

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        source = f" ({writer.text(value['attribution'])})" if value.get("attribution") else ""
        return block_quote(f"*{writer.text(value['text'])}*{source}")

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        inner, source, _ = attribute_lists.cited(node.data["inner"])
        if attribute_lists.is_pull_quote(node.html) and "<" not in LONE_PARAGRAPH.sub(r"\1", inner.strip()):
            return NodeValue({"text": visible_text(inner), "attribution": source})
        return None

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


def cite_text(text: str) -> str:
    """Escape plain text for a ``<cite>`` in Markdown: what is in it is Markdown, too."""
    return MARKUP.sub(lambda match: f"&#{ord(match[0])};", escape(text, quote=False))


def answer_anchor(block_id: str) -> str:
    """Return the id of the HTML element of the answer in block ``block_id``."""
    return f"answer-{block_id}"


class QuestionAnswerBlock(BlockType, KeptFieldsBlock):
    """One question of an interview with its whole answer; the template gets ``anchor``, "" outside a body.

    An answer without a question, or a question without an answer, is valid; a block without both is not.
    """

    question = CharBlock(required=False)
    answer = RichTextBlock(required=False, features=PROSE)

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if not cleaned["question"] and not visible_text(cleaned["answer"].source):
            error = ValidationError("Write the question, the answer or both.")
            raise StructBlockValidationError(block_errors={"question": error})
        return cleaned

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["anchor"] = answer_anchor(context["id"]) if context.get("id") else ""
        return context

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.HEADING, NodeKind.PROSE)
    placeholders = {"question": "Write the question", "answer": "Write the answer"}
    needs_mark = True
    ends_excerpt = True
    """No paragraph of a conversation can summarise it."""

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        yield from plain_text_html(value["question"])
        yield value["answer"]

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        answer = writer.rich_text(value["answer"])
        if not value["question"]:  # an answer before the first question
            first, gap, rest = answer.partition("\n\n")
            return f"{first}\n{{: .answer}}{gap}{rest}"
        return f"### {writer.text(value['question'])}\n{{: .question}}" + (f"\n\n{answer}" if answer else "")

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        question = f"### {writer.text(value['question'])}" if value["question"] else ""
        return "\n\n".join(filter(None, [question, writer.rich_text(value["answer"])]))

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        """A heading marked as a question, or a paragraph marked as an answer that no question precedes."""
        if node.kind is NodeKind.HEADING:
            is_question = attribute_lists.is_question(node.html) and is_answered_or_open(context)
            return NodeValue({"question": node.data["text"], "answer": ""}) if is_question else None
        answer = attribute_lists.marked_answer(node.html)
        html = context.rich_text(answer, node.line) if answer else None
        if html:
            return NodeValue({"question": "", "answer": html})
        return NoBlock.VERBATIM if answer else None

    def with_prose(self, value: Mapping[str, Any], html: str) -> dict[str, Any]:
        return {**value, "answer": value["answer"] + html}

    class Meta:
        icon = "help"
        label = "Question and answer"
        group = "Interview"
        template = "blocks/question_answer.html"
        description = "One question of an interview with its whole answer. Either may be missing."
        label_format = "{question}"
        preview_value = {
            "question": "When did you first distrust a sensor?",
            "answer": "<p>On my second day. It reported a calm sea while the window rattled.</p>",
        }


def is_answered_or_open(context: NodeContext) -> bool:
    """Whether the node after a question is an answer, or the question stays open."""
    node = context.following
    if node is None or attribute_lists.is_question(node.html) or attribute_lists.marked_answer(node.html):
        return True
    return node.kind is NodeKind.PROSE and bool(context.rich_text(node.html, node.line))
