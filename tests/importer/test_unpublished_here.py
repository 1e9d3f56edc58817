"""What somebody has published or unpublished here stays so at another import and when it is undone.

Neither makes a revision, so that the page does not count as edited.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from wagtail.models import Page

from blog.models import BlogPage
from experience.models import ExperiencePage, PublicationPage
from portfolio.importer.undo.undo import undo
from portfolio.models import ImportRun
from tests.exporter.test_export import export, files
from tests.importer.test_entries import CV, PAPERS, SCHOLAR
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


def undo_last() -> None:
    undo(ImportRun.objects.filter(undone_at=None).order_by("-pk").first())


def texts(page: Page) -> tuple[bool, str]:
    """Whether it is live, and what its newest version says."""
    page = page._meta.model.objects.get(pk=page.pk)
    return page.live, str(page.get_latest_revision_as_object().body)


def test_document_that_was_unpublished_here_is_updated_as_a_draft(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "in", {POST: post("Rises.\n")})
    run(tree)
    page = BlogPage.objects.get()
    page.unpublish()
    for text in ("Falls.", "Stands."):
        write_tree(tree, {POST: post(f"{text}\n")})
        run(tree)
        live, newest = texts(page)
        assert (live, text in newest) == (False, True)
    export(tmp_path / "out")
    assert b"published: false" in next(data for data in files(tmp_path / "out").values() if b"Stands." in data)
    undo_last()
    live, text = texts(page)
    assert (live, "Falls." in text) == (False, True)
    write_tree(tree, {POST: post("Withdrawn.\n", published="false")})
    run(tree)
    write_tree(tree, {POST: post("Back.\n")})
    run(tree)
    assert texts(page)[0], "the source has published it again"


def test_document_that_was_unpublished_after_an_import_is_a_draft_when_it_is_undone(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n")})
    run(tree)
    write_tree(tree, {POST: post("Falls.\n")})
    run(tree)
    page = BlogPage.objects.get()
    page.unpublish()
    undo_last()
    live, text = texts(page)
    assert (live, "Rises." in text) == (False, True)


def test_draft_of_the_source_that_was_published_here_stays_live(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n", published="false")})
    run(tree)
    page = BlogPage.objects.get()
    page.get_latest_revision().publish()
    write_tree(tree, {POST: post("Falls.\n", published="false")})
    run(tree)
    assert texts(page)[0]
    undo_last()
    assert texts(page)[0]


def test_document_that_an_import_took_down_is_live_again_when_it_is_undone(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n")})
    run(tree)
    write_tree(tree, {POST: post("Falls.\n", published="false")})
    run(tree)
    page = BlogPage.objects.get()
    assert not page.live
    undo_last()
    live, text = texts(page)
    assert (live, "Rises." in text) == (True, True)


def edit(page: Page) -> None:
    page = page._meta.model.objects.get(pk=page.pk)
    page.search_description = "Edited here."
    page.save_revision().publish()


def messages(tree: Path) -> list[str]:
    return [problem.message for row in run(tree).documents for problem in row.problems]


def test_edited_page_that_the_source_withdraws_is_a_draft_with_its_edit(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n")})
    run(tree)
    page = BlogPage.objects.get()
    edit(page)
    write_tree(tree, {POST: post("Rises.\n", published="false")})
    assert "the source no longer publishes it; it is a draft now" in messages(tree)
    page.refresh_from_db()
    assert (page.live, page.get_latest_revision_as_object().search_description) == (False, "Edited here.")
    undo_last()
    assert texts(page)[0]


def test_edited_page_that_the_source_publishes_again_is_told(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n")})
    run(tree)
    page = BlogPage.objects.get()
    edit(page)
    write_tree(tree, {POST: post("Falls.\n", published="false")})
    run(tree)
    write_tree(tree, {POST: post("Stands.\n")})
    assert "the source publishes it again; it stays a draft, because it was edited here" in messages(tree)
    assert texts(page)[0] is False
    page.get_latest_revision().publish()
    write_tree(tree, {POST: post("Turns.\n")})
    run(tree)
    live, text = texts(page)
    assert (live, "Turns." in text) == (True, True)


def test_edited_draft_of_the_source_that_was_published_here_stays_live(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n", published="false")})
    run(tree)
    page = BlogPage.objects.get()
    edit(page)
    write_tree(tree, {POST: post("Falls.\n", published="false")})
    run(tree)
    live, text = texts(page)
    assert (live, "Falls." in text) == (True, True)


@pytest.mark.parametrize("unpublished_first", [True, False])
def test_entries_that_were_unpublished_here_stay_drafts(tmp_path: Path, unpublished_first: bool) -> None:
    tree = write_tree(tmp_path, {POST: post("Words.\n"), "_papers/own.bib": PAPERS, "_data/cv.yml": CV}, SCHOLAR)
    run(tree)
    paper, role = PublicationPage.objects.get(title="Labels"), ExperiencePage.objects.get(role="Engineer")
    others = [PublicationPage.objects.exclude(pk=paper.pk).get(), ExperiencePage.objects.exclude(pk=role.pk).get()]
    if unpublished_first:
        paper.unpublish()
        role.unpublish()
    changed_papers = PAPERS.replace("Workshop", "Meeting").replace("{Tides}", "{Waves}")
    changed_cv = CV.replace("Ran them", "Sank them").replace("2018}", "2018, description: [Lit it]}")
    write_tree(tree, {"_papers/own.bib": changed_papers, "_data/cv.yml": changed_cv}, SCHOLAR)
    run(tree)
    paper.refresh_from_db()
    assert paper.get_latest_revision_as_object().venue == "Meeting"
    assert texts(role) == (not unpublished_first, texts(role)[1])
    assert "Sank them" in texts(role)[1]
    if not unpublished_first:
        paper.unpublish()
        role.unpublish()
    undo_last()
    assert PublicationPage.objects.get(pk=paper.pk).get_latest_revision_as_object().venue == "Workshop"
    assert "Ran them" in texts(role)[1]
    assert not Page.objects.filter(pk__in=[paper.pk, role.pk], live=True).exists()
    assert all(Page.objects.get(pk=page.pk).live for page in others)
