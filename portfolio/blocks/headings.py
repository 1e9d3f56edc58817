"""Heading block with an anchor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.blocks import BlockGroup, CharBlock, ChoiceBlock, StructBlockValidationError, StructValue
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.block_type import BlockType, TextFormat, fits_text_field, plain_text_html
from portfolio.blocks.body.anchors import Anchors, anchor_from, is_anchor
from portfolio.blocks.node_conversion import Conversion, NoBlock, NodeContext, NodeValue
from portfolio.blocks.unknown_fields import KeptFieldsBlock
from portfolio.documents.document import SourceNode
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import heading_level

if TYPE_CHECKING:
    from portfolio.blocks.markdown_writer import MarkdownWriter

LEVELS = frozenset("123456")


class HeadingBlock(BlockType, KeptFieldsBlock):
    """A heading. Its anchor is the given one, else one made from the text that is unique in the page."""

    text = CharBlock(max_length=300)
    level = ChoiceBlock(
        choices=[
            ("2", "Heading 2: a section"),
            ("3", "Heading 3: a part of a section"),
            ("4", "Heading 4"),
            ("5", "Heading 5"),
            ("6", "Heading 6"),
            ("1", "Heading 1: as large as the page's title"),
        ],
        default="2",
        help_text="Go down one level at a time: a heading 3 belongs under a heading 2.",
    )
    anchor = CharBlock(
        required=False,
        max_length=200,
        search_index=False,
        help_text="The part after # in links to this heading. Leave empty to have it made from the text.",
    )

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add ``anchor``: the one made for the whole body, or the heading's own outside of a body."""
        context = super().get_context(value, parent_context)
        own = value.get("anchor") or anchor_from(value.get("text", ""))
        context["anchor"] = context.get("heading_anchor") or own
        return context

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["anchor"] and not is_anchor(cleaned["anchor"]):
            message = "An anchor has no spaces and no #. Write it like this: what-we-measured"
            raise StructBlockValidationError(block_errors={"anchor": ValidationError(message)})
        return cleaned

    def get_searchable_content(self, value: StructValue) -> list[str]:
        """The text alone: who looks for "section" does not mean every page with a second level."""
        return self.child_blocks["text"].get_searchable_content(value.get("text", ""))

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.HEADING,)
    placeholders = {"text": "Write a heading"}

    def shown_texts(self, value: Mapping[str, Any]) -> Iterator[str]:
        return plain_text_html(value["text"])

    def to_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        anchor = value.get("anchor")
        text = writer.text(str(value["text"]))
        text = text[:-1] + "\\#" if text.endswith("#") and not writer.verbose else text
        line = "#" * heading_level(value.get("level")) + " " + text
        if not anchor or anchor == writer.heading_id(line):
            return line
        # kramdown accepts an id after a heading only if it begins with a letter; others need an attribute list below.
        return f"{line} {{#{anchor}}}" if anchor[0].isalpha() else f'{line}\n{{: id="{anchor}"}}'

    def to_readable_markdown(self, value: Mapping[str, Any], writer: MarkdownWriter) -> str:
        return self.to_markdown({**value, "anchor": ""}, writer)

    def has_markdown_form(self, value: Mapping[str, Any], writer: MarkdownWriter) -> bool:
        return True

    def from_node(self, node: SourceNode, context: NodeContext) -> Conversion:
        if not node.data["plain"]:
            return NoBlock.VERBATIM
        level = str(node.data["level"])
        return NodeValue({"text": node.data["text"], "level": level, "anchor": node.data["id"] or ""})

    def stored_is_valid(self, value: Mapping[str, Any]) -> bool:
        anchor = value["anchor"]
        return (
            fits_text_field(value["text"], 300, required=True)
            and value["level"] in LEVELS
            and fits_text_field(anchor, 200)
            and (not anchor or is_anchor(anchor))
        )

    def stored_search_text(self, value: Mapping[str, Any]) -> list[str]:
        return [value["text"]]

    def stored_rich_text(self, value: Mapping[str, Any]) -> tuple[str, ...]:
        return ()

    def stored_words(self, value: Mapping[str, Any]) -> list[str]:
        return value["text"].split()

    class Meta:
        icon = "title"
        label = "Heading"
        group = "Text"
        template = "blocks/heading.html"
        description = "Starts a section; readers can link to it."
        form_layout = BlockGroup(children=["text", "level"], settings=["anchor"])
        label_format = "{text}"
        preview_value = {"text": "What the gauge measured", "level": "2", "anchor": ""}


def heading_anchors(children: Iterable[StreamValue.StreamChild]) -> dict[int, str]:
    """Return the anchor of each heading block by its index. Given anchors take precedence over generated ones."""
    headings = [(index, child.value) for index, child in enumerate(children) if child.block_type == "heading"]
    anchors = Anchors()
    result = {index: anchors.reserve(value["anchor"]) for index, value in headings if value.get("anchor")}
    for index, value in headings:
        if index not in result:
            result[index] = anchors.make(value.get("text", ""))
    return result
