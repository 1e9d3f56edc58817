"""A file with another name is the document it was: one page, told of, and found at its old addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from portfolio.importer.undo.undo import undo
from portfolio.models import ImportedDocument, ImportRun, StandardPage
from tests.importer.trees import codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

OLD, NEW = "_posts/2021-05-04-tides.md", "_posts/2021-05-09-high-water.md"
BODY = "".join(f"Paragraph {number}.\n\n" for number in range(8))


def move(tree: Path, old: str, new: str, content: str | None = None) -> None:
    text = content if content is not None else (tree / old).read_text()
    (tree / old).unlink()
    write_tree(tree, {new: text})


def test_a_renamed_file_keeps_its_page_and_answers_at_both_addresses(tmp_path: Path, client: Client) -> None:
    front = post(BODY).replace("date: 2021-05-04 10:00:00 +0000\n", "")
    run(write_tree(tmp_path, {OLD: front, "about.md": "---\ntitle: About\n---\nx\n"}))
    page = BlogPage.objects.get()
    move(tmp_path, OLD, NEW)
    report = run(tmp_path)
    assert codes(row(report, NEW)) == ["renamed"]
    assert OLD in row(report, NEW).problems[0].message
    assert (row(report, NEW).outcome, len(report.documents)) == ("updated", 2)
    assert BlogPage.objects.get().pk == page.pk
    assert sorted(ImportedDocument.objects.values_list("path", flat=True)) == [NEW, "about.md"]
    for old in ("/2021/05/04/tides.html", "/2021/05/09/high-water.html"):
        assert client.get(old, follow=True).redirect_chain == [("/blog/tides/", 301)]


def test_links_to_the_old_address_still_find_the_page(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {OLD: post(BODY)}))
    move(tmp_path, OLD, "_posts/2021-05-04-high.md")
    run(tmp_path)
    report = run(write_tree(tmp_path, {"about.md": "---\ntitle: About\n---\n[x](/2021/05/04/tides.html)\n"}))
    assert codes(row(report, "about.md")) == []
    assert f'linktype="page" id="{BlogPage.objects.get().pk}"' in StandardPage.objects.get().body[0].value.source


@pytest.mark.parametrize(
    ("old", "new", "front"),
    [
        ("about.md", "pages/about.markdown", "permalink: /about/\n"),
        ("about.md", "info.md", "permalink: /about/\n"),
        ("_drafts/about.md", "_posts/2021-05-04-about.md", ""),
    ],
    ids=["moved", "renamed, same permalink", "draft published"],
)
def test_a_file_that_was_moved_and_edited_a_little_is_recognised(
    tmp_path: Path, old: str, new: str, front: str
) -> None:
    text = f"---\ntitle: About\n{front}---\n{BODY}"
    run(write_tree(tmp_path, {old: text}))
    move(tmp_path, old, new, text.replace("Paragraph 3", "Something else"))
    assert codes(row(run(tmp_path), new)) == ["renamed"]
    model = StandardPage if "_drafts" not in old else BlogPage
    assert "Something else" in model.objects.get().body[0].value.source
    assert model.objects.get().live


def test_a_new_text_at_an_old_address_is_a_new_page(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {OLD: post(BODY)}))
    move(tmp_path, OLD, "_posts/2021-05-04-tides.markdown", post("All new.\n", title="Another"))
    report = run(tmp_path)
    assert codes(row(report, OLD)) == ["source-gone"]
    assert BlogPage.objects.count() == 2


def test_a_copy_is_not_a_rename(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {OLD: post(BODY)}))
    report = run(write_tree(tmp_path, {NEW: post(BODY)}))
    assert row(report, NEW).outcome == "created"
    assert "renamed" not in codes(row(report, NEW))


def test_of_two_files_with_the_same_bytes_one_is_the_old_one(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {OLD: post(BODY)}))
    move(tmp_path, OLD, "_posts/2020-01-01-a.md")
    write_tree(tmp_path, {"_posts/2020-01-02-tides.md": post(BODY)})
    report = run(tmp_path)
    assert codes(row(report, "_posts/2020-01-02-tides.md")) == ["renamed"], "the one that kept its name"
    assert BlogPage.objects.count() == 2


def test_what_was_edited_here_survives_a_rename(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {OLD: post(BODY)}))
    page = BlogPage.objects.get()
    page.title = "Edited here"
    page.save_revision().publish()
    move(tmp_path, OLD, NEW)
    run(tmp_path)
    assert BlogPage.objects.get().title == "Edited here"


def test_a_dry_run_tells_of_the_rename_and_undo_takes_it_back(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {OLD: post(BODY)}))
    move(tmp_path, OLD, NEW)
    assert codes(row(run(tmp_path, dry_run=True), NEW)) == ["renamed"]
    assert ImportedDocument.objects.get().path == OLD
    report = run(tmp_path)
    undo(ImportRun.objects.get(pk=report.run))
    assert ImportedDocument.objects.get().path == OLD
    assert codes(row(run(tmp_path), NEW)) == ["renamed"]
    assert row(run(tmp_path), NEW).outcome == "unchanged"
