"""A folder of Markdown as a whole: every link, picture and file of it leads somewhere or is told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from portfolio.documents.report import Report
from portfolio.models import StandardPage
from tests.exporter.test_export import changed_lines, edit, export, files
from tests.importer.trees import codes, picture, row, run

pytestmark = pytest.mark.django_db

TARGETS = {
    "README.md": "# Top\n",
    "notes/index.md": "# Notes\n",
    "notes/deep/low water.md": "# Low water\n\n## Part two\n\nText.\n",
    "notes/deep/é-tide.md": "# É\n",
    "other.markdown": "# Other\n",
}
# How a file in notes/deep/ may link, and the page that is meant.
LINKS = {
    "[x](low%20water.md)": "Low water",
    "[x](<low water.md>)": "Low water",
    "[x](./low%20water.md)": "Low water",
    "[x](low%20water.md#part-two)": "Low water",
    '[x](low%20water.md "title")': "Low water",
    "[x](../deep/low%20water.md)": "Low water",
    "[x](/notes/deep/low%20water.md)": "Low water",
    "[x](notes/deep/low%20water.md)": "Low water",
    "[x](low%20water)": "Low water",
    "[x][ref]\n\n[ref]: low%20water.md": "Low water",
    "[x]\n\n[x]: <low water.md>": "Low water",
    '<a href="low%20water.md">x</a>': "Low water",
    "[*x*](low%20water.md)": "Low water",
    "> [x](low%20water.md)": "Low water",
    "- [x](low%20water.md)\n  - y": "Low water",
    "- [ ] [x](low%20water.md)": "Low water",
    "| a |\n|---|\n| [x](low%20water.md) |": "Low water",
    "Said.[^1]\n\n[^1]: [x](low%20water.md)": "Low water",
    "<kbd>K</kbd> [x](low%20water.md)": "Low water",
    "[x](é-tide.md)": "É",
    "[x](%C3%A9-tide.md)": "É",
    "[x](../)": "Notes",
    "[x](..)": "Notes",
    "[x](../index.md)": "Notes",
    "[x](../../README.md)": "Top",
    "[x](../../other.markdown)": "Other",
    "[x](../../other)": "Other",
    "[[low water]]": "Low water",
    "[[low water|x]]": "Low water",
    "[[low water#Part two]]": "Low water",
    "[[notes/deep/low water]]": "Low water",
    "[[Low Water.md]]": "Low water",
    "| a |\n|---|\n| [[low water\\|x]] |": "Low water",
    "[x]({filename}low%20water.md)": "Low water",
    "[x]({filename}/deep/low%20water.md)": "Low water",
    "[x](|filename|low%20water.md)": "Low water",
}


def folder(root: Path, sources: dict[str, str | bytes]) -> Path:
    for path, content in sources.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def article(client: Client, report: Report, path: str) -> str:
    text = client.get(row(report, path).page_url).content.decode()
    return text.partition("data-article-body")[2].partition("</article>")[0]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_to_a_file_leads_to_its_page(client: Client, tmp_path: Path, link: str) -> None:
    source = folder(tmp_path / "in", {**TARGETS, "notes/deep/from.md": f"Words.\n\n{link}\n"})
    report = run(source)
    assert codes(row(report, "notes/deep/from.md")) == []
    page = StandardPage.objects.get(title=LINKS[link])
    html = article(client, report, "notes/deep/from.md")
    assert f'href="{page.url}' in html
    assert ("#part-two" in html) == ("#" in link)


def test_files_that_linked_each_other_come_back_and_an_edit_changes_its_line(tmp_path: Path) -> None:
    sources = {
        f"notes/deep/from-{place}.md": f"Some words.\n\n{link}\n\nAnd word{place} there.\n"
        for place, link in enumerate(LINKS)
    }
    source = folder(tmp_path / "in", {**TARGETS, **sources})
    run(source)
    report = export(tmp_path / "out")
    assert report.problems == []
    assert files(tmp_path / "out") == files(source)
    for place, path in enumerate(sources):
        page = StandardPage.objects.get(imported_from__document__path=path)
        edit(page, {f"word{place}": f"news{place}"})
    report = export(tmp_path / "again")
    assert [problem.message for _, problem in report.problems] == []
    for place, path in enumerate(sources):
        expected = sources[path].replace(f"word{place}", f"news{place}")
        assert (tmp_path / "again" / path).read_text() == expected


PICTURES = ("![a](img/a.png)", "![a](./img/a.png)", '<img src="img/a.png" width="20">', "![a](<img/a.png>)",
            "![a][p]\n\n[p]: img/a.png", "Words ![a](img/a.png) here.", "![a](/notes/img/a.png)",
            "[![a](img/a.png)](img/a.png)", "![[a.png]]", "![[img/a.png]]", "![[a.png|20]]",
            "![a]({static}img/a.png)", "![a]({static}/img/a.png)", "![a]({attach}img/a.png)",
            "<kbd>K</kbd> ![a](img/a.png)", "- item\n\n  ![a](img/a.png)")  # fmt: skip


@pytest.mark.parametrize("shown", PICTURES)
def test_a_picture_is_found_from_the_files_folder(client: Client, tmp_path: Path, shown: str) -> None:
    report = run(folder(tmp_path / "in", {"notes/a.md": f"Words.\n\n{shown}\n", "notes/img/a.png": picture()}))
    assert "missing-image" not in codes(row(report, "notes/a.md"))
    assert article(client, report, "notes/a.md").count("<img") == 1
    assert not [problem for problem in report.problems if problem.code == "unused-file"]


@pytest.mark.parametrize("root", ["public", "static", "docs/public", "docs", "content", "src", "source"])
def test_a_picture_from_the_top_of_the_old_site_is_found(client: Client, tmp_path: Path, root: str) -> None:
    text = "---\npubDate: 2022-07-08\nheroImage: '/img/hero.png'\n---\n![a](/img/a.png) <img src='/img/b.png'>\n"
    pictures = {f"{root}/img/{name}.png": picture(colour) for name, colour in
                {"a": "red", "b": "green", "hero": "blue"}.items()}  # fmt: skip
    report = run(folder(tmp_path / "in", {"src/content/blog/a.md": text, **pictures}))
    assert codes(row(report, "src/content/blog/a.md")) == []
    assert article(client, report, "src/content/blog/a.md").count("<img") == 2
    assert BlogPage.objects.get().cover is not None
    assert report.problems == ()
    edit(BlogPage.objects.get(), {}, title="Another")
    assert export(tmp_path / "out").problems == []
    assert "![a](/img/a.png) <img src='/img/b.png'>" in (tmp_path / "out/src/content/blog/a.md").read_text()


def test_a_file_that_was_linked_is_kept_and_an_unused_one_is_told_of(client: Client, tmp_path: Path) -> None:
    sources = {
        "notes/a.md": "[data](data.csv)\n",
        "notes/data.csv": "a,b\n",
        "notes/left.csv": "a,b\n",
        "x.py": "x = 1\n",
    }
    report = run(folder(tmp_path / "in", sources))
    messages = [problem.message for problem in report.problems]
    assert messages == [
        ".: x.py is not taken: no page shows or links to it",
        "notes: left.csv is not taken: no page shows or links to it",
    ]
    assert "/documents/" in article(client, report, "notes/a.md")


def test_every_file_of_a_folder_is_accounted_for(tmp_path: Path) -> None:
    names = ["a.md", "b.mdx", "c.rst", "d/e.ipynb", "d/f.html", "g.txt", "h.png", "d/i.adoc", "j.org", "k.docx",
             ".obsidian/app.json", "node_modules/x/y.md", "interviews/l.txt", "no-ending", "m.MDX"]  # fmt: skip
    report = run(folder(tmp_path / "in", dict.fromkeys(names, "Words.\n")))
    said = [problem.message for problem in report.problems] + [document.path for document in report.documents]
    for name in names:
        places = [name, name.split("/")[0] + ":"] if name.startswith((".", "node_modules")) else [name.split("/")[-1]]
        assert any(place in text for place in places for text in said), name


def test_a_file_that_cannot_be_read_has_a_row_of_its_own(tmp_path: Path) -> None:
    report = run(folder(tmp_path, {"a.md": "# A\n", "index.html": "<p>Front</p>", "deep/notes.ipynb": "{}"}))
    for path, what in (("index.html", "HTML"), ("deep/notes.ipynb", "a Jupyter notebook")):
        found = row(report, path)
        assert (found.outcome, codes(found), found.page_url) == ("skipped", ["unread-format"], "")
        assert found.problems[0].message == f"is {what}, which cannot be read yet; it gets no page"
    assert not [problem for problem in report.problems if problem.code == "unread-format"]


def test_of_two_index_files_the_report_says_which_one_answers(client: Client, tmp_path: Path) -> None:
    report = run(folder(tmp_path, {"notes/README.md": "# Read me\n", "notes/index.md": "# Notes\n"}))
    assert client.get("/notes/").context["page"].title == "Notes"
    messages = [problem.message for problem in row(report, "notes/README.md").problems]
    assert messages == ["/notes/ was that of notes/index.md; this page is at notes-2"]


def test_a_file_that_is_not_public_is_a_draft_whose_source_nobody_gets(client: Client, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"a.md": "See [b](b.md).\n", "b.md": "---\npublish: false\n---\nSecret.\n"})
    report = run(source)
    assert not StandardPage.objects.get(imported_from__document__path="b.md").live
    assert not report.has_errors
    assert "/documents/" not in article(client, report, "a.md")
    assert b"Secret" not in client.get("/b.md").content


def test_pages_of_folders_do_not_fill_the_menu(tmp_path: Path) -> None:
    run(folder(tmp_path / "in", {"top.md": "# Top\n", "notes/a.md": "# A\n"}))
    assert list(StandardPage.objects.filter(show_in_menus=True).values_list("title", flat=True)) == ["Top"]


def test_a_second_import_changes_nothing_and_knows_the_links(client: Client, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {**TARGETS, "a.md": "[x](notes/deep/low%20water.md)\n"})
    run(source)
    assert {document.outcome for document in run(source).documents} == {"unchanged"}
    (source / "a.md").write_text("New [x](notes/deep/low%20water.md)\n")
    report = run(source)
    assert row(report, "a.md").outcome == "updated"
    assert codes(row(report, "a.md")) == []
    assert StandardPage.objects.get(title="Low water").url in article(client, report, "a.md")


def test_header_lines_are_read_as_front_matter_and_stay(tmp_path: Path) -> None:
    header = "Title: Pelican post\nDate: 2018-02-03 10:20\nTags: tides, notes\nSummary: Short one\n\n"
    source = folder(
        tmp_path / "in", {"content/first.md": header + "Body with some text.\n", "pelicanconf.py": "X = 1\n"}
    )
    run(source)
    page = BlogPage.objects.get()
    assert (page.title, page.date.year, sorted(tag.name for tag in page.tags.all())) == (
        "Pelican post", 2018, ["notes", "tides"],
    )  # fmt: skip
    assert "Title:" not in json_of(page)
    edit(page, {"some text": "other text"})
    assert export(tmp_path / "out").problems == []
    changed = changed_lines(
        (source / "content/first.md").read_bytes(), (tmp_path / "out/content/first.md").read_bytes()
    )
    assert changed == (["Body with some text."], ["Body with other text."])


def json_of(page: BlogPage) -> str:
    return str(page.body.get_prep_value())


def test_what_only_an_editor_hides_is_not_shown(client: Client, tmp_path: Path) -> None:
    text = "---\ndate: 2020-01-01\n---\nWords %%a secret%% and more.\n\n%%\nlong secret\n%%\n\nEnd.\n"
    report = run(folder(tmp_path / "in", {"a.md": text, "b.md": "B\n"}))
    page = BlogPage.objects.get()
    for address in (page.url, "/blog/", "/feed/"):
        assert b"secret" not in client.get(address).content
    assert codes(row(report, "a.md")) == ["foreign-syntax", "foreign-syntax"]
