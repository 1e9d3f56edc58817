"""The paragraphs of an HTML text."""

from __future__ import annotations

import pytest

from portfolio.markdown.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", []),
        ("<p>One <b>two</b></p><p>three</p>", ["One two", "three"]),
        ("Bare <em>words</em><p>then</p>", ["Bare words", "then"]),
        ("<h2>Title</h2><ul><li>a</li><li>b</li></ul><p>then", ["a, b", "then"]),
        (
            "<ul><li>Before breakfast<ul><li>ballast</li><li>rope.</li></ul></li><li>then tea</li></ul>",
            ["Before breakfast: ballast, rope. then tea"],
        ),
        ("<dl><dt>Neap</dt><dd>a small tide</dd><dt>Ebb!</dt></dl>", ["Neap: a small tide, Ebb!"]),
        ("<ul><li><p>a</p></li> <li></li><li>b</li></ul>", ["a, b"]),
        ("<blockquote><p>quoted</p></blockquote><p>own</p>", ["own"]),
        ("<div class='x'><p>a</p><p>b</p></div>", ["a", "b"]),
        ('<ul id="markdown-toc"><li>a</li></ul><p>b</p>', ["b"]),
        ("<pre><code>x</code></pre><table><tr><td>1</td></tr></table><figure><p>cut</p></figure><p>ok</p>", ["ok"]),
        ("<p><img src='a.png'></p><p>words</p>", ["words"]),
        ("<p>a &lt; b &amp; c</p>", ["a < b & c"]),
        ('<p>Low<sup id="fnref:1"><a href="#fn:1">1</a></sup> water</p>', ["Low water"]),
        ("<p>a</p> b <em>c</em><div>d</div>e", ["a", "b c", "d", "e"]),
        ("<p>never <b>closed<p>after", ["never closed after"]),
    ],
)
def test_paragraphs_and_lists_are_told_apart_from_the_rest(html: str, said: list[str]) -> None:
    assert list(paragraphs(html)) == said
