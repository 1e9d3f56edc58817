"""Pictures of other hosts are stored with ``--fetch-images``; the other host is a stub here."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from benchmarks.round_trip import exported
from blog.models import BlogPage
from portfolio.admin.imports import picture_fetcher
from portfolio.admin.imports.picture_fetcher import PictureFetcher
from portfolio.delivery.public_http import public_addresses
from portfolio.images.sanitise import ImageRefused
from portfolio.models import CustomImage, ImportedAsset, ImportJob
from tests.importer.trees import codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

PATH = "_posts/2021-05-04-tides.md"
ASKED: list[str] = []


class PictureStub(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ASKED.append(self.path)
        target = {"/moved.png": "/a.png", "/inside.png": "http://10.0.0.1/a.png"}.get(self.path, "")
        self.send_response(301 if target else 404 if self.path == "/gone.png" else 200)
        if target:
            self.send_header("Location", target)
        data = b"<html>" if self.path == "/page.png" else picture("navy" if self.path == "/b.png" else "teal")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(b"" if target else data * (40_000 if self.path == "/large.png" else 1))

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), PictureStub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://pictures.example:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"] if host == "pictures.example" else public_addresses(host, port)


def fetcher(**limits: float) -> PictureFetcher:
    return PictureFetcher(here, **limits)


def test_pictures_of_other_hosts_are_stored_once_and_exported_as_links(
    host: str, tmp_path: Path, client: Client
) -> None:
    text = f"Before.\n\n![A]({host}/a.png)\n\nIn a line ![B]({host}/b.png) of text.\n\n![A again]({host}/a.png)\n"
    files = {PATH: post(text, image=f"{host}/moved.png")}
    tree = write_tree(tmp_path / "site", files)
    report = run(tree)
    assert codes(row(report, PATH)) == ["remote-image"] * 4
    assert [problem.message[:12] for problem in report.problems if problem.code == "remote-images"] == ["4 pictures a"]
    report = run(tree, fetch=fetcher())
    assert codes(row(report, PATH)) == []
    assert ASKED == ["/moved.png", "/a.png", "/a.png", "/b.png"]
    page = BlogPage.objects.get()
    assert [block.block_type for block in page.body] == ["text", "image", "html", "image"]
    assert page.cover_id == page.body[1].value["image"].pk
    assert CustomImage.objects.count() == 2
    assert {asset.old_url for asset in ImportedAsset.objects.all()} >= {f"{host}/a.png", f"{host}/b.png"}
    assert host not in client.get(page.url).content.decode()
    page.body[0].value.source = page.body[0].value.source.replace("Before", "After")
    page.save_revision().publish()
    out, _ = exported(tmp_path / "out")
    assert (out / PATH).read_text() == files[PATH].replace("Before.", "After.")
    (tree / PATH).write_text(files[PATH] + "\nMore.\n")
    run(tree)  # the pictures stay without being fetched again
    assert [block.block_type for block in BlogPage.objects.get().body][:4] == ["text", "image", "html", "image"]
    assert len(ASKED) == 4


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/gone.png", "answers 404"),
        ("/inside.png", "private network"),
        ("/page.png", "not"),
        ("/large.png", "more than 1 MB"),
    ],
)
def test_a_picture_that_cannot_be_had_is_told(
    address: str, reason: str, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_fetcher, "MAX_BYTES", 2**20)
    report = run(write_tree(tmp_path, {PATH: post(f"![A]({host}{address})\n")}), fetch=fetcher())
    found = row(report, PATH)
    assert codes(found) == ["not-fetched", "remote-image"]
    assert reason in found.problems[0].message
    assert found.problems[0].line == 5
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize("address", ["http://127.0.0.1/a.png", "http://[::1]/a.png", "ftp://pictures.example/a.png"])
def test_no_address_of_this_network_is_asked(address: str) -> None:
    with pytest.raises(ImageRefused):
        PictureFetcher()(address)


def test_the_limits_of_an_import(host: str) -> None:
    fetch = fetcher(max_pictures=1)
    assert fetch(f"{host}/a.png")
    with pytest.raises(ImageRefused, match="at most 1 pictures"):
        fetch(f"{host}/b.png")
    with pytest.raises(ImageRefused, match="import again"):
        fetcher(max_seconds=-1)(f"{host}/a.png")


def test_a_host_that_does_not_answer_in_time_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_fetcher, "TOTAL_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address, fetch = f"http://pictures.example:{server.getsockname()[1]}/a.png", fetcher()
        with pytest.raises(ImageRefused, match="does not answer within"):
            fetch(address)
        with pytest.raises(ImageRefused, match="before"):
            fetch(address)


def test_the_form_asks_whether_to_fetch(admin_client: Client, settings: object, tmp_path: Path) -> None:
    html = admin_client.get(reverse("import_list")).content.decode()
    assert "Fetch pictures from other hosts" in html
    assert ImportJob(name="a").fetch_images is False
