"""Media and private files in an S3-compatible bucket."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.exceptions import ClientError
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import Http404
from django.test import Client, RequestFactory
from moto import mock_aws
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from portfolio.admin.jobs.private_files import (
    delete_expired_files,
    delete_private_file,
    download_response,
    has_private_file,
    local_copy,
    store_upload,
)
from portfolio.backup.manifest import stored_names
from portfolio.delivery.media import serve_media
from portfolio.delivery.middleware import content_security_policy
from portfolio.delivery.monitoring.readiness import CHECKS, FAILING, OK
from portfolio.delivery.storage.bucket import BucketMedia, PrivateFiles, PublicBucket
from tests.project.test_settings import PRODUCTION, start, values

NAME = "portfolio-media"


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket in place of the disk."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    settings.AWS_STORAGE_BUCKET_NAME, settings.AWS_S3_REGION_NAME = NAME, "us-east-1"
    module = "portfolio.delivery.storage.bucket"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{module}.BucketMedia"},
        "private": {"BACKEND": f"{module}.PrivateFiles"},
    }
    settings.WAGTAILDOCS_SERVE_METHOD = "redirect"
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=NAME)
        yield client


def keys(bucket: Any, name: str) -> set[str]:
    return {item["Key"] for item in bucket.list_objects_v2(Bucket=name).get("Contents", ())}


def is_signed(url: str) -> bool:
    return "X-Amz-Signature" in parse_qs(urlsplit(url).query)


def test_a_file_never_replaces_another(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    media = BucketMedia()
    assert media.save("images/tide.jpg", ContentFile(b"one")) == "images/tide.jpg"
    second = media.save("images/tide.jpg", ContentFile(b"two"))
    assert second != "images/tide.jpg"
    # Another machine stores a file of this name after it was found to be free.
    asked: list[str] = []
    exists = PublicBucket.exists

    def answer(storage: PublicBucket, name: str) -> bool:
        asked.append(name)
        return len(asked) > 1 and exists(storage, name)

    monkeypatch.setattr(PublicBucket, "exists", answer)
    third = media.save("images/tide.jpg", ContentFile(b"three"))
    assert [media.open(name).read() for name in ("images/tide.jpg", second, third)] == [b"one", b"two", b"three"]


def test_a_service_without_conditional_requests_is_used_without(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    media = BucketMedia()
    plain = media.public.add_condition

    def refuse(params: dict[str, Any], **kwargs: Any) -> None:
        plain(params)
        if "IfNoneMatch" in params:
            raise ClientError({"Error": {"Code": "NotImplemented"}}, "PutObject")

    monkeypatch.setattr(media.public, "add_condition", refuse)
    assert media.save("images/tide.jpg", ContentFile(b"one")) == "images/tide.jpg"


def test_documents_and_private_files_have_signed_urls_and_images_have_not(bucket: Any) -> None:
    media, private = BucketMedia(), PrivateFiles()
    assert media.url("images/low tide.jpg") == f"https://{NAME}.s3.amazonaws.com/images/low%20tide.jpg"
    for url in (media.url("documents/notes.pdf"), media.url("x/../documents/notes.pdf"), private.url("site.zip")):
        assert is_signed(url)
        assert int(parse_qs(urlsplit(url).query)["X-Amz-Expires"][0]) <= 300
    header = parse_qs(urlsplit(media.url("documents/a.csv.gz")).query)["response-content-disposition"]
    assert header == ['attachment; filename="a.csv.gz"']
    with pytest.raises(FileNotFoundError):
        media.url("private/site.zip")
    with pytest.raises(SuspiciousOperation):
        private.open("../documents/notes.pdf")


def test_the_own_domain_of_the_bucket_is_only_for_public_files(bucket: Any, settings: Any) -> None:
    settings.AWS_S3_CUSTOM_DOMAIN = "media.example.org"
    media = BucketMedia()
    assert media.url("images/tide.jpg") == "https://media.example.org/images/tide.jpg"
    assert urlsplit(media.url("documents/notes.pdf")).hostname != "media.example.org"


def test_private_files_can_have_a_bucket_of_their_own(bucket: Any, settings: Any) -> None:
    settings.AWS_PRIVATE_BUCKET_NAME = "portfolio-private"
    bucket.create_bucket(Bucket="portfolio-private")
    media = BucketMedia()
    media.save("documents/notes.pdf", ContentFile(b"%PDF"))
    media.save("images/tide.jpg", ContentFile(b"image"))
    PrivateFiles().save("0/site.zip", ContentFile(b"PK"))
    assert keys(bucket, NAME) == {"images/tide.jpg"}
    assert keys(bucket, "portfolio-private") == {"documents/notes.pdf", "private/0/site.zip"}
    assert list(stored_names(media)) == ["documents/notes.pdf", "images/tide.jpg"]


def test_private_files_are_no_media_files(bucket: Any) -> None:
    media = BucketMedia()
    media.save("images/tide.jpg", ContentFile(b"image"))
    PrivateFiles().save("0/site.zip", ContentFile(b"PK"))
    assert list(stored_names(media)) == ["images/tide.jpg"]


def test_readiness_asks_the_bucket_from_any_thread_with_the_same_client(
    bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    make_resource = boto3.session.Session.resource

    def count(*args: Any, **kwargs: Any) -> Any:
        made.append(args)
        return make_resource(*args, **kwargs)

    monkeypatch.setattr(boto3.session.Session, "resource", count)
    states: list[str] = []
    for _ in range(3):
        thread = Thread(target=lambda: states.append(CHECKS["media"].state()))
        thread.start()
        thread.join()
    assert states == [OK] * 3
    assert len(made) == 2, "one of the public and one of the private files"
    monkeypatch.setattr(storages["private"].shared_client, "head_object", refuse_access)
    assert CHECKS["media"].state() == FAILING


def refuse_access(**kwargs: Any) -> None:
    raise ClientError({"Error": {"Code": "403"}, "ResponseMetadata": {"HTTPStatusCode": 403}}, "HeadObject")


def test_a_compressed_file_is_stored_as_what_it_is(bucket: Any) -> None:
    BucketMedia().save("documents/data.csv.gz", ContentFile(b"\x1f\x8b"))
    head = bucket.head_object(Bucket=NAME, Key="documents/data.csv.gz")
    assert head["ContentType"] == "application/gzip"
    assert "ContentEncoding" not in head
    assert head["CacheControl"] == "private, no-store"


@pytest.mark.django_db
def test_an_archive_is_read_from_the_bucket_and_deleted_there(bucket: Any) -> None:
    name = store_upload("my site.zip", ContentFile(b"PK"))
    with local_copy(name) as path:
        assert (path.name, path.read_bytes()) == ("my-site.zip", b"PK")
    assert not path.exists()
    assert is_signed(download_response(name).headers["Location"])
    delete_expired_files()
    assert has_private_file(name)
    delete_private_file(name)
    assert not has_private_file(name)
    assert keys(bucket, NAME) == set()


@pytest.mark.django_db
def test_a_document_is_redirected_to_once_its_reader_is_checked(bucket: Any, client: Client) -> None:
    private = Collection.get_first_root_node().add_child(name="Members")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    documents = get_document_model().objects
    public = documents.create(title="Notes", file=ContentFile(b"%PDF", "notes.pdf"))
    hidden = documents.create(title="Minutes", file=ContentFile(b"%PDF", "minutes.pdf"), collection=private)
    response = client.get(public.url)
    assert is_signed(response.headers["Location"])
    assert response.headers["Cache-Control"] == "private, no-store"
    response = client.get(hidden.url)
    assert (response.status_code, is_signed(response.headers["Location"])) == (302, False)


def test_old_urls_of_media_lead_to_the_bucket(bucket: Any) -> None:
    request = RequestFactory().get("/media/images/tide.jpg")
    assert serve_media(request, "images/tide.jpg").headers["Location"] == BucketMedia().url("images/tide.jpg")
    for path in ("documents/notes.pdf", "private/site.zip", "../private/site.zip", "x/../../a"):
        with pytest.raises(Http404):
            serve_media(request, path)


@pytest.mark.parametrize(
    ("options", "origin"),
    [
        ({}, f"https://{NAME}.s3.amazonaws.com"),
        ({"AWS_S3_ENDPOINT_URL": "http://127.0.0.1:9000"}, "http://127.0.0.1:9000"),
        ({"AWS_S3_ENDPOINT_URL": "https://s3.example.net"}, "https://s3.example.net"),
        ({"AWS_S3_CUSTOM_DOMAIN": "media.example.org"}, "https://media.example.org"),
        ({"AWS_S3_CUSTOM_DOMAIN": "media.example.org/folder"}, "https://media.example.org"),
    ],
)
def test_the_policy_allows_images_of_the_bucket(
    bucket: Any, settings: Any, options: dict[str, str], origin: str
) -> None:
    for name, value in options.items():
        setattr(settings, name, value)
    for policy in (content_security_policy.public_policy(), content_security_policy.admin_policy()):
        directives = dict(part.split(" ", 1) for part in policy.split("; "))
        allowing = {name for name, sources in directives.items() if origin in sources.split()}
        assert allowing == {"img-src", "media-src"}
    assert PublicBucket().url("images/tide.jpg").startswith(f"{origin}/")


def test_a_bucket_needs_its_extra_and_is_used_for_both_storages() -> None:
    stored = values("STORAGES", **PRODUCTION, AWS_STORAGE_BUCKET_NAME=NAME)["STORAGES"]
    assert [stored[name]["BACKEND"].rpartition(".")[2] for name in ("default", "private")] == [
        "BucketMedia",
        "PrivateFiles",
    ]
    code = "import sys; sys.modules['storages'] = None\nimport django; django.setup()"
    assert "AWS_STORAGE_BUCKET_NAME is set" in start(code, **PRODUCTION, AWS_STORAGE_BUCKET_NAME=NAME).stderr
