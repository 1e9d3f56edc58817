"""Formulas that a script of the old site would have found in the page."""

from __future__ import annotations

import pytest

from portfolio.markdown.delimiters import delimiters_of, mark_formulas
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.options import Options
from portfolio.markdown.render import render_fragments, to_html
from portfolio.markdown.split import split

BOTH = (r"\(", r"\[")
ALL = ("$", *BOTH)


def tex(source: str, kind: str = "") -> str:
    return f'<code class="tex{kind}" data-math="{source}">{source}</code>'


@pytest.mark.parametrize(
    ("layout", "found"),
    [
        ("<p>no script</p>", ()),
        ("<p>We wrote about MathJax.</p>", ()),
        ('<script async src="https://cdn.example/mathjax@3/es5/tex-mml-chtml.js"></script>', BOTH),
        ('<script src="/js/katex/auto-render.min.js" onload="renderMathInElement(document.body)"></script>', BOTH),
        ("<script>MathJax = { tex: { inlineMath: [['$', '$'], ['\\\\(', '\\\\)']] } };</script>", ALL),
        ('MathJax.Hub.Config({tex2jax: {inlineMath: [ ["$","$"] ], processEscapes: true}});', ALL),
        ('renderMathInElement(b, {delimiters: [{left: "$$", right: "$$"}, {left: "$", right: "$"}]}); // KaTeX', ALL),
        ('renderMathInElement(b, {delimiters: [{left: "$$", right: "$$", display: true}]}); // KaTeX', BOTH),
    ],
)
def test_layouts_tell_what_the_script_looked_for(layout: str, found: tuple[str, ...]) -> None:
    assert delimiters_of([layout]) == tuple(sorted(found))


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (r"<p>drag \(c_d\) counts</p>", f"<p>drag {tex('c_d')} counts</p>"),
        (r"<p>\[ a &lt; b \]</p>", f"<p>{tex('a &lt; b', ' display')}</p>"),
        ("<div>$$ h $$</div>", f"<div>{tex('h', ' display')}</div>"),
        (r"<p>\[a<br />" "\n" r"b\]</p>", f"<p>{tex('a' + chr(10) + 'b', ' display')}</p>"),
        (r"<p>\(a</p><p>b\)</p>", r"<p>\(a</p><p>b\)</p>"),
        (r"<p>\(a <em>b</em>\)</p>", r"<p>\(a <em>b</em>\)</p>"),
        (r"<pre><code>\(a\)</code></pre>", r"<pre><code>\(a\)</code></pre>"),
        (r'<a title="\(a\)">x</a>', r'<a title="\(a\)">x</a>'),
        (r"<!-- \(a\) --><p>\( \)</p>", r"<!-- \(a\) --><p>\( \)</p>"),
        ("<p>5$ and 6$</p>", "<p>5$ and 6$</p>"),
    ],
)
def test_formulas_in_text_are_marked(html: str, shown: str) -> None:
    assert mark_formulas(html, BOTH) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a $h$ and $k_1$.</p>", f"<p>a {tex('h', ' dollar')} and {tex('k_1', ' dollar')}.</p>"),
        (r"<p>it costs \$5 or \$6</p>", r"<p>it costs \$5 or \$6</p>"),
        ("<p>it costs $5</p>", "<p>it costs $5</p>"),
    ],
)
def test_single_dollars_count_where_the_site_says_so(html: str, shown: str) -> None:
    assert mark_formulas(html, ALL) == shown


def test_nothing_is_marked_without_a_script() -> None:
    assert to_html("drag \\\\(c_d\\\\)\n", Options()) == "<p>drag \\(c_d\\)</p>\n"
    assert "data-math" in to_html("drag \\\\(c_d\\\\)\n", Options(tex_delimiters=BOTH))


def test_notes_and_fragments_are_marked_too() -> None:
    options = Options(tex_delimiters=BOTH)
    shown = render_fragments(["Drag[^1].\n", "[^1]: that is \\\\(c_d\\\\).\n"], options)
    assert tex("c_d") in shown.footnotes


def test_a_paragraph_with_a_formula_stays_markdown() -> None:
    text = "drag \\\\(c_d\\\\)\n\nplain\n\n<div>\\(c_d\\)</div>\n"
    assert [node.kind for node in split(text, Options(tex_delimiters=BOTH))] == [
        NodeKind.OTHER,
        NodeKind.PROSE,
        NodeKind.OTHER,
    ]


@pytest.mark.parametrize(
    "text", ["\\(" * 20_000, "\\(a\\)" * 9_999, "<pre>" * 20_000, "$a" * 20_001, "\\[<br>" * 9_999]
)
def test_hostile_text_ends(text: str) -> None:
    assert mark_formulas(text, ALL).count("a") >= text.count("a")
