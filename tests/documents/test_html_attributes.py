"""Attribute lists on blocks: an id stays an id, a notice becomes a callout, and a class that is lost is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from benchmarks.round_trip import exported
from blog.models import BlogPage
from tests.importer.trees import codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
# Every construct that kramdown lets have attributes, below it or behind it.
CONSTRUCTS = {
    "picture": ("![A graph](/a.png){}", "img"),
    "picture's paragraph": ("![A graph](/a.png)\n{}", "img"),
    "figure": ('<figure id="x" lang="fr" class="odd"><img src="/a.png" alt="A"></figure>', "img"),
    "linked picture": ("[![A graph](/a.png)](/other/){}", "img"),
    "table": ("| a | b |\n|---|---|\n| 1 | 2 |\n{}", "table"),
    "fence": ("```python\nx = 1\n```\n{}", "pre"),
    "indented code": ("    x = 1\n{}", "pre"),
    "quote": ("> Water.\n{}", "blockquote"),
    "list": ("- item\n{}", "ul"),
    "numbers": ("1. item\n{}", "ol"),
    "paragraph": ("Para.\n{}", "p"),
    "rule": ("---\n{}", "hr"),
    "heading": ("## Head\n{}", "h2"),
    "definitions": ("Term\n: Said\n{}", "dl"),
}


def body(client: Client) -> Tag:
    found = BeautifulSoup(client.get(BlogPage.objects.get().url).content, "lxml").select_one("[data-article-body]")
    assert found is not None
    return found


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_id_of_any_construct_is_where_links_lead(name: str, tmp_path: Path, client: Client) -> None:
    source, element = CONSTRUCTS[name]
    text = "See [it](#x).\n\n" + source.format("{: #x}") + "\n"
    tree = write_tree(tmp_path / "site", {POST: post(text), "a.png": picture()})
    assert not {"unsafe-html", "missing-image"} & {*codes(row(run(tree), POST))}
    found = body(client)
    target = found.select_one("#x")
    assert target is not None
    assert target.name == element or target.select_one(element) or target.find_parent(element)
    out, _ = exported(tmp_path / "out")
    assert (out / POST).read_bytes() == (tree / POST).read_bytes()


@pytest.mark.parametrize("name", ["quote", "table", "fence", "picture"])
def test_language_of_a_construct_is_kept(name: str, tmp_path: Path, client: Client) -> None:
    text = CONSTRUCTS[name][0].format('{: lang="fr"}')
    run(write_tree(tmp_path, {POST: post(text + "\n"), "a.png": picture()}))
    assert body(client).select_one("[lang=fr]") is not None


@pytest.mark.parametrize("name", ["picture", "table", "quote", "rule", "fence"])
def test_class_without_meaning_here_is_told(name: str, tmp_path: Path) -> None:
    text = "Text.\n\n" + CONSTRUCTS[name][0].format("{: .odd}")
    found = row(run(write_tree(tmp_path, {POST: post(text + "\n"), "a.png": picture()})), POST)
    told = [(problem.code, problem.line) for problem in found.problems]
    assert told == [("lost-class", 7)]
    assert "odd" in found.problems[0].message
    assert found.constructs["approximated"] == 1


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("> Text.\n{: .prompt-tip }", "tip"),
        ("> Text.\n{: .prompt-info }", "note"),
        ("> Text.\n{: .prompt-warning }", "warning"),
        ("> Text.\n{: .prompt-danger }", "warning"),
        ("{: .note }\n> Text.", "note"),
        ("{: .warning-title }\n> Title\n>\n> Text.", "warning"),
        ("> Text.\n{: .callout .callout-tip}", "tip"),
        ("Text.\n{: .notice}", "note"),
        ("Text.\n{: .notice--success}", "tip"),
        ("Text.\n{: .notice--danger}", "warning"),
        ("Text.\n{: .alert .alert-warning}", "warning"),
        ("{: .warning }\nText.", "warning"),
        ("Text.\n{: .tip}", "tip"),
        ('<div class="notice--warning" markdown="1">\nText.\n</div>', "warning"),
        ('<div class="alert alert-info">Text.</div>', "note"),
    ],
)
def test_notice_of_a_theme_becomes_a_callout(source: str, kind: str, tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path / "site", {POST: post(f"Before.\n\n{source}\n")})
    assert codes(row(run(tree), POST)) == []
    page = BlogPage.objects.get()
    assert [block.block_type for block in page.body] == ["text", "callout"]
    assert page.body[1].value["kind"] == kind
    page.body[1].value["text"].source = page.body[1].value["text"].source.replace("Text", "Words")
    page.save_revision().publish()
    out, _ = exported(tmp_path / "out")
    assert (out / POST).read_text() == (tree / POST).read_text().replace("Text", "Words")


def test_name_of_a_file_is_the_title_of_its_listing(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {POST: post('```yaml\na: 1\n```\n{: file="_config.yml" }\n')}))
    assert BlogPage.objects.get().body[0].value["title"] == "_config.yml"


@pytest.mark.parametrize(
    ("listing", "lines"),
    [
        ('```py\na\nb\n```\n{: mark_lines="1 2"}', "1,2"),
        ('```py\na\nb\n```\n{: hl_lines="1-2, 4"}', "1-2,4"),
        ('```py\na\nb\n```\n{: data-line="[2]"}', "2"),
        ('```py\na\nb\n```\n{: hl_lines="all"}', ""),
        ('{% highlight py mark_lines="1 2" %}\na\nb\n{% endhighlight %}', "1,2"),
    ],
)
def test_lines_that_stand_out_are_pointed_out(listing: str, lines: str, tmp_path: Path) -> None:
    report = run(write_tree(tmp_path, {POST: post(f"{listing}\n")}))
    assert BlogPage.objects.get().body[0].value["highlight"] == lines
    assert row(report, POST).constructs["approximated"] == 0


@pytest.mark.parametrize("source", ["```py\na\n```\n{: .linenos}", "{% highlight py linenos %}\na\n{% endhighlight %}"])
def test_line_numbers_are_shown_and_come_back(source: str, tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path / "site", {POST: post(f"{source}\n\nText.\n")})
    found = row(run(tree), POST)
    assert codes(found) == []
    page = BlogPage.objects.get()
    assert page.body[0].value["numbered"] is True
    assert len(body(client).select(".line-numbers > span")) == 1
    page.body[0].value["code"] = page.body[0].value["code"].replace("a", "b")
    page.save_revision().publish()
    out, _ = exported(tmp_path / "out")
    assert (out / POST).read_text() == (tree / POST).read_text().replace("\na\n", "\nb\n")


def test_a_lead_stays_a_lead_and_a_heading_keeps_its_class(tmp_path: Path, client: Client) -> None:
    text = "Water.\n{: .lead}\n\n## One\n{: .no_toc}\n\n## Two\n{: .odd}\n"
    found = row(run(write_tree(tmp_path, {POST: post(text)})), POST)
    assert codes(found) == []
    assert body(client).select_one("p.lead") is not None
    assert body(client).select_one("h2.odd") is not None


def test_every_id_in_a_construct_is_compared(tmp_path: Path, client: Client) -> None:
    """Of a list, a quotation or a table also those inside."""
    text = (
        '> Said.\n> {: #in-quote}\n\n- one\n  {: #in-list}\n\n| <span id="in-cell">a</span> |\n|---|\n| b |\n\n'
        '<div id="box"><p>Water.</p></div>\n\nSee[^1].\n\n[^1]: Note.\n'
    )
    found = row(run(write_tree(tmp_path, {POST: post(text)})), POST)
    assert codes(found) == []
    page = body(client)
    assert all(page.select_one(f"#{name}") for name in ("in-quote", "in-cell", "box"))
