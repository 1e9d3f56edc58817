"""What is known of Draftail's answers is what Draftail answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.documents.plain_prose import stored_form
from portfolio.importer.body.rich_text import draftail_html, events

WORDS = st.sampled_from(
    ["tide", " ", "\n", "a  b ", " c", "é“x”", "&amp;", "&lt;b&gt;", "&quot;", "'", "&copy;", "&#8217;", "😀", "&nbsp;"]
)
TEXT = st.lists(WORDS, max_size=3).map("".join)
MARKS = st.sampled_from(
    [
        ("<strong>", "</strong>"),
        ("<em>", "</em>"),
        ('<code class="language-plaintext highlighter-rouge">', "</code>"),
        ('<a href="https://saltmarsh.example/?a=1&amp;b=2">', "</a>"),
        ('<a href="/about/#x">', "</a>"),
        ('<a href="javascript:alert(1)">', "</a>"),
        ('<a href="/x" title="y">', "</a>"),
    ]
)
MARKED = st.builds(lambda mark, text: text.join(mark), MARKS, st.one_of(TEXT, st.just("x<em>y</em>")))
INLINE = st.lists(st.one_of(TEXT, TEXT, MARKED), max_size=5).map("".join)
PARAGRAPH = INLINE.map("<p>{}</p>\n".format)
LIST = st.builds(
    lambda tag, items: f"<{tag}>\n" + "".join(f"  <li>{item}</li>\n" for item in items) + f"</{tag}>",
    st.sampled_from(["ul", "ol"]),
    st.lists(INLINE, max_size=3),
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.one_of(PARAGRAPH, LIST), min_size=1, max_size=3).map("".join))
def test_what_is_known_is_what_draftail_stores_and_says_the_same(html: str) -> None:
    known = stored_form(html)
    if known:
        assert known == draftail_html(html)
        assert events(known) == events(html)


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<p>The\nmoon <strong>pulls</strong>.</p>", "<p>The moon <b>pulls</b>.</p>"),
        ('<p>“See” <a href="/a/?b=1&amp;c">this</a></p>', '<p>“See” <a href="/a/?b=1&amp;c">this</a></p>'),
        ("<ul>\n  <li>one</li>\n  <li><em>two</em></li>\n</ul>", "<ul><li>one</li><li><i>two</i></li></ul>"),
        ("<p>one</p>\n\n<p>two</p>", "<p>one</p><p>two</p>"),
    ],
)
def test_plain_prose_is_known(html: str, stored: str) -> None:
    assert stored_form(html) == stored


@pytest.mark.parametrize(
    "html",
    [
        '<p class="x">a</p>',
        "<p>a<br />b</p>",
        "<p>a<strong> b</strong></p>",
        "<p><strong><em>a</em></strong></p>",
        '<p><a href="javascript:alert(1)">a</a></p>',
        '<p><a href="//elsewhere.example/">a</a></p>',
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
        "<h1>a</h1>",
        "<p>a",
        "text",
        "<p></p>",
    ],
)
def test_what_is_in_doubt_is_left_to_draftail(html: str) -> None:
    assert stored_form(html) is None
