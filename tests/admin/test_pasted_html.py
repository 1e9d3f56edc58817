"""Clipboard HTML of each source as the constructs that it is: pairs of files in `pasted/`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.admin.paste.html.document import read_html
from portfolio.admin.paste.html.parse import NestedTooDeeply
from portfolio.documents.document import Document
from portfolio.markdown.html.sanitise import sanitise

FOLDER = Path(__file__).parent / "pasted"
SHOWN = {
    "code": ("language",), "table": ("header", "align"), "image": ("alt", "caption", "link"), "embed": ("title",),
}  # fmt: skip


def described(document: Document) -> str:
    """A node a paragraph: its kind, what its data says, its HTML; below them the notes."""
    parts = []
    for node in document.nodes:
        told = [f"{name}={node.data[name]!r}" for name in SHOWN.get(node.kind, ()) if any(node.data[name])]
        parts.append(f"{' '.join([str(node.kind), *told])}\n{node.html}")
    parts += [f"note\n{problem.message}" for problem in document.problems]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_source_becomes_the_constructs_that_it_shows(path: Path) -> None:
    assert described(read_html(path.read_text("utf-8"))) == path.with_suffix(".txt").read_text("utf-8")


MARKS = st.sampled_from(["b", "i", "span", "code", "sup", "font", "u"])
BOXES = st.sampled_from(["p", "div", "h2", "li", "ul", "ol", "td", "tr", "table", "blockquote", "pre", "dd", "section"])
STYLES = st.sampled_from(
    ["", "font-weight:700", "white-space:pre;font-family:monospace", "mso-list:l0 level2 lfo1", "display:block"]
)


def tags(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.lists(children, min_size=1, max_size=4).map("".join)
    return st.builds(
        lambda name, style, html: f'<{name} style="{style}">{html}</{name}>', st.one_of(MARKS, BOXES), STYLES, inner
    )


WORDS = st.integers(0, 10**6).map(lambda number: f" word{number} ")


@settings(max_examples=150, deadline=None)
@given(st.recursive(WORDS, tags, max_leaves=12))
def test_every_word_stays_in_whatever_stands_inside_whatever(html: str) -> None:
    shown = BeautifulSoup("".join(node.html for node in read_html(html).nodes), "html.parser").get_text(" ")
    assert sorted(re.findall(r"word\d+", shown)) == sorted(re.findall(r"word\d+", html))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/ab p=\"'&;![-]td\x00\xa0\n"), max_size=200))
def test_nothing_that_is_no_html_stops_it(html: str) -> None:
    for node in read_html(html).nodes:
        assert sanitise(node.html)


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<blockquote>", "<table><tr><td>", "<ul><li>", "<svg><g>"])
def test_absurd_depth_is_refused(opening: str) -> None:
    with pytest.raises(NestedTooDeeply):
        read_html(opening * 5000)


def test_many_unclosed_paragraphs_are_no_depth() -> None:
    assert len(read_html("<p>word<li>word" * 2000).nodes) > 1


def test_table_larger_than_the_form_can_show_is_one_piece() -> None:
    rows = "<tr><td>a</td><td>b</td></tr>" * 600
    (node,) = read_html(f"<table>{rows}</table>").nodes
    assert node.kind == "other"
    assert node.html.count("<tr>") == 600


@pytest.mark.parametrize("span", ["colspan", "rowspan"])
def test_absurd_spans_are_bounded(span: str) -> None:
    (node,) = read_html(f"<table><tr><td {span}=99999999>a</td><td>b</td></tr><tr><td>c</td></tr></table>").nodes
    assert node.html.count("<td>") < 200


def test_headings_begin_below_the_title() -> None:
    kinds = [node.data["level"] for node in read_html("<h1>a</h1><h3>b</h3><h6>c</h6>").nodes]
    assert kinds == [2, 4, 6]
    assert [node.data["level"] for node in read_html("<h2>a</h2><h3>b</h3>").nodes] == [2, 3]


def test_prose_alone_for_fields_that_hold_nothing_else() -> None:
    html = "<h2>Head</h2><pre>a\n  b</pre><table><tr><td>c</td><td>d</td></tr></table><blockquote>e</blockquote>"
    document = read_html(html, flat=True)
    assert {node.kind for node in document.nodes} == {"prose"}
    assert "".join(node.html for node in document.nodes) == (
        "<p><b>Head</b></p><p><code>a</code></p><p><code>\u2007\u2007b</code></p><p>c | d</p><p>e</p>"
    )
    assert len(document.problems) == 3
