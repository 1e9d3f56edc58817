"""``move_media``: every file to the bucket and back, each copy proved, nothing deleted before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from moto import mock_aws
from wagtail.documents import get_document_model

from portfolio.delivery.storage.bucket import BucketMedia, PrivateFiles
from portfolio.management import media_transfer

FILES = {"media/images/tide.png": b"image", "media/documents/notes.pdf": b"%PDF", "private/0/site.zip": b"PK"}


@pytest.fixture
def disk(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk with files, and an empty bucket."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setitem(os.environ, name, "test")
    settings.AWS_STORAGE_BUCKET_NAME, settings.AWS_S3_REGION_NAME = "portfolio-media", "us-east-1"
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = str(tmp_path / "media"), str(tmp_path / "private")
    for name, content in {**FILES, "private/background.log": b"of this machine"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="portfolio-media")
        yield tmp_path


def move(*arguments: str) -> tuple[int, str]:
    """Exit code and output."""
    output = StringIO()
    try:
        call_command("move_media", *arguments, stdout=output, stderr=output)
    except SystemExit as end:
        return int(str(end.code)), output.getvalue()
    return 0, output.getvalue()


def files_on(disk: Path) -> dict[str, bytes]:
    return {path.relative_to(disk).as_posix(): path.read_bytes() for path in disk.rglob("*") if path.is_file()}


@pytest.mark.django_db
def test_everything_moves_to_the_bucket_and_back(disk: Path) -> None:
    before = files_on(disk)
    assert move("--to", "s3") == (0, "3 copied, 0 were there already, 0 deleted.\n")
    assert files_on(disk) == before
    assert BucketMedia().open("documents/notes.pdf").read() == b"%PDF"
    assert PrivateFiles().open("0/site.zip").read() == b"PK"
    assert move("--to", "s3", "--delete") == (0, "0 copied, 3 were there already, 3 deleted.\n")
    assert set(files_on(disk)) == {"private/background.log"}
    assert move("--to", "local", "--delete") == (0, "3 copied, 0 were there already, 3 deleted.\n")
    assert files_on(disk) == before
    assert not PrivateFiles().exists("0/site.zip")


@pytest.mark.django_db
def test_what_differs_or_is_missing_is_named_and_nothing_is_deleted(disk: Path) -> None:
    documents = get_document_model().objects
    documents.bulk_create([get_document_model()(title="Lost", file="documents/lost.pdf")])
    BucketMedia().save("images/tide.png", ContentFile(b"another"))
    before = files_on(disk)
    code, output = move("--to", "s3", "--delete")
    assert code == 1
    for part in (
        "2 copied",
        "media/images/tide.png",
        "wagtaildocs.Document: documents/lost.pdf",
        "Nothing was deleted",
    ):
        assert part in output
    assert files_on(disk) == before
    assert BucketMedia().open("images/tide.png").read() == b"another"


@pytest.mark.django_db
def test_a_copy_that_is_not_the_same_is_told_and_taken_back(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = media_transfer.digest_in

    def damaged(storage: Any, name: str) -> Any:
        return None if isinstance(storage, PrivateFiles) else read(storage, name)

    monkeypatch.setattr(media_transfer, "digest_in", damaged)
    code, output = move("--to", "s3", "--delete")
    assert (code, "private/0/site.zip: the copy differs" in output) == (1, True)
    assert not PrivateFiles().exists("0/site.zip")
    assert (disk / "private/0/site.zip").exists()


@pytest.mark.django_db
def test_without_a_bucket_there_is_nowhere_to_move_to() -> None:
    with pytest.raises(CommandError, match="AWS_STORAGE_BUCKET_NAME"):
        call_command("move_media", "--to", "s3")
