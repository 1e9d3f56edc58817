"""Local files that content uses: taken in once, shown or linked to, answering at their old addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from wagtail.documents.models import Document

from blog.models import BlogPage
from portfolio.importer.assets import files
from portfolio.models import CustomImage, ImportedAsset
from tests.importer.trees import codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
BODY = """[paper](/files/tides.pdf) and [again]({{ '/files/tides.pdf' | relative_url }}).
See [page 3](/files/tides.pdf#page=3).

Term
: [kept](/files/tides.pdf) ![Chart](/img/Chart.png)
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script><path d="M0 0h9"/></svg>'


def imported(tree: Path, body: str, files: dict[str, str | bytes], config: str = "url: https://saltmarsh.example\n"):
    return row(run(write_tree(tree, {POST: post(body), **files}, config)), POST)


def article(client: Client) -> str:
    html = client.get("/blog/tides/").content.decode()
    return html.split("data-article-body")[1].split("</article>")[0]


def content(client: Client, address: str) -> tuple[HttpResponse, bytes]:
    """What ``address`` leads to, and its bytes. Reading a file to its end closes it."""
    response = client.get(address, follow=True)
    return response, response.getvalue()


@pytest.fixture
def paper(tmp_path: Path) -> Document:
    report = imported(tmp_path, BODY, {"files/tides.pdf": b"%PDF-1.4 tide", "img/Chart.png": picture()})
    assert report.problems == ()
    return Document.objects.get()


def test_a_linked_file_becomes_one_document_and_its_links_point_to_it(paper: Document, client: Client) -> None:
    text = BlogPage.objects.get().body[0].value.source
    assert text.count(f'<a linktype="document" id="{paper.pk}">') == 2
    assert article(client).count(f'href="{paper.url}"') == 3, "the kept definition list among them"
    assert content(client, paper.url)[1] == b"%PDF-1.4 tide"


def test_a_link_into_a_file_keeps_its_fragment_and_the_old_address(paper: Document, client: Client) -> None:
    assert 'href="/files/tides.pdf#page=3"' in article(client)


@pytest.mark.parametrize(
    ("old", "becomes"), [("/files/tides.pdf", "/documents/"), ("/img/Chart.png", "/media/original_images/")]
)
def test_the_old_address_of_a_file_answers_in_one_hop(paper: Document, client: Client, old: str, becomes: str) -> None:
    for address in (old, f"{old}?v=2"):
        response, _ = content(client, address)
        assert [code for _, code in response.redirect_chain] == [301]
        assert response.redirect_chain[0][0].startswith(becomes)
        assert response.status_code == 200
    assert "max-age" in client.get(old).headers["Cache-Control"]
    assert client.head(old).status_code == 301


@pytest.mark.parametrize("address", ["/img/chart.png", "/img/Chart.png/x", "/Chart.png", "/img/Chart.png%00"])
def test_an_address_that_was_never_one_stays_unknown(paper: Document, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_old_address_of_a_deleted_picture_is_gone(paper: Document, client: Client) -> None:
    CustomImage.objects.all().delete()
    assert client.get("/img/Chart.png").status_code == 404


def test_a_page_that_is_found_costs_no_query_more(
    paper: Document, client: Client, count_queries: Callable[[str], int], settings: object
) -> None:
    with_it = count_queries("/")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "legacy_assets" not in name]
    assert count_queries("/") == with_it


def test_a_site_below_a_path_answers_with_and_without_it(tmp_path: Path, client: Client) -> None:
    body = "![Chart]({{ '/img/a.png' | relative_url }})\n"
    imported(tmp_path, body, {"img/a.png": picture()}, "url: https://saltmarsh.example\nbaseurl: /notes\n")
    for old in ("/img/a.png", "/notes/img/a.png"):
        assert client.get(old).status_code == 301, old


def test_an_old_address_below_media_answers_too(tmp_path: Path, client: Client) -> None:
    imported(tmp_path, "![A](/media/a.png) [b](/documents/b.pdf)\n", {"media/a.png": picture(), "documents/b.pdf": "x"})
    assert client.get("/media/a.png").headers["Location"].startswith("/media/original_images/a")
    assert client.get("/documents/b.pdf").headers["Location"].startswith("/documents/")


def test_equal_files_are_stored_once(tmp_path: Path) -> None:
    imported(tmp_path, "[a](/a.pdf) [b](/b.pdf)\n", {"a.pdf": b"%PDF same", "b.pdf": b"%PDF same"})
    assert Document.objects.count() == 1
    assert ImportedAsset.objects.filter(document=Document.objects.get()).count() == 2


def test_a_changed_file_is_taken_in_again(tmp_path: Path, client: Client) -> None:
    imported(tmp_path, "[a](/a.csv)\n", {"a.csv": "1"})
    imported(tmp_path, "[a](/a.csv)\n", {"a.csv": "2"})
    assert content(client, "/a.csv")[1] == b"2"


@pytest.mark.parametrize(
    ("link", "code"),
    [("/files/none.pdf", "missing-file"), ("/run.exe", "refused-file"),
     ("/_data/a.csv", "missing-file"),     ("/nowhere/", "dead-link"), ("/big.zip", "refused-file")],
)  # fmt: skip
def test_what_cannot_be_had_is_told_with_its_line(tmp_path: Path, link: str, code: str, settings: object) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 8
    there = {"run.exe": "MZ", "_data/a.csv": "1", "big.zip": "123456789"}
    for body in (f"One.\n\nTwo [x]({link}).\n", f"One.\n\nTerm\n: [x]({link})\n"):
        (problem,) = imported(tmp_path, body, there).problems
        assert (problem.code, problem.severity) == (code, "warning")
        assert problem.line in (7, 8)
        assert link in problem.message
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["key.asc", "tide.scad", "deep/LICENCE", "model.QZV"])
def test_a_linked_file_of_any_harmless_kind_is_a_download(tmp_path: Path, client: Client, name: str) -> None:
    report = imported(tmp_path, f"[it](/{name})\n", {name: b"<script>alert(1)</script>"})
    assert report.problems == ()
    response, data = content(client, f"/{name}")
    assert data == b"<script>alert(1)</script>"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_video_of_the_site_is_shown_from_here(tmp_path: Path, client: Client) -> None:
    body = '<video controls poster="/img/a.png"><source src="/film/gauge.mp4" type="video/mp4"></video>\n'
    report = imported(tmp_path, body, {"film/gauge.mp4": b"\0\0film", "img/a.png": picture()})
    assert report.problems == ()
    assert 'src="/media/files/gauge' in article(client)
    assert 'poster="/media/original_images/' in article(client)
    stored, _ = content(client, "/film/gauge.mp4")
    assert stored.headers["Content-Type"] == "video/mp4"
    assert "attachment" not in stored.headers.get("Content-Disposition", "")


def test_a_film_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_MEDIA_BYTES", 3)
    report = imported(tmp_path, '<audio src="/a.mp3" controls></audio>\n', {"a.mp3": b"1234"})
    assert codes(report) == ["refused-file"]


def test_a_drawing_is_shown_without_what_could_run_in_it(tmp_path: Path, client: Client) -> None:
    report = imported(tmp_path, "![A line](/img/line.svg)\n", {"img/line.svg": SVG})
    assert codes(report) == ["drawing-simplified"]
    assert "<script>" in report.problems[0].message
    assert '<img src="/media/files/line' in article(client)
    response, data = content(client, "/img/line.svg")
    assert b"<path" in data
    assert b"script" not in data
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_drawing_that_cannot_be_made_safe_is_left_out_and_told(tmp_path: Path, client: Client) -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'
    report = imported(tmp_path, "One.\n\n![A line](/img/line.svg)\n", {"img/line.svg": bomb})
    assert codes(report) == ["unusable-image"]
    assert "<img" not in article(client)


def test_a_picture_of_too_many_pixels_is_shown_as_it_is(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio.images.sanitise.MAX_PIXELS", 100)
    body = "![The whole coast](/img/coast.png)\n\n[Larger](/img/coast.png)\n"
    report = run(write_tree(tmp_path, {POST: post(body), "img/coast.png": picture()}))
    assert codes(row(report, POST)) == ["large-image"]
    html = client.get(BlogPage.objects.get().url).content.decode()
    (shown,) = re.findall(r'<img src="([^"]+)"[^>]*alt="The whole coast"', html)
    assert content(client, shown)[1] == content(client, "/img/coast.png")[1] == picture()


def test_a_dry_run_leaves_no_stored_file(tmp_path: Path) -> None:
    (Path(default_storage.location) / "files").mkdir(exist_ok=True)
    (Path(default_storage.location) / "documents").mkdir(exist_ok=True)
    before = [set(default_storage.listdir(folder)[1]) for folder in ("files", "documents")]
    tree = {POST: post("[a](/a.pdf) ![b](/b.svg)\n"), "a.pdf": "%PDF", "b.svg": SVG}
    run(write_tree(tmp_path, tree), dry_run=True)
    assert [set(default_storage.listdir(folder)[1]) for folder in ("files", "documents")] == before
    assert not ImportedAsset.objects.exists()
