"""Uploads and documents: ranges, conditions, types, names. Both are served alike and tested alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

pytestmark = pytest.mark.django_db

DATA = bytes(range(256)) * 40  # 10,240 bytes
SIZE = len(DATA)


@pytest.fixture(params=["upload", "document"])
def address(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> str:
    """Where a film of ``DATA`` is served: below /media/, or as a document."""
    return stored(request.param, "film.mp4", DATA, settings, tmp_path)


def stored(kind: str, name: str, data: bytes, settings: LazySettings, folder: Path) -> str:
    settings.MEDIA_ROOT = str(folder)
    if kind == "upload":
        (folder / name).write_bytes(data)
        return f"/media/{name}"
    document = get_document_model().objects.create(title=name, file=ContentFile(data, name=name))
    document._set_document_file_metadata()
    document.save()
    document.file.close()
    return document.url


def test_a_whole_file_says_that_it_can_be_had_in_parts(client, address):
    response = client.get(address)
    assert (response.status_code, response.getvalue()) == (200, DATA)
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Length"] == str(SIZE)
    assert response.headers["ETag"].startswith('"')
    assert response.headers["Last-Modified"]


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-1", slice(0, 2)),  # what Safari asks first
        ("bytes=100-199", slice(100, 200)),
        ("bytes=10000-", slice(10000, None)),
        ("bytes=-10", slice(-10, None)),
        (f"bytes=0-{SIZE * 9}", slice(None)),
    ],
)
def test_a_part_is_answered_with_206(client, address, header, part):
    response = client.get(address, headers={"Range": header, "Accept-Encoding": "gzip"})
    assert (response.status_code, response.getvalue()) == (206, DATA[part])
    start, stop, _ = part.indices(SIZE)
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(stop - start)
    assert "Content-Encoding" not in response.headers
    whole = client.get(address)
    whole.getvalue()
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Security-Policy", "X-Content-Type-Options"):
        assert response.headers[name] == whole.headers[name], name


def test_a_part_behind_the_end_is_answered_with_416(client, address):
    response = client.get(address, headers={"Range": f"bytes={SIZE}-"})
    assert (response.status_code, response.content) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("header", ["bytes=0-1,5-6", "bytes=9-3", "nonsense"])
def test_any_other_range_gets_the_whole(client, address, header):
    response = client.get(address, headers={"Range": header})
    assert (response.status_code, response.getvalue()) == (200, DATA)


def test_head_ignores_the_range_and_sends_nothing(client, address):
    response = client.head(address, headers={"Range": "bytes=0-1"})
    assert (response.status_code, response.getvalue()) == (200, b"")
    assert (response.headers["Content-Length"], response.headers["Accept-Ranges"]) == (str(SIZE), "bytes")


def test_the_rest_is_sent_only_of_the_file_whose_beginning_was_sent(client, address):
    first = client.get(address, headers={"Range": "bytes=0-9"})
    first.getvalue()
    old = "Thu, 01 Jan 1970 00:00:00 GMT"
    same = (first.headers["ETag"], first.headers["Last-Modified"])
    other = ('"another"', f"W/{first.headers['ETag']}", old, "nonsense")
    for condition in same:
        response = client.get(address, headers={"Range": "bytes=10-", "If-Range": condition})
        assert (response.status_code, response.getvalue()) == (206, DATA[10:]), condition
    for condition in other:
        response = client.get(address, headers={"Range": "bytes=10-", "If-Range": condition})
        assert (response.status_code, response.getvalue()) == (200, DATA), condition


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_file_that_the_reader_has_is_not_sent_again(client, address, method):
    whole = client.get(address)
    whole.getvalue()
    tag, moment = whole.headers["ETag"], whole.headers["Last-Modified"]
    known = [{"If-None-Match": value} for value in (tag, f"W/{tag}", "*")] + [{"If-Modified-Since": moment}]
    for headers in known:
        for also in ({}, {"Range": "bytes=0-1"}):
            response = getattr(client, method)(address, headers={**headers, **also})
            assert (response.status_code, response.content) == (304, b""), (headers, also)
    for headers in ({"If-None-Match": '"x"', "If-Modified-Since": moment}, {"If-Modified-Since": "no date"}):
        response = getattr(client, method)(address, headers=headers)
        response.getvalue()
        assert response.status_code == 200, headers
    refused = client.get(address, headers={"If-Match": '"x"'})
    assert refused.status_code == 412


PACKED = {
    "table.csv.gz": "application/gzip",
    "site.tar.gz": "application/gzip",
    "site.tgz": "application/gzip",
    "notes.txt.bz2": "application/x-bzip",
    "data.json.xz": "application/x-xz",
    "data.zip": "application/zip",
    "drawing.svgz": "application/gzip",
    "table.csv": "text/csv",
}


@pytest.mark.parametrize("kind", ["upload", "document"])
@pytest.mark.parametrize(("name", "content_type"), PACKED.items())
def test_packed_files_are_delivered_as_they_are(kind, name, content_type, client, settings, tmp_path):
    address = stored(kind, name, DATA, settings, tmp_path)
    for encoding in ("gzip", "identity"):
        response = client.get(address, headers={"Accept-Encoding": encoding})
        assert (response.status_code, response.getvalue()) == (200, DATA)
        assert "Content-Encoding" not in response.headers
        assert response.headers["Content-Type"].startswith(content_type)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Length"] == str(SIZE)


def test_an_empty_file_is_sent(client, settings, tmp_path):
    for kind in ("upload", "document"):
        response = client.get(stored(kind, "none.mp4", b"", settings, tmp_path), headers={"Range": "bytes=0-"})
        assert (response.status_code, response.getvalue()) == (200, b"")


def test_documents_without_a_hash_have_tags_of_their_own(client, settings, tmp_path):
    tags = set()
    for name in ("a.csv", "b.csv"):
        address = stored("document", name, name.encode() * 3, settings, tmp_path)
        get_document_model().objects.update(file_hash="")
        response = client.get(address)
        response.getvalue()
        tags.add(response.headers["ETag"])
    assert len(tags) == 2
    assert '""' not in tags


HOSTILE = [
    *("a" * 300, "a" * 300 + ".jpg", "é" * 200 + ".png", "a/" * 3000, "images/" + "n" * 5000, "a" * 255 + "/b.png"),
    *("%00", "a%00.png", "images/%00/x", "%00/../a.png", "%ff%fe.png", "%ed%a0%80.png", "a%0ab", "con", "..", ".", "/"),
    *("images/" + "n" * 250 + ".max-800x800.format-webp.webp", "original_images/" + "%F0%9F%8C%8A" * 100 + ".jpg"),
]


@pytest.mark.parametrize("name", HOSTILE, ids=[f"{place} {name[:24]}" for place, name in enumerate(HOSTILE)])
@pytest.mark.parametrize("place", ["/media/", "/documents/1/", "/media/documents/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_name_that_no_file_can_have_is_not_found(place, name, method, client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    assert getattr(client, method)(place + name).status_code in (301, 400, 404)


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 40, "9" * 5000, "٣"], ids=["0", "19", "40", "5000", "arabic"])
def test_a_number_that_no_document_has_is_not_found(number, client):
    assert client.get(f"/documents/{number}/a.pdf").status_code == 404
    assert client.get(f"/documents/authenticate_with_password/{number}/").status_code == 404
