"""The import in the admin: dry run, import, again, and back; only from where it may come, only by whom it may."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from portfolio.admin.imports import forms
from portfolio.admin.jobs.private_files import has_private_file, private_folder, private_storage, store_upload
from portfolio.admin.jobs.progress import ProgressReporter, progress_of
from portfolio.engines import archive as unpacking
from portfolio.models import ImportJob, ImportRun
from tests import builders
from tests.importer.trees import picture, post, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
INDEX = "/admin/imports/"


def packed(files: dict[str, str | bytes], tmp_path: Path) -> SimpleUploadedFile:
    tree = write_tree(tmp_path / "packed" / "my-site", files)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for file in tree.rglob("*"):
            archive.write(file, file.relative_to(tree.parent))
    return SimpleUploadedFile("my-site.zip", data.getvalue(), "application/zip")


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


@pytest.fixture
def send(moderator: Client, django_capture_on_commit_callbacks: Any) -> Callable[..., str]:
    """Post, let the background work be done, and return the page that follows."""

    def send(address: str, data: dict[str, Any] | None = None) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            response = moderator.post(address, data or {})
        assert response.status_code == 302, re.findall(r"error-message[^<]*<[^>]*>[^<]*", response.content.decode())
        return moderator.get(response["Location"]).content.decode()

    return send


def test_an_upload_is_tried_then_imported_then_taken_back(send: Callable[..., str], tmp_path: Path) -> None:
    page = send(INDEX, {"archive": packed({POST: post("Rises.\n"), "img/a.png": picture()}, tmp_path)})
    assert "Nothing is written yet" in page
    assert re.search(r"<strong>1</strong>\s*to create", page)
    assert not BlogPage.objects.exists()

    job = ImportJob.objects.get()
    assert has_private_file(job.upload)
    page = send(reverse("import_apply", args=[job.pk]))
    assert "This is imported" in page
    assert BlogPage.objects.get().title == "Tides"
    job.refresh_from_db()
    assert job.upload == ""
    assert list(private_folder().glob("*/my-site.zip")) == []

    page = send(reverse("import_undo", args=[job.pk]))
    assert "This import was undone" in page
    assert "1 page removed" in page
    assert not BlogPage.objects.exists()


def test_an_edited_page_survives_the_next_upload(send: Callable[..., str], tmp_path: Path) -> None:
    send(INDEX, {"archive": packed({POST: post("Rises.\n\n## Later\n\nFalls.\n")}, tmp_path)})
    send(reverse("import_apply", args=[ImportJob.objects.get().pk]))
    page = BlogPage.objects.get()
    page.body[0].value.source = page.body[0].value.source.replace("Rises", "Climbs")
    page.save_revision().publish()

    shown = send(INDEX, {"archive": packed({POST: post("Rises.\n\n## Later\n\nFalls at noon.\n")}, tmp_path)})
    assert re.search(r"<strong>1</strong>\s*to merge", shown)
    send(reverse("import_apply", args=[ImportJob.objects.first().pk]))
    page.refresh_from_db()
    text = "".join(block.value.source for block in page.body if block.block_type == "text")
    assert "Climbs" in text
    assert "Falls at noon" in text


def test_report_says_what_is_missing_and_what_stays_as_written(send: Callable[..., str], tmp_path: Path) -> None:
    text = "![Chart](/img/none.png)\n\n[Gone](/gone/)\n\n<div class='odd'><p>x</p></div>\n"
    page = send(INDEX, {"archive": packed({POST: post(text)}, tmp_path)})
    for said in ("Missing pictures and files", "none.png", "Kept as written", "old address", f"<code>{POST}:7</code>"):
        assert said in page, said


def test_one_question_is_asked_and_wrong_answers_are_answered(
    moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Choose an archive" in moderator.post(INDEX, {}).content.decode()
    other = SimpleUploadedFile("site.rar", b"x")
    assert "This file is not a zip or tar.gz archive" in moderator.post(INDEX, {"archive": other}).content.decode()
    monkeypatch.setattr(forms, "MAX_UPLOAD", 3)
    large = SimpleUploadedFile("site.zip", b"long")
    assert "larger than" in moderator.post(INDEX, {"archive": large}).content.decode()
    assert not ImportJob.objects.exists()


def test_an_archive_that_cannot_be_unpacked_is_refused_without_the_servers_paths(send: Callable[..., str]) -> None:
    page = send(INDEX, {"archive": SimpleUploadedFile("site.zip", b"no zip at all")})
    assert "The import failed" in page
    assert "site.zip: cannot be unpacked" in page
    assert str(private_folder()) not in page


def test_the_limits_are_those_of_the_command(
    send: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MAX_TOTAL", 10)
    assert "unpacks to more than the limit" in send(INDEX, {"archive": packed({POST: post("Rises.\n")}, tmp_path)})


def test_an_upload_keeps_its_name_and_cannot_choose_its_place() -> None:
    for given, kept in (
        ("../../etc/my site.zip", "my-site.zip"),
        ("C:\\sites\\notes.tar.gz", "notes.tar.gz"),
        (".zip", "zip"),
        ("", "site.zip"),
    ):
        name = store_upload(given, ContentFile(b"x"))
        assert name.rpartition("/")[2] == kept
        assert Path(private_storage().path(name)).is_relative_to(private_folder())
    with pytest.raises(SuspiciousFileOperation):
        private_storage().path("../db.sqlite3")


def test_a_folder_of_the_server_can_be_chosen_below_the_allowed_roots_only(
    send: Callable[..., str], moderator: Client, tmp_path: Path, settings: Any
) -> None:
    settings.IMPORT_ROOTS = [str(tmp_path / "sites"), "relative", ""]
    write_tree(tmp_path / "sites" / "notes", {POST: post("Rises.\n")})
    elsewhere = write_tree(tmp_path / "elsewhere", {POST: post("Secret.\n")})
    (tmp_path / "sites" / "way-out").symlink_to(elsewhere)
    html = moderator.get(INDEX).content.decode()
    assert "sites / notes" in html
    assert "way-out" not in html
    for path in (elsewhere, "/etc", tmp_path / "sites" / "way-out", tmp_path / "sites" / ".." / "elsewhere"):
        assert "Select a valid choice" in moderator.post(INDEX, {"folder": str(path)}).content.decode()
    assert "to create" in send(INDEX, {"folder": str((tmp_path / "sites" / "notes").resolve())})


def test_a_folder_that_has_become_a_link_out_of_the_root_is_not_read(
    send: Callable[..., str], tmp_path: Path, settings: Any
) -> None:
    settings.IMPORT_ROOTS = [str(tmp_path / "sites")]
    tree = write_tree(tmp_path / "sites" / "notes", {POST: post("Rises.\n")})
    send(INDEX, {"folder": str(tree)})
    tree.rename(tmp_path / "elsewhere")
    tree.symlink_to(tmp_path / "elsewhere")
    page = send(reverse("import_apply", args=[ImportJob.objects.get().pk]))
    assert "may not be imported" in page
    assert not BlogPage.objects.exists()


def test_no_folder_is_offered_where_none_is_allowed(moderator: Client) -> None:
    assert 'name="folder"' not in moderator.get(INDEX).content.decode()


def test_a_second_press_starts_nothing_while_something_is_under_way(moderator: Client) -> None:
    job = ImportJob.objects.create(name="notes", state="checked")
    assert job.request_action("apply")
    response = moderator.post(reverse("import_apply", args=[job.pk]), follow=True)
    assert "This import is busy" in response.content.decode()


def test_progress_is_seen_from_another_process_and_after_a_reload(moderator: Client) -> None:
    job = ImportJob.objects.create(name="notes")
    job.request_action("check")
    assert "Waiting to start" in moderator.get(reverse("import_detail", args=[job.pk])).content.decode()
    assert job.claim()
    progress = ProgressReporter(job)
    progress("Importing", 3, 12)
    for _ in range(2):
        page = moderator.get(reverse("import_detail", args=[job.pk])).content.decode()
        assert "Importing: 3 of 12" in page
        assert 'value="3" max="12"' in page
    said = moderator.get(reverse("import_progress", args=[job.pk])).json()
    assert said == {"action": "check", "step": "Importing", "done": 3, "total": 12}
    progress.clear()
    assert progress_of(job).step == ""


def test_a_job_whose_process_has_died_can_be_begun_again(send: Callable[..., str], tmp_path: Path) -> None:
    send(INDEX, {"archive": packed({POST: post("Rises.\n")}, tmp_path)})
    job = ImportJob.objects.get()
    job.request_action("apply")
    long_ago = timezone.now() - timedelta(minutes=20)
    ImportJob.objects.filter(pk=job.pk).update(claimed_at=long_ago)
    assert "This is imported" in send(reverse("import_apply", args=[job.pk]))
    assert BlogPage.objects.exists()


def test_a_job_is_taken_once(moderator: Client) -> None:
    job = ImportJob.objects.create(name="notes")
    assert not job.claim()
    assert job.request_action("check")
    same = ImportJob.objects.get()
    assert job.claim()
    assert not same.claim()


def test_forgetting_removes_the_archive(send: Callable[..., str], tmp_path: Path) -> None:
    send(INDEX, {"archive": packed({POST: post("Rises.\n")}, tmp_path)})
    job = ImportJob.objects.get()
    send(reverse("import_discard", args=[job.pk]))
    assert not ImportJob.objects.exists()
    assert not has_private_file(job.upload)


def test_imports_of_the_command_line_are_listed_and_can_be_taken_back(send: Callable[..., str], tmp_path: Path) -> None:
    run(write_tree(tmp_path, {POST: post("Rises.\n")}))
    made = ImportRun.objects.get()
    page = send(reverse("import_run_undo", args=[made.pk]))
    assert "This import was undone" in page
    assert not BlogPage.objects.exists()


def test_only_the_newest_import_of_a_site_offers_to_be_taken_back(moderator: Client, tmp_path: Path) -> None:
    run(write_tree(tmp_path, {POST: post("Rises.\n")}))
    run(write_tree(tmp_path, {POST: post("Falls.\n")}))
    older, newer = ImportRun.objects.order_by("pk")
    assert "Undo this import" in moderator.get(reverse("import_run", args=[newer.pk])).content.decode()
    assert "Undo this import" not in moderator.get(reverse("import_run", args=[older.pk])).content.decode()


def test_the_list_does_not_grow_in_queries(moderator: Client, count_queries: Any, tmp_path: Path) -> None:
    run(write_tree(tmp_path, {POST: post("Rises.\n")}))
    few = count_queries(INDEX)
    for number in range(4):
        run(write_tree(tmp_path, {POST: post(f"Falls {number}.\n")}))
        ImportJob.objects.create(name=f"notes {number}", started_by=builders.user("Moderators"))
    assert count_queries(INDEX) == few


def test_editors_see_nothing_of_it(client: Client, tmp_path: Path) -> None:
    client.force_login(builders.user("Editors"))
    before = Page.objects.count()
    assert "/admin/imports/" not in client.get("/admin/").content.decode()
    for address in (INDEX, "/admin/imports/1/", "/admin/exports/"):
        assert client.get(address)["Location"] == "/admin/"
    assert client.post(INDEX, {"archive": packed({POST: post("Rises.\n")}, tmp_path)})["Location"] == "/admin/"
    assert (ImportJob.objects.count(), Page.objects.count()) == (0, before)
