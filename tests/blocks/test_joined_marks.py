"""Rich text as it is shown."""

from __future__ import annotations

import pytest

from portfolio.blocks.prose import join_marks


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('<i>see </i><a href="/a/"><i>it</i></a><i> now</i>', '<i>see <a href="/a/">it</a> now</i>'),
        ('<a href="/a/"><b>it</b></a><b> now</b>', '<b><a href="/a/">it</a> now</b>'),
        ('<b>see </b><a href="/a/"><b>it</b></a> now', '<b>see <a href="/a/">it</a></b> now'),
        (
            '<i>a </i><a href="/a/"><i>b</i></a><i> c </i><a href="/d/"><i>d</i></a><i> e</i>',
            '<i>a <a href="/a/">b</a> c <a href="/d/">d</a> e</i>',
        ),
        ("<i>a </i><b><i>b</i></b><i> c</i>", "<i>a <b>b</b> c</i>"),
        ("<b>a </b><i><b>b</b></i>", "<b>a <i>b</i></b>"),
        ("<i><b>a</b></i><b> b</b>", "<b><i>a</i> b</b>"),
        ("<i>a</i><b>b</b>", "<i>a</i><b>b</b>"),
        ('<i>a</i> <a href="/a/"><i>b</i></a>', '<i>a</i> <a href="/a/"><i>b</i></a>'),
        ('<i>a</i><a href="/a/"><b>b</b></a>', '<i>a</i><a href="/a/"><b>b</b></a>'),
    ],
)
def test_emphasis_over_a_link_or_another_mark_is_one_piece(stored: str, shown: str) -> None:
    assert join_marks(stored) == shown
