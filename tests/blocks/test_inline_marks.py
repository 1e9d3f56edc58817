"""Rich text as it is shown."""

from __future__ import annotations

import pytest

from portfolio.blocks.rich_text.inline_marks import join_marks


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
        (
            '<b>to </b><a href="/a/"><b>a </b><b><code>b</code></b><b> c</b></a><b>.</b>',
            '<b>to <a href="/a/">a <code>b</code> c</a>.</b>',
        ),
        ('<b>It’s </b><a href="/a/"><b><i>craft</i></b></a>', '<b>It’s <a href="/a/"><i>craft</i></a></b>'),
        ("<i>a</i><i><br/>b</i>", "<i>a<br/>b</i>"),
        ('<a href="/a/">a</a><a href="/a/">b</a>', '<a href="/a/">a</a><a href="/a/">b</a>'),
        ('<a id="x"></a><i>a</i><b><i>b</i></b>', '<a id="x"></a><i>a<b>b</b></i>'),
        ("<p><i>a</i><b>b</b></p><p><b>c</b></p>", "<p><i>a</i><b>b</b></p><p><b>c</b></p>"),
        ("<i>a</i><b>b", "<i>a</i><b>b"),
        ("<i>a</i><b>b</b>", "<i>a</i><b>b</b>"),
        ('<i>a</i> <a href="/a/"><i>b</i></a>', '<i>a</i> <a href="/a/"><i>b</i></a>'),
        ('<i>a</i><a href="/a/"><b>b</b></a>', '<i>a</i><a href="/a/"><b>b</b></a>'),
    ],
)
def test_emphasis_over_a_link_or_another_mark_is_one_piece(stored: str, shown: str) -> None:
    assert join_marks(stored) == shown
