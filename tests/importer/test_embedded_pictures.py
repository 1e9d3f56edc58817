"""Pictures that a text holds itself: in ``data:`` addresses they are stored, drawings are made safe and kept."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from benchmarks.round_trip import exported
from blog.models import BlogPage
from portfolio.importer.assets.data_addresses import picture_in
from portfolio.models import CustomImage
from tests.importer.trees import codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

PATH = "_posts/2021-05-04-tides.md"
DATA = f"data:image/png;base64,{base64.b64encode(picture()).decode()}"
DRAWING = (
    '<svg width="40" height="30" viewBox="0 0 4 3" id="curve" aria-label="A curve"><title>Curve</title>'
    '<script>alert(1)</script><path d="M0 0L4 3" onclick="alert(2)"/></svg>'
)


@pytest.mark.parametrize(
    ("address", "ending"),
    [
        (DATA, "png"),
        (DATA.replace("data:image/png", "DATA:image/PNG;charset=utf-8"), "png"),
        (DATA.replace("image/png", "image/jpeg").rstrip("="), "jpg"),
        ("data:image/svg+xml;base64,PHN2Zz4=", None),
        ("data:text/html;base64,PGI+", None),
        ("data:image/png;base64,????", None),
        ("data:image/png,raw", None),
        ("/a.png", None),
    ],
)
def test_a_data_address_is_read(address: str, ending: str | None) -> None:
    found = picture_in(address)
    assert (found and found[0]) == ending


def test_a_picture_in_an_address_is_stored_once_and_exported_as_it_was(tmp_path: Path, client: Client) -> None:
    text = f"Before.\n\n![A gauge]({DATA})\n\n![The same]({DATA})\n\nIn a line ![tiny]({DATA}) of text.\n"
    files = {PATH: post(text, image=f"'{DATA}'")}
    tree = write_tree(tmp_path / "site", files)
    assert codes(row(run(tree), PATH)) == []
    page, image = BlogPage.objects.get(), CustomImage.objects.get()
    assert [block.block_type for block in page.body] == ["text", "image", "image", "html"]
    assert (page.body[1].value["image"].pk, page.cover_id) == (image.pk, image.pk)
    html = BeautifulSoup(client.get(page.url).content, "lxml").select_one("[data-article-body]")
    assert len(html.select("img")) == 3
    assert "data:" not in str(html)
    out, _ = exported(tmp_path / "out")
    assert (out / PATH).read_text() == files[PATH]
    page.body[0].value.source = page.body[0].value.source.replace("Before", "After")
    page.save_revision().publish()
    out, _ = exported(tmp_path / "edited")
    assert (out / PATH).read_text() == files[PATH].replace("Before.", "After.")
    assert run(tree).documents[0].outcome != "created"
    assert CustomImage.objects.count() == 1


@pytest.mark.parametrize("data", ["bm90IGEgcGljdHVyZQ==", base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()])
def test_what_is_no_picture_is_left_out_and_told(data: str, tmp_path: Path) -> None:
    report = run(write_tree(tmp_path, {PATH: post(f"![A](data:image/png;base64,{data})\n")}))
    assert "unusable-image" in codes(row(report, PATH))
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize(
    "around", ["{}", "<figure>\n{}\n<figcaption>Caption</figcaption></figure>", "A line {} of text."]
)
def test_a_drawing_in_the_text_is_made_safe_and_kept(around: str, tmp_path: Path, client: Client) -> None:
    files = {PATH: post("Before.\n\n" + around.format(DRAWING) + "\n")}
    report = run(write_tree(tmp_path / "site", files))
    assert codes(row(report, PATH)) == ["drawing-simplified"]
    html = BeautifulSoup(client.get(BlogPage.objects.get().url).content, "lxml").select_one("[data-article-body]")
    image = html.select_one("img#curve")
    assert (image["alt"], image["width"], image["height"]) == ("A curve", "40", "30")
    drawing = b"".join(client.get(image["src"]).streaming_content).decode()
    assert "<path" in drawing
    assert "alert" not in drawing
    out, _ = exported(tmp_path / "out")
    assert (out / PATH).read_text() == files[PATH]


def test_pictures_of_a_text_written_anew_are_exported_as_files(tmp_path: Path) -> None:
    line = f"In a line ![tiny]({DATA}) of text and {DRAWING} in it.\n"
    run(write_tree(tmp_path / "site", {PATH: post(line)}))
    page = BlogPage.objects.get()
    pictures = re.findall("<img[^>]*>", page.body[0].value["source"])
    page.body[0].value["source"] = f"<p>Drawn: {pictures[1]}, seen: {pictures[0]}</p>"
    page.save_revision().publish()
    out, _ = exported(tmp_path / "out")
    text = (out / PATH).read_text()
    assert "Drawn:" in text
    assert "outside:" not in text
    names = sorted(path.name for path in (out / "assets" / "img").iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["svg", "png"]
    assert all(f"/assets/img/{name}" in text for name in names)


def test_a_part_of_another_drawing_is_told(tmp_path: Path, client: Client) -> None:
    report = run(write_tree(tmp_path, {PATH: post('Before <svg><use href="#elsewhere"/></svg> after.\n')}))
    assert codes(row(report, PATH)) == ["unsafe-html"]
    assert "<svg" not in client.get(BlogPage.objects.get().url).content.decode().partition("data-article-body")[2][:400]
