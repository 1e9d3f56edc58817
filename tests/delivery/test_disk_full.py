"""A full disk: a clear error, and nothing half-written."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from portfolio.admin.jobs import private_files
from portfolio.admin.jobs.runner import run_job
from portfolio.delivery.disk_full import is_disk_full
from portfolio.delivery.storage.whole_files import WholeFileStorage
from portfolio.images.renditions import generate
from portfolio.models import CustomImage, ImportJob, SiteExport
from tests import builders
from tests.importer.trees import every_file, picture, post, write_tree

pytestmark = pytest.mark.django_db


def no_room() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is stored comes half through."""

    def half(self: File, chunk_size: int | None = None) -> Iterator[bytes]:
        self.seek(0)
        yield self.read()[:100]
        raise no_room()

    for kind in (File, InMemoryUploadedFile):
        monkeypatch.setattr(kind, "chunks", half)


@pytest.fixture
def owner(client: Client) -> Client:
    client.raise_request_exception = False
    client.force_login(builders.user(is_superuser=True, is_staff=True))
    return client


def png(size: int = 900) -> io.BytesIO:
    data = io.BytesIO()
    Image.effect_noise((size, size), 90).convert("RGB").save(data, "PNG")
    data.seek(0)
    data.name = "noise.png"
    return data


def test_picture_that_does_not_fit_is_told_of(owner: Client, full_disk: None) -> None:
    before = every_file()
    answer = owner.post(reverse("wagtailimages:add"), {"title": "Noise", "file": png(), "collection": 1})
    assert answer.status_code == 507
    assert "disk of the server is full" in answer.content.decode()
    assert not CustomImage.objects.exists()
    assert every_file() == before


def test_archive_that_does_not_fit_is_told_of(owner: Client, full_disk: None) -> None:
    archive = io.BytesIO(b"PK" + bytes(5000))
    archive.name = "site.zip"
    before = set(private_files.private_folder().rglob("*"))
    answer = owner.post(reverse("import_list"), {"archive": archive})
    assert answer.status_code == 507
    assert not ImportJob.objects.exists()
    assert set(private_files.private_folder().rglob("*")) == before


def test_import_that_does_not_fit_does_nothing_and_says_so(
    full_disk: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_tree(tmp_path, {"_posts/2021-05-04-tides.md": post("![A](/a.png)\n"), "a.png": picture()})
    before = every_file()
    with pytest.raises(SystemExit) as ended:
        call_command("import_markdown", str(source))
    assert ended.value.code == 2
    assert "Nothing was imported. The disk of the server is full." in capsys.readouterr().err
    assert every_file() == before
    assert not builders.blog_index().get_children().exists()


def test_rendition_that_does_not_fit_leaves_the_picture_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    image = CustomImage.objects.create(title="Noise", file=File(png(), name="noise.png"))
    monkeypatch.setattr(File, "chunks", half_after(2))
    before = every_file()
    with pytest.raises(OSError, match="No space"), transaction.atomic():
        generate.generate_missing(CustomImage.objects.all())
    assert every_file() == before
    assert not image.renditions.exists()


def half_after(whole: int) -> Any:
    left = whole

    def chunks(self: File, chunk_size: int | None = None) -> Iterator[bytes]:
        nonlocal left
        left -= 1
        self.seek(0)
        yield self.read() if left >= 0 else self.read()[:10]
        if left < 0:
            raise no_room()

    return chunks


@pytest.mark.parametrize(
    "error", [no_room(), OSError(errno.EDQUOT, "Disk quota exceeded"), RuntimeError("database or disk is full")]
)
def test_job_that_finds_no_room_says_so(error: Exception) -> None:
    job = SiteExport.objects.create()
    job.request_action("export")

    def fail(job: SiteExport, tell: Any) -> None:
        raise RuntimeError("wrapped") from error

    run_job(job, fail)
    job.refresh_from_db()
    assert (job.action, "disk of the server is full" in job.error) == ("", True)


def test_file_of_somebody_else_stays(full_disk: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two uploads of one name: the one that does not fit removes its own file only."""
    storage = WholeFileStorage(location=tmp_path)
    (tmp_path / "a.txt").write_text("theirs")
    names = iter(["a.txt", "a_1.txt"])
    monkeypatch.setattr(
        "django.core.files.storage.FileSystemStorage.get_available_name", lambda *arguments: next(names)
    )
    assert storage.get_available_name("a.txt") == "a.txt"  # a moment before it was there
    with pytest.raises(OSError, match="No space"):
        storage._save("a.txt", ContentFile(b"ours" * 100))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "theirs")]


def test_other_errors_are_not_taken_for_a_full_disk() -> None:
    assert not is_disk_full(OSError(errno.EACCES, "Permission denied"))
    assert not is_disk_full(None)
