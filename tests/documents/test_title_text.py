"""Titles that hold HTML become plain text, and plain text becomes HTML again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from blog.models import BlogPage
from portfolio.documents.title_text import has_elements, plain_title, title_markup
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
]


@pytest.mark.parametrize(("written", "shown"), TITLES)
def test_title_is_what_a_browser_would_show(written: str, shown: str) -> None:
    assert plain_title(written) == shown


@pytest.mark.parametrize(("written", "shown"), TITLES)
def test_written_title_reads_as_itself(written: str, shown: str) -> None:
    assert plain_title(title_markup(shown)) == shown


@given(st.text(st.sampled_from("abi <>/&;#=\"'1x") | st.characters(exclude_categories=["C", "Z"])))
def test_any_title_reads_as_itself_once_written(title: str) -> None:
    assert plain_title(title_markup(title)) == " ".join(title.split())


def test_only_elements_are_told() -> None:
    assert [has_elements(written) for written, _ in TITLES[:4]] == [False, True, False, False]


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
