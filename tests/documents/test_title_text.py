"""Titles that hold HTML or Markdown become plain text, and plain text becomes markup again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from blog.models import BlogPage
from portfolio.documents.title_text import has_markup, plain_title, title_markup
from tests.importer.trees import codes, row, run, write_tree

TITLES = [
    ("Tea &#8211; Tom &amp; Jo&#8217;s 03&#215;13", "Tea – Tom & Jo’s 03×13"),
    ("The <em>big</em> &#123;x&#125; <code>a&lt;b</code>", "The big {x} a<b"),
    ("&lt;script&gt; in a title", "<script> in a title"),
    ("A&nbsp;B&#x2014;C&hellip;", "A B—C…"),
    ("Up<br>down<br/>out", "Up down out"),
    ('A <a href="/x?a=1>2">link</a> and <img src="x.png" alt="a picture">', "A link and a picture"),
    ("H<sub>2</sub>O", "H2O"),
    ("AT&T, R&D and x&copy=1", "AT&T, R&D and x&copy=1"),
    ("vector<int> and List<String>", "vector<int> and List<String>"),
    ("a < b & c > d", "a < b & c > d"),
    ("&notanentity; stays", "&notanentity; stays"),
    ("I <3 Jekyll", "I <3 Jekyll"),
    ("&amp;lt; once", "&lt; once"),
    ("**Big** and *small* and _thin_ tides", "Big and small and thin tides"),
    ("__Two words__ and ***both***", "Two words and both"),
    ("What `git stash -u` does", "What git stash -u does"),
    ("``a`b`` and `<b>` and `x_y_z`", "a`b and <b> and x_y_z"),
    ("A [link](https://tides.example/a) and ![a picture](p.png 'P')", "A link and a picture"),
    ("~~Old~~ new", "Old new"),
    ("What __init__ and snake_case_names do", "What __init__ and snake_case_names do"),
    ("*args and **kwargs", "*args and **kwargs"),
    ("2 * 3 * 4, a*b*c and x^2_i_j", "2 * 3 * 4, a*b*c and x^2_i_j"),
    ("[draft] of an array[0][1]", "[draft] of an array[0][1]"),
    ("5 ~ 6 ~~ 7", "5 ~ 6 ~~ 7"),
]


@pytest.mark.parametrize(("written", "shown"), TITLES)
def test_title_is_what_a_browser_would_show(written: str, shown: str) -> None:
    assert plain_title(written) == shown


@pytest.mark.parametrize(("written", "shown"), TITLES)
def test_written_title_reads_as_itself(written: str, shown: str) -> None:
    assert plain_title(title_markup(shown)) == shown


@given(st.text(st.sampled_from("abi <>/&;#=\"'1x*_`[]()~\\") | st.characters(exclude_categories=["C", "Z"])))
def test_any_title_reads_as_itself_once_written(title: str) -> None:
    assert plain_title(title_markup(title)) == " ".join(title.split())


def test_only_markup_is_told() -> None:
    assert [has_markup(written) for written, _ in TITLES[:4]] == [False, True, False, False]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["_posts/2021-05-04-tea.md", "about.md"])
def test_page_has_the_plain_title_and_the_report_names_the_line(tmp_path: Path, path: str) -> None:
    source = write_tree(tmp_path, {path: '---\nlayout: post\ntitle: "The <em>big</em> &amp; small"\n---\nText\n'})
    report = run(source)
    assert Page.objects.filter(title="The big & small").count() == 1
    told = [problem for problem in row(report, path).problems if problem.code == "title-markup"]
    assert [problem.line for problem in told] == [3]


@pytest.mark.django_db
def test_liquid_still_sees_the_title_as_written(tmp_path: Path) -> None:
    path = "_posts/2021-05-04-tea.md"
    report = run(write_tree(tmp_path, {path: "---\ntitle: 'A &amp; B'\n---\n`{{ page.title }}`\n"}))
    assert "title-markup" not in codes(row(report, path))
    assert "<code>A &amp;amp; B</code>" in str(BlogPage.objects.get().body[0].value)
