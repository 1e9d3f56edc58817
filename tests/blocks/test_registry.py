"""A block type is complete: every surface of the site finds in its class what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.blocks import CharBlock, StructBlock

from portfolio.blocks import BodyBlocks
from portfolio.blocks.block_type import BlockType, TextFormat, missing_parts
from portfolio.blocks.markdown_writer import MarkdownWriter
from portfolio.blocks.registry import block_types, types_of_node
from portfolio.markdown.nodes import NodeKind


def incomplete(blocks: BodyBlocks) -> dict[str, list[str]]:
    """What is missing, by the name of the type."""
    return {name: missing for name, block in blocks.child_blocks.items() if (missing := missing_parts(block))}


def test_every_type_of_the_vocabulary_is_complete() -> None:
    assert incomplete(BodyBlocks()) == {}
    assert list(block_types()) == list(BodyBlocks().child_blocks)


class ClockBlock(StructBlock):
    """A sixteenth type, as Wagtail alone would have it."""

    time = CharBlock()


class HalfClockBlock(BlockType, ClockBlock):
    """The same with some of what the site asks of it."""

    text_format = TextFormat.RICH_TEXT
    node_kinds = (NodeKind.OTHER,)

    def shown_texts(self, value: Any) -> Iterator[str]:
        yield value["time"]

    def to_markdown(self, value: Any, writer: MarkdownWriter) -> str:
        return writer.text(value["time"])

    class Meta:
        icon = "time"
        group = "Text"
        description = "A time of day."
        template = "blocks/clock.html"


def test_a_type_that_is_only_wagtails_is_named() -> None:
    assert incomplete(BodyBlocks([("clock", ClockBlock())])) == {"clock": ["the base class BlockType"]}


def test_each_missing_part_of_a_type_is_named() -> None:
    missing = incomplete(BodyBlocks([("clock", HalfClockBlock())]))
    assert missing == {
        "clock": [
            "the method has_markdown_form",
            "the method from_node",
            "Meta.preview_value",
            "the file templates/blocks/clock.html",
        ]
    }


def test_a_type_without_any_part_has_all_of_them_missing() -> None:
    class BareBlock(BlockType, StructBlock):
        pass

    missing = incomplete(BodyBlocks([("bare", BareBlock())]))["bare"]
    assert missing == [
        "the method shown_texts",
        "the method to_markdown",
        "the method has_markdown_form",
        "the attribute text_format",
        "the attribute node_kinds",
        "Meta.description",
        "Meta.group",
        "Meta.icon",
        "Meta.preview_value",
        'Meta.template = "blocks/bare.html"',
    ]


@pytest.mark.parametrize("name", block_types())
def test_a_type_of_the_vocabulary_can_be_found_by_name(name: str) -> None:
    assert block_types()[name].name == name


def test_constructs_with_a_mark_are_offered_to_their_own_types_first() -> None:
    assert [block.name for block in types_of_node(NodeKind.QUOTE)] == ["callout", "pull_quote", "quote"]
    assert [block.name for block in types_of_node(NodeKind.HEADING)] == ["question_answer", "heading"]
    assert types_of_node(NodeKind.OTHER) == ()
