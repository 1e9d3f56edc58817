"""Rich text as Markdown: what is written, and that Markdown gives the same rich text back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.importer.body.rich_text import NotRichText, draftail_html, events
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.markdown.writing.rich_text import inline_markdown, rich_text_markdown

PAIRS = [
    ("<p>The gauge stood dry.</p>", "The gauge stood dry."),
    ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    ("<p>A <b>bold</b>, <i>quiet</i> word.</p>", "A **bold**, *quiet* word."),
    ("<p>Run <code>make run</code> first.</p>", "Run `make run` first."),
    ('<p>See <a href="/about/">the page</a>.</p>', "See [the page](/about/)."),
    ('<p><a href="/a b/">x</a></p>', '<a href="/a b/">x</a>'),
    ("<p>half<b>way</b></p>", "half<strong>way</strong>"),
    ("<p>M<sub>2</sub> and x<sup>2</sup></p>", "M<sub>2</sub> and x<sup>2</sup>"),
    ("<p><s>gone</s></p>", "~~gone~~"),
    ("<p>one<br/>two</p>", "one  \ntwo"),
    ("<p># no heading</p>", "\\# no heading"),
    ("<p>1. no list</p>", "1\\. no list"),
    ("<p>2 * 3 | 4</p>", "2 \\* 3 \\| 4"),
    ("<p>snake_case and _this_</p>", "snake_case and \\_this\\_"),
    ("<p>{{ page }}</p>", "&#123;{ page }}"),
    ("<p>a &lt;b&gt; &amp;amp;</p>", "a \\<b> &amp;amp;"),
    ("<p>A &lt; B &amp; C</p>", "A < B & C"),
    ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n   - b\n2. c"),
    ("<p>So:</p><ul><li>a</li></ul><p>Then.</p>", "So:\n\n- a\n\nThen."),
    ("<ul><li>a</li></ul><ol><li>b</li></ol>", "- a\n^\n1. b"),
]


def back(markdown: str) -> list:
    return events(to_html(markdown, Options()).strip())


@pytest.mark.parametrize(("html", "markdown"), PAIRS, ids=[markdown for _, markdown in PAIRS])
def test_rich_text_is_written_as_a_person_would(html: str, markdown: str) -> None:
    assert rich_text_markdown(html) == markdown


@pytest.mark.parametrize("html", [html for html, _ in PAIRS if "{{" not in html and "a b" not in html])
def test_what_is_written_reads_back_as_it_was(html: str) -> None:
    assert back(rich_text_markdown(html)) == events(html)


WORDS = st.text(
    st.sampled_from("abz 019 .,;:!?-–—_*`'\"“”’()[]{}<>#&|~$\\/+=^%@é→\u00a0"), min_size=1, max_size=14
).filter(lambda text: text.strip(" ") == text and text.strip("\u00a0") and "  " not in text)


@st.composite
def runs(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(WORDS).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for mark in draw(st.sets(st.sampled_from(["b", "i", "code", "s", "sup", "sub"]), max_size=2)):
            text = f"<{mark}>{text}</{mark}>"
        if draw(st.integers(0, 5)) == 0:
            text = (
                f'<a href="{draw(st.sampled_from(["/about/", "https://e.example/?a=1&amp;b=(2)", "#x"]))}">{text}</a>'
            )
        parts.append(text)
    return draw(st.sampled_from([" ", ""])).join(parts)


@st.composite
def lists(draw: st.DrawFn, tag: str = "", depth: int = 0) -> str:
    """Draftail has lists of one kind only inside each other."""
    tag = tag or draw(st.sampled_from(["ul", "ol"]))
    items = []
    for _ in range(draw(st.integers(1, 3))):
        below = draw(lists(tag, depth + 1)) if depth < 2 and draw(st.integers(0, 3)) == 0 else ""
        items.append(f"<li>{draw(runs())}{below}</li>")
    return f"<{tag}>{''.join(items)}</{tag}>"


ELEMENTS = st.lists(st.one_of(runs().map(lambda text: f"<p>{text}</p>"), lists()), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ELEMENTS)
def test_any_rich_text_survives_the_way_through_markdown(elements: list[str]) -> None:
    stored = draftail_html("".join(elements))
    wanted = events(stored)
    assert wanted in [
        events_or_none(rich_text_markdown(stored)),
        events_or_none(rich_text_markdown(stored, verbose=True)),
    ]


def events_or_none(markdown: str) -> list | None:
    try:
        return back(markdown.replace("{% raw %}", "").replace("{% endraw %}", ""))
    except NotRichText:
        return None


def test_a_line_break_in_a_cell_stays_in_its_line() -> None:
    assert inline_markdown("<p>one<br/><b>two</b></p><p>three</p>") == "one<br />**two**<br />three"
