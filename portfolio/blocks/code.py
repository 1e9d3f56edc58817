"""Code block: program text, highlighted on the server when it is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe
from wagtail.blocks import BlockGroup, BooleanBlock, CharBlock, StructBlockValidationError, StructValue

from portfolio.blocks.block_type import BlockType, TextFormat, fits_text_field, plain_text_html
from portfolio.blocks.markup_cache import MarkedBlock
from portfolio.blocks.node_conversion import NodeContext, NodeValue
from portfolio.blocks.source_text import SourceTextBlock
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents import attribute_lists
from portfolio.documents.document import SourceNode
from portfolio.markdown import markup_source
from portfolio.markdown.diagrams import diagram_program
from portfolio.markdown.highlight import code_mark, is_coloured
from portfolio.markdown.markup_source import MarkupSource
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.writing.escaping import escape_attribute

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

FENCE = re.compile(r"^[ ]*(`{3,})", re.MULTILINE)
NOT_IN_LANGUAGE = re.compile(r"[^\w+#.-]")
MOST_NUMBERED = 2_000  # lines; the rest of a longer listing has no numbers
LINE_RANGES = re.compile(r"\s*\d+(?:\s*-\s*\d+)?\s*(?:,\s*\d+(?:\s*-\s*\d+)?\s*)*")

LANGUAGE_LIST = "code-languages"  # the id of a list of suggestions in the page's form


class CodeLanguageBlock(CharBlock):
    """The name of a language, with suggestions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.widget.attrs |= {"list": LANGUAGE_LIST, "autocomplete": "off", "spellcheck": "false"}


class CodeBlock(BlockType, MarkedBlock, KeptFieldsBlock):
    """A code listing; the template gets ``mark``, the attributes of a ``<code>`` to be highlighted."""

    language = CodeLanguageBlock(
        required=False, max_length=50, search_index=False, help_text="For example python, sql, bash. Empty: plain text."
    )
    code = SourceTextBlock(rows=12)
    title = CharBlock(required=False, max_length=200, help_text="A file name or a few words, shown above the code.")
    highlight = CharBlock(
        required=False, max_length=200, search_index=False, help_text="Lines to point out, for example 2,4-6."
    )
    group = CharBlock(
        required=False,
        max_length=50,
        label="Alternative to",
        search_index=False,
        help_text="Any word. Code blocks in a row with the same word are shown as tabs, named by their titles.",
    )
    numbered = BooleanBlock(required=False, label="Line numbers", help_text="Show the number of each line.")

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["highlight"] and not LINE_RANGES.fullmatch(cleaned["highlight"]):
            message = "Write line numbers and ranges with commas between them, like this: 2,4-6"
            raise StructBlockValidationError(block_errors={"highlight": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        lines = value.get("highlight") or ""
        mark = code_mark(value.get("language") or "", lines if LINE_RANGES.fullmatch(lines) else "")
        context["mark"] = mark_safe(mark)  # noqa: S308 - attributes of ours, escaped
        code = context["code"] = line_feeds_only(value.get("code") or "")
        lines_shown = code.removesuffix("\n").count("\n") + 1
        context["numbers"] = range(min(lines_shown, MOST_NUMBERED)) if value.get("numbered") else ()
        return context

    def get_prep_value(self, value: StructValue) -> dict[str, Any]:
        """Leave out what is not set, so that values that were stored before the field existed stay the same."""
        stored: dict[str, Any] = super().get_prep_value(value)
        return {name: item for name, item in stored.items() if item or name not in ("numbered", "group")}

    text_format = TextFormat.LITERAL
    node_kinds = (NodeKind.CODE,)
    literal_field = "code"
    placeholders = {"code": "Write or paste the code", "title": "Name the file", "highlight": "2,4-6"}

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        return plain_text_html(value.get("title"), value["code"])

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        numbered, group = bool(value.get("numbered")), value.get("group")
        below = details_below(value.get("title"), value.get("highlight"), numbered=numbered, group=group)
        return writer.literal(fenced(str(value["code"]), value.get("language") or "")) + below

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        title = f"{writer.paragraph(value['title'])}:\n\n" if value.get("title") else ""
        return title + fenced(str(value["code"]), NOT_IN_LANGUAGE.sub("", value.get("language") or ""))

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> NodeValue:
        title, lines = attribute_lists.listing_details(node.html)
        value = {"language": node.data["language"], "code": node.data["code"], "title": title, "highlight": lines}
        if attribute_lists.is_numbered(node.html):
            value["numbered"] = True
        if group := attribute_lists.listing_group(node.html):
            value["group"] = group
        return NodeValue(value)

    def markup_sources(self, value: Mapping[str, Any], html: str) -> Iterator[MarkupSource]:
        if is_coloured(value["language"]):
            yield markup_source.code(line_feeds_only(value["code"]), value["language"])
        if program := diagram_program(value["language"]):
            yield markup_source.diagram(line_feeds_only(value["code"]), program)

    def stored_is_valid(self, value: Mapping[str, Any]) -> bool:
        lines = value["highlight"]
        return (
            fits_text_field(value["language"], 50)
            and fits_text_field(value["code"], required=True)
            and fits_text_field(value["title"], 200)
            and fits_text_field(lines, 200)
            and fits_text_field(value.get("group", ""), 50)
            and (not lines or LINE_RANGES.fullmatch(lines) is not None)
        )

    def stored_search_text(self, value: Mapping[str, Any]) -> list[str]:
        return [value["code"], value["title"]]

    def stored_rich_text(self, value: Mapping[str, Any]) -> tuple[str, ...]:
        return ()

    def stored_words(self, value: Mapping[str, Any]) -> list[str]:
        return value["code"].split()

    class Meta:
        icon = "code"
        label = "Code"
        group = "Technical"
        template = "blocks/code.html"
        description = "Program text with its colours, a file name and lines pointed out."
        form_layout = BlockGroup(children=["language", "code", "title"], settings=["highlight", "numbered", "group"])
        label_format = "{title} {language}"
        preview_value = {
            "language": "python",
            "code": "def surge(observed: float, predicted: float) -> float:\n"
            '    """Metres of water the tables did not promise."""\n'
            "    return observed - predicted",
            "title": "surge.py",
            "highlight": "3",
        }


def line_feeds_only(code: str) -> str:
    return code.replace("\r\n", "\n").replace("\r", "\n")


def details_below(title: str | None, highlight: str | None, *, numbered: bool, group: str | None = None) -> str:
    """Return the line below a code block that says what a fence cannot, with the line break before it."""
    named = {"title": title, "data-highlight": highlight, "data-group": group}
    attributes = [f'{name}="{escape_attribute(text)}"' for name, text in named.items() if text]
    attributes = [".linenos", *attributes] if numbered else attributes
    return f"\n{{: {' '.join(attributes)}}}" if attributes else ""


def fenced(code: str, language: str) -> str:
    """Return a fenced code block whose fences are longer than any in ``code``."""
    code = code.replace("\r\n", "\n")
    fence = "`" * max(3, 1 + max(map(len, FENCE.findall(code)), default=0))
    return f"{fence}{language}\n{code}\n{fence}"
