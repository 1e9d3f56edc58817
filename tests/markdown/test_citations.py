"""Citations in a text: what is one, and how it is shown."""

from __future__ import annotations

import time

import pytest

from portfolio.markdown.citations import CitedPublication, cited_keys, link_citations
from portfolio.markdown.writing.escaping import escape_text

PUBLICATIONS = {
    "weld2020": CitedPublication("/weld/", "Weld & Brackwater", "2020"),
    "DBLP:conf/a_b": CitedPublication("/aune/", "Aune et al.", ""),
}
WELD = '<a href="/weld/">Weld &amp; Brackwater, 2020</a>'
WELD_IN_TEXT = '<a href="/weld/">Weld &amp; Brackwater (2020)</a>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("as [@weld2020] &lt;says&gt;", f"as ({WELD}) &lt;says&gt;"),
        ("[see @weld2020, p. 3]", f"(see {WELD}, p. 3)"),
        ("[@weld2020; @DBLP:conf/a_b]", f'({WELD}; <a href="/aune/">Aune et al.</a>)'),
        ("[@weld2020; @other]", f"({WELD}; @other)"),
        ("of Weld [-@weld2020]", 'of Weld (<a href="/weld/">2020</a>)'),
        ("@weld2020, and @{weld2020}.", f"{WELD_IN_TEXT}, and {WELD_IN_TEXT}."),
        ("@weld2020 [p. 3]", '<a href="/weld/">Weld &amp; Brackwater (2020, p. 3)</a>'),
        ('<b><a href="#weld2020">Weld</a></b>', '<b><a href="/weld/">Weld</a></b>'),
    ],
)
def test_citation_is_shown_as_a_link(html: str, shown: str) -> None:
    assert link_citations(f"<p>{html}</p>", PUBLICATIONS) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "[@other] and @other",
        "mara@weld2020 and mara@weld2020.example",
        "https://people.example/@weld2020",
        "<code>[@weld2020]</code>",
        "<pre><code><span>@weld2020</span></code></pre>",
        '<a href="/x/">[@weld2020]</a>',
        '<img alt="[@weld2020]" src="/x.png"> [weld2020]',
        '<a href="#weld2020">Weld</a> <ol><li id="weld2020">The entry</li></ol>',
    ],
)
def test_what_is_no_citation_stays_as_it_is(html: str) -> None:
    assert link_citations(f"<p>{html}</p>", PUBLICATIONS) == f"<p>{html}</p>"


def test_keys_in_brackets_are_meant_as_citations() -> None:
    html = "<p>[@one; see @two, p. 3] @three me@four <code>[@five]</code> [six@seven.example]</p>"
    assert list(cited_keys(html)) == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "after", "written"),
    [
        ("see [@weld2020, p. 3] [a]", "", r"see [@weld2020, p. 3] \[a\]"),
        ("[@weld2020]", "(", r"\[@weld2020\]"),
        ("[a@b.example]", "", r"\[a@b.example\]"),
    ],
)
def test_brackets_of_a_citation_need_no_escape(text: str, after: str, written: str) -> None:
    assert escape_text(text, after) == written


@pytest.mark.parametrize("text", ["[@" * 50_000, "@a" * 50_000, "[a@" + ";" * 100_000, "@a." * 50_000, "[" * 100_000])
def test_hostile_text_is_read_in_time(text: str) -> None:
    start = time.process_time()
    link_citations(f"{text}@weld2020", PUBLICATIONS)
    list(cited_keys(text))
    escape_text(text)
    assert time.process_time() - start < 2
