"""What counts as unchanged although it is stored in other words."""

from __future__ import annotations

import pytest

from portfolio.blocks.registry import block_type
from portfolio.importer.body.normal_form import is_equivalent


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("", '<p data-block-key="a1"></p>', True),
        ("<p>Neap</p>", '<p data-block-key="a1">Neap</p><p data-block-key="b2"></p>', True),
        ("<p>Neap</p>", "<p>Spring</p>", False),
        ("<p>Neap</p>", "", False),
        ("", "<p>Neap</p>", False),
        ("<p><b>Neap</b></p>", "<p>Neap</p>", False),
    ],
)
def test_an_empty_cell_that_went_through_the_editor_says_nothing_still(old: str, new: str, same: bool) -> None:
    tables = [{"columns": [{"type": "text", "heading": "Tide"}], "rows": [{"values": [cell]}]} for cell in (old, new)]
    assert is_equivalent(*tables, str, block_type("table")) is same


def test_what_is_kept_as_written_must_be_the_same() -> None:
    assert not is_equivalent({"source": "<p></p>"}, {"source": ""}, str, block_type("html"))
