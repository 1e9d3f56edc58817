"""Taking back an import that was merged into a page which somebody had edited: their work stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from portfolio.importer.undo.undo import undo
from portfolio.models import ImportRun
from tests.importer.trees import post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
FIRST, SECOND = "Rises.\n\n## Then\n\nFalls.\n", "Rises.\n\n## Then\n\nFalls again.\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {POST: post(FIRST)})


def edit(title: str, *, publish: bool = True) -> None:
    page = BlogPage.objects.get().get_latest_revision_as_object()
    page.title = title
    revision = page.save_revision()
    if publish:
        revision.publish()


def merged_and_taken_back(tree: Path) -> BlogPage:
    write_tree(tree, {POST: post(SECOND)})
    report = run(tree)
    assert row(report, POST).outcome == "merged"
    undone = undo(ImportRun.objects.get(pk=report.run))
    assert (undone.deleted, undone.left) == ([], [])
    return BlogPage.objects.get()


def test_what_was_edited_before_the_import_is_there_after_it_was_taken_back(tree: Path, client: Client) -> None:
    run(tree)
    edit("Edited here")
    page = merged_and_taken_back(tree)
    html = client.get(page.url).content.decode()
    assert "Edited here" in html
    assert "Falls." in html
    assert "again" not in html
    assert not page.has_unpublished_changes


def test_the_page_still_counts_as_edited_so_that_the_next_import_merges_again(tree: Path) -> None:
    run(tree)
    edit("Edited here")
    merged_and_taken_back(tree)
    assert row(run(tree), POST).outcome == "merged"
    page = BlogPage.objects.get()
    assert page.title == "Edited here"
    assert "Falls again." in str(page.body)


def test_a_draft_of_somebodys_is_not_published_by_taking_an_import_back(tree: Path, client: Client) -> None:
    run(tree)
    edit("Not for readers yet", publish=False)
    page = merged_and_taken_back(tree)
    assert page.live
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert draft.title == "Not for readers yet"
    assert "again" not in str(draft.body)
    assert "Not for readers yet" not in client.get(page.url).content.decode()


def test_a_draft_that_the_import_published_is_a_draft_again(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path, {POST: post(FIRST, published="false")})
    run(tree)
    assert not BlogPage.objects.get().live
    write_tree(tree, {POST: post(FIRST)})
    report = run(tree)
    assert BlogPage.objects.get().live
    undo(ImportRun.objects.get(pk=report.run))
    page = BlogPage.objects.get()
    assert not page.live
    assert client.get(page.url).status_code == 404


def test_a_page_with_a_draft_that_the_import_withdrew_is_on_the_site_again(tree: Path, client: Client) -> None:
    run(tree)
    edit("Not for readers yet", publish=False)
    write_tree(tree, {POST: post(FIRST, published="false")})
    report = run(tree)
    assert not BlogPage.objects.get().live
    undo(ImportRun.objects.get(pk=report.run))
    page = BlogPage.objects.get()
    assert page.live
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "Not for readers yet"
    html = client.get(page.url).content.decode()
    assert "Falls." in html
    assert "Not for readers yet" not in html
