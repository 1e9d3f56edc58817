"""What a save in the admin must not do to text."""

from __future__ import annotations

import pytest

from portfolio.blocks import BodyBlocks
from portfolio.blocks.prose import InlineTextBlock


@pytest.mark.parametrize(
    ("kind", "part"), [("code", "code"), ("markdown", "source"), ("html", "source"), ("math", "tex")]
)
def test_a_form_keeps_the_indentation_of_a_first_line_and_no_foreign_line_ends(kind: str, part: str) -> None:
    block = BodyBlocks().child_blocks[kind].child_blocks[part]
    value = block.value_from_datadict({"text": "    - step:\r\n        name: ebb  "}, {}, "text")
    assert block.clean(value) == "    - step:\n        name: ebb  "


@pytest.mark.parametrize("written", ["", '<p data-block-key="a1b2c"></p>', "<p> </p>"])
def test_a_caption_left_empty_is_stored_as_nothing(written: str) -> None:
    assert not InlineTextBlock(required=False).value_from_form(written)


def test_a_caption_that_says_something_is_stored_as_it_is() -> None:
    assert InlineTextBlock().value_from_form("<p>Low water</p>").source == "<p>Low water</p>"
