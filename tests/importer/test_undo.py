"""Taking an import back."""

from __future__ import annotations

from hashlib import sha1
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.timezone import now
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPage, Category, Series
from portfolio.admin.trash.snapshot import trash
from portfolio.importer.undo.undo import UndoError, undo
from portfolio.models import (
    CustomImage,
    HomePage,
    ImportedAsset,
    ImportedDocument,
    ImportedFile,
    ImportRun,
    Person,
    SiteSettings,
    StandardPage,
)
from tests.importer.trees import every_file, picture, post, row, run, stored_files, write_tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]

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
    with pytest.raises(UndoError, match="undone already"):
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


def test_undoing_removes_documents_films_and_drawings_that_only_the_run_brought(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    body = '[paper](/a.pdf) ![line](/b.svg)\n\n<video src="/c.mp4" controls></video>\n'
    files = {"a.pdf": "%PDF", "b.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "c.mp4": "x"}
    before = every_file()
    report = run(write_tree(tmp_path, {POST: post(body), **files}))
    assert len(every_file() - before) == 3
    with django_capture_on_commit_callbacks(execute=True):
        undo(ImportRun.objects.get(pk=report.run))
    assert not Document.objects.exists()
    assert not ImportedAsset.objects.exists()
    assert every_file() == before


def test_a_document_that_lay_in_the_library_before_stays(tmp_path: Path) -> None:
    data = b"%PDF tide"
    mine = Document(title="Mine", file=ContentFile(data, "mine.pdf"), file_hash=sha1(data).hexdigest())  # noqa: S324
    mine.save()
    report = run(write_tree(tmp_path, {POST: post("[paper](/a.pdf)\n"), "a.pdf": data}))
    assert ImportedAsset.objects.get().document == mine
    undo(ImportRun.objects.get(pk=report.run))
    assert Document.objects.get() == mine


def text_of(response: Any) -> str:
    """The text alone: the owner's name around it is taken back with the settings that the import filled in."""
    return str(BeautifulSoup(response.content, "html.parser").select_one("[data-article-body]"))


def test_files_of_a_page_that_stays_stay(tmp_path: Path, client: Client) -> None:
    kept = 'Term\n: ![C](/c.png) <video src="/f.mp4" controls></video>\n'
    report = run(write_tree(tmp_path, {POST: post(kept), "c.png": picture(), "f.mp4": "film"}))
    page = BlogPage.objects.get()
    page.title = "Edited here"
    page.save_revision().publish()
    shown = text_of(client.get(page.url))
    undo(ImportRun.objects.get(pk=report.run))
    assert shown.count("/media/") > 1
    assert text_of(client.get(page.url)) == shown


def test_a_film_that_somebody_shows_on_a_page_of_their_own_stays(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    report = run(write_tree(tmp_path, {POST: post('<audio src="/f.mp3" controls></audio>\n'), "f.mp3": "song"}))
    name = ImportedAsset.objects.get().file.name
    own = StandardPage(title="Songs", slug="songs", body=[("html", {"source": f'<audio src="/media/{name}"></audio>'})])
    HomePage.objects.get().add_child(instance=own)
    with django_capture_on_commit_callbacks(execute=True):
        undo(ImportRun.objects.get(pk=report.run))
    assert default_storage.exists(name)


@pytest.mark.parametrize("place", ["draft", "trash"])
def test_a_picture_that_only_a_draft_or_a_deleted_page_uses_stays(tree: Path, place: str) -> None:
    HomePage.objects.get().add_child(instance=StandardPage(title="Own", slug="own"))
    report = run(tree)
    own = StandardPage.objects.get(slug="own")
    own.body = [("image", {"image": {"image": CustomImage.objects.get(), "decorative": True}})]
    own.save_revision()
    if place == "trash":
        own = StandardPage.objects.get(slug="own")
        trash(own, None)
        own.delete()
    undo(ImportRun.objects.get(pk=report.run))
    assert CustomImage.objects.count() == 1


def test_a_changed_file_is_the_old_one_again(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {POST: post("[a](/a.csv)\n"), "a.csv": "1"}))
    report = run(write_tree(tmp_path, {"a.csv": "2"}))
    undo(ImportRun.objects.get(pk=report.run))
    response = client.get("/a.csv", follow=True)
    assert response.getvalue() == b"1"
    assert Document.objects.count() == 1
    response.close()


def test_tags_and_the_like_that_nothing_uses_any_more_go_with_the_run(tmp_path: Path) -> None:
    front = {"tags": "[tide, moon, kept]", "categories": "water", "author": "Mara Lindqvist", "series": "Sea"}
    Tag.objects.create(name="moon")
    report = run(write_tree(tmp_path, {POST: post("x\n", **front)}))
    other = BlogPage(title="Own", slug="own", date=now())
    BlogIndexPage.objects.get().add_child(instance=other)
    other.tags.add("kept")
    other.save()
    Person.objects.update(role="Engineer")
    undo(ImportRun.objects.get(pk=report.run))
    assert set(Tag.objects.values_list("name", flat=True)) == {"moon", "kept"}
    assert not Category.objects.exists()
    assert not Series.objects.exists()
    assert Person.objects.exists(), "somebody has written there since"


def test_redirects_lead_to_where_they_led_before(tmp_path: Path) -> None:
    mine = Redirect.add_redirect("/old/", redirect_to="https://elsewhere.example/")
    files = {
        POST: post("x\n", redirect_from="/old/"),
        "feed.xml": "---\n---\n{% for post in site.posts %}{% endfor %}\n",
    }
    report = run(write_tree(tmp_path, files))
    mine.refresh_from_db()
    assert mine.redirect_page is not None
    undo(ImportRun.objects.get(pk=report.run))
    (left,) = Redirect.objects.all()
    assert (left.old_path, left.redirect_link, left.redirect_page) == ("/old", "https://elsewhere.example/", None)


def test_the_home_page_that_an_import_took_over_is_what_it_was(tmp_path: Path) -> None:
    home = HomePage.objects.get()
    report = run(write_tree(tmp_path, {"index.md": "---\ntitle: Saltmarsh\npermalink: /\nintro: Hello\n---\nTides.\n"}))
    assert HomePage.objects.get().title == "Saltmarsh"
    assert undo(ImportRun.objects.get(pk=report.run)).reverted == ["Saltmarsh"]
    after = HomePage.objects.get()
    assert (after.title, after.slug, after.intro, list(after.body)) == (home.title, home.slug, home.intro, [])
    assert row(run(tmp_path), "index.md").outcome == "created", "and may be taken over again"


def test_what_the_export_gives_back_is_what_it_was(tmp_path: Path) -> None:
    run(write_tree(tmp_path, {POST: post("x\n"), "_includes/a.html": "one"}))
    before = sorted(ImportedFile.objects.values_list("path", "sha256"))
    report = run(write_tree(tmp_path, {POST: post("y\n"), "_includes/a.html": "two", "_includes/b.html": "new"}))
    undo(ImportRun.objects.get(pk=report.run))
    assert sorted(ImportedFile.objects.values_list("path", "sha256")) == before


def test_import_after_an_undo_introduces_the_owner_again(tmp_path: Path) -> None:
    source = write_tree(tmp_path, {POST: post("Rises.\n")})
    for _ in range(2):
        run(source)
        assert SiteSettings.objects.get().owner_name == "Mara Lindqvist"
        undo(ImportRun.objects.latest("pk"))
        assert not SiteSettings.objects.filter(owner_name="Mara Lindqvist").exists()
