"""Taking an import back."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import BlogPage
from portfolio.importer.undo import UndoError, undo
from portfolio.models import CustomImage, ImportedDocument, ImportRun, StandardPage
from tests.importer.trees import picture, post, row, run, stored_files, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    about = "---\ntitle: About\npermalink: /about/\n---\nI measure water.\n"
    return write_tree(tmp_path, {POST: post("Rises.\n\n![C](/c.png)\n"), "about.md": about, "c.png": picture()})


def state(client: Client) -> tuple[object, ...]:
    return (
        sorted(Page.objects.values_list("url_path", "title", "live")),
        sorted(Redirect.objects.values_list("old_path", flat=True)),
        CustomImage.objects.count(),
        sorted(ImportedDocument.objects.values_list("path", "sha256")),
        client.get("/2021/05/04/tides.html").status_code,
    )


def test_undoing_the_first_import_leaves_the_site_as_before(
    tree: Path, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    earlier, files = state(client), stored_files()
    report = run(tree)
    with django_capture_on_commit_callbacks(execute=True):
        undone = undo(ImportRun.objects.get(pk=report.run))
    assert sorted(undone.deleted) == ["About", "Tides"]
    assert state(client) == earlier
    assert stored_files() == files


def test_undoing_an_update_brings_back_what_the_page_said_and_the_next_import_repeats_it(
    tree: Path, client: Client
) -> None:
    run(tree)
    earlier = state(client)
    write_tree(tree, {POST: post("Falls.\n", title="Ebb")})
    second = run(tree)
    undone = undo(ImportRun.objects.get(pk=second.run))
    assert (undone.deleted, undone.reverted) == ([], ["Ebb"])
    page = BlogPage.objects.get()
    assert (page.title, page.body[0].value.source) == ("Tides", "<p>Rises.</p>")
    assert state(client) == earlier
    assert row(run(tree), POST).outcome == "updated"
    assert BlogPage.objects.get().title == "Ebb"


def test_a_page_edited_since_stays(tree: Path) -> None:
    report = run(tree)
    page = BlogPage.objects.get()
    page.title = "Edited here"
    page.save_revision().publish()
    undone = undo(ImportRun.objects.get(pk=report.run))
    assert (undone.deleted, undone.left) == (["About"], ["Edited here"])
    assert BlogPage.objects.get().title == "Edited here"
    assert not StandardPage.objects.exists()
    assert ImportedDocument.objects.get().path == POST, "a later import still knows it"


def test_a_picture_in_use_elsewhere_stays(tree: Path) -> None:
    report = run(tree)
    about = StandardPage.objects.get()
    image = {"image": CustomImage.objects.get(), "caption": "", "credit": ""}
    about.body = [("image", image)]
    about.save_revision().publish()
    undo(ImportRun.objects.get(pk=report.run))
    assert CustomImage.objects.count() == 1


def test_runs_are_undone_in_order_and_once(tree: Path) -> None:
    first = run(tree)
    write_tree(tree, {POST: post("Falls.\n")})
    second = run(tree)
    with pytest.raises(UndoError, match=f"Run {second.run} came after"):
        undo(ImportRun.objects.get(pk=first.run))
    undo(ImportRun.objects.get(pk=second.run))
    with pytest.raises(UndoError, match="undone before"):
        undo(ImportRun.objects.get(pk=second.run))
    undo(ImportRun.objects.get(pk=first.run))
    assert not BlogPage.objects.exists()


def test_the_command_says_what_it_did(tree: Path) -> None:
    report = run(tree)
    out = StringIO()
    call_command("import_markdown", "--undo", str(report.run), stdout=out)
    assert "Tides: deleted" in out.getvalue()
    assert f"Run {report.run} is undone." in out.getvalue()


@pytest.mark.parametrize("arguments", [["--undo", "999"], [], ["somewhere", "--undo", "1"]], ids=str)
def test_bad_usage_does_nothing_and_says_so(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as error:
        call_command("import_markdown", *arguments, stdout=StringIO())
    assert error.value.returncode == 2
