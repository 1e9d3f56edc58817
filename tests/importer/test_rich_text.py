"""Prose becomes rich text only where Draftail gives back the same."""

from __future__ import annotations

import pytest

from portfolio.importer.body.rich_text import NotRichText, events, relink, to_rich_text


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<p>A <strong>tide</strong> <em>gauge</em>.</p>", "<p>A <b>tide</b> <i>gauge</i>.</p>"),
        ("<p>Emphasis <strong><em>twice</em></strong></p>", "<p>Emphasis <b><i>twice</i></b></p>"),
        ("<p>two\nlines</p>\n\n<p>more</p>", "<p>two lines</p><p>more</p>"),
        ("<p>a<br />\nb</p>", "<p>a<br/> b</p>"),
        ("<p>5 &lt; 6 &amp; 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
        ("<p><del>gone</del> <code>x = 1</code></p>", "<p><s>gone</s> <code>x = 1</code></p>"),
        ("<p>H<sub>2</sub>O, 2<sup>3</sup></p>", "<p>H<sub>2</sub>O, 2<sup>3</sup></p>"),
        ('<p><code class="language-plaintext highlighter-rouge">x</code></p>', "<p><code>x</code></p>"),
        (
            "<ul>\n  <li>one\n    <ul>\n      <li>inner</li>\n    </ul>\n  </li>\n  <li>two</li>\n</ul>",
            "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>",
        ),
        ('<p><strong><a href="/x/?a=1&amp;b=2">l</a></strong></p>', '<p><a href="/x/?a=1&amp;b=2"><b>l</b></a></p>'),
    ],
)
def test_plain_prose_is_stored_in_draftails_words(html: str, stored: str) -> None:
    assert to_rich_text(html) == stored


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<p class="lead">x</p>', "<p> with class"),
        ('<p><a href="/x" title="t">x</a></p>', "a link with title"),
        ("<p><a>x</a></p>", "a link with no address"),
        ("<p><img src='/x.png' alt=''></p>", "<img>"),
        ("<ul><li><p>loose</p></li></ul>", "the rich text editor would change"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "the rich text editor would change"),
        ("<ul><li>a<ul><li>b</li></ul>tail</li></ul>", "the rich text editor would change"),
        ("<blockquote>q</blockquote>", "<blockquote>"),
        ("<p>a <!-- note --> b</p>", "a comment"),
        ("<p><math><mi>x</mi></math></p>", "<math>"),
    ],
)
def test_what_rich_text_cannot_hold_is_refused_by_name(html: str, reason: str) -> None:
    with pytest.raises(NotRichText, match=reason):
        to_rich_text(html)


def test_emphasis_around_a_link_means_the_same_as_emphasis_inside_it() -> None:
    assert events('<p><b><a href="/x">l</a></b></p>') == events('<p><a href="/x"><b>l</b></a></p>')


def test_a_space_inside_emphasis_means_the_same_as_one_outside() -> None:
    assert events("<p><b>a </b>b</p>") == events("<p><b>a </b>b</p>")
    assert events("<p>a<b> b</b></p>") != events("<p>a<b>b</b></p>")


def test_relinking_replaces_opening_tags_and_reads_escapes() -> None:
    stored = '<p><a href="/a?x=1&amp;y=2">one</a> <a href="/it&#x27;s">two</a></p>'
    seen: list[str] = []

    def resolve(address: str) -> str:
        seen.append(address)
        return '<a linktype="page" id="7">'

    assert relink(stored, resolve) == '<p><a linktype="page" id="7">one</a> <a linktype="page" id="7">two</a></p>'
    assert seen == ["/a?x=1&y=2", "/it's"]
