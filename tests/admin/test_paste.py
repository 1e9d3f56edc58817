"""What is pasted into a body, as the blocks that the form gets."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Page

from portfolio.blocks import BodyBlocks
from portfolio.images.renditions.generate import generate_missing
from portfolio.models import CustomImage
from tests import builders

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "pasted"


@pytest.fixture
def editor(client):
    client.force_login(builders.user("Editors"))
    return client


def png(name: str = "hinge.png", colour: str = "red", **details) -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "PNG", **details)
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def paste(client, html: str, **fields) -> dict:
    file = SimpleUploadedFile("html", html.encode(), "text/html")
    return client.post(reverse("paste_html"), {"html": file, **fields}).json()


def kinds(answer: dict) -> list[str]:
    return [block["type"] for block in answer["blocks"]]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_blocks_of_every_source_are_what_the_form_takes(editor, path):
    answer = paste(editor, path.read_text("utf-8"), **{"pasted:0": png()})

    assert answer["blocks"]
    kept = [block["value"]["source"] for block in answer["blocks"] if block["type"] in ("html", "markdown")]
    # A numbered list that goes on after bullets in it: the editor would number it anew.
    assert all(re.match("<ol><li>.*<ul>.*</ul></li><li>", html) for html in kept)


def test_google_doc_becomes_its_blocks_and_its_picture_is_told_of(editor):
    answer = paste(editor, (FOLDER / "google_docs.html").read_text("utf-8"))

    assert kinds(answer) == ["heading", "text", "heading", "table", "code", "divider"]
    assert any("lh7-rt.googleusercontent.com" in note for note in answer["notes"])
    assert "googleusercontent" not in str(answer["blocks"])
    assert answer["prose"] == ""


def test_prose_alone_is_given_as_text_too(editor):
    answer = paste(editor, "<p>One <b>word</b>.</p><ul><li>a<ul><li>b</li></ul></li></ul>")

    assert kinds(answer) == ["text"]
    assert answer["prose"] == "<p>One <b>word</b>.</p><ul><li>a<ul><li>b</li></ul></li></ul>"


def test_nothing_that_runs_is_in_a_block(editor):
    html = (
        '<div onclick="x()"><p>a<a href="java&#10;script:x()">b</a><img src=x onerror=x()></p><svg onload=x()></svg>'
        '<math href="javascript:x()"><mi>c</mi></math><pre onmouseover=x()>&lt;script&gt;x()&lt;/script&gt;</pre>'
        '<table><tr><td style="background:url(javascript:x())">d</td><td><script>x()</script></td></tr></table></div>'
    )
    blocks = str(paste(editor, html)["blocks"])

    assert "onerror" not in blocks
    assert "onclick" not in blocks
    assert "script:" not in blocks
    assert "<script" not in blocks.replace("'code': '<script>x()</script>'", "")


def test_picture_in_the_text_is_uploaded_and_its_alt_text_kept_or_asked_for(editor):
    answer = paste(
        editor,
        '<p>See</p><img src="pasted:0" alt="A red hinge"><img src="pasted:1"><p>there.</p>',
        **{"pasted:0": png(), "pasted:1": png("image.png", "blue")},
    )

    assert kinds(answer) == ["text", "image", "image", "text"]
    hinge, other = CustomImage.objects.order_by("pk")
    assert (hinge.title, hinge.uploaded_by_user) == ("A red hinge", get_user_model().objects.get())
    assert other.title.startswith("Pasted image, ")
    first, second = (block["value"]["image"] for block in answer["blocks"][1:3])
    assert (first["alt_text"], first["decorative"]) == ("A red hinge", False)
    assert (second["alt_text"], second["decorative"]) == ("", False)


def test_picture_that_is_there_already_is_not_stored_twice(editor):
    for _ in range(2):
        paste(editor, '<img src="pasted:0">', **{"pasted:0": png()})
    editor.post(reverse("paste_image"), {"picture": png("again.png")})

    assert CustomImage.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [("broken.png", b"\x89PNG no"), ("page.html", b"<script>"), ("drawing.svg", b"<svg/>"), ("big.gif", b"GIF89a")],
)
def test_file_that_is_no_picture_is_refused_in_words(editor, name, data):
    response = editor.post(reverse("paste_image"), {"picture": SimpleUploadedFile(name, data)})

    assert response.status_code == 422
    assert name in response.json()["errors"][0]
    answer = paste(editor, '<p>a</p><img src="pasted:0">', **{"pasted:0": SimpleUploadedFile(name, data)})
    assert kinds(answer) == ["text"]
    assert any("An image was not pasted" in note for note in answer["notes"])
    assert not CustomImage.objects.exists()


def test_position_is_removed_as_from_every_upload(editor):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (53.0, 1.0, 2.0)}
    editor.post(reverse("paste_image"), {"picture": png(exif=exif)})

    image = CustomImage.objects.get()
    with Image.open(image.file.path) as stored:
        assert not stored.getexif().get_ifd(0x8825)


def test_who_may_not_add_images_adds_none(client):
    user = builders.user("Editors")
    group = user.groups.get()
    group.collection_permissions.filter(permission__codename="add_image").delete()
    client.force_login(user)

    assert client.post(reverse("paste_image"), {"picture": png()}).status_code == 422
    answer = paste(client, '<p>a</p><img src="pasted:0">', **{"pasted:0": png()})
    assert any("you may not add images" in note for note in answer["notes"])
    assert not CustomImage.objects.exists()


def test_pasted_markdown_keeps_the_name_of_a_listing(editor):
    text = '---\r\ntitle: Tides\r\n---\r\n```py title="tide.py" {2} more\r\na\r\nb\r\n```\r\n'
    answer = editor.post(reverse("paste_markdown"), {"text": text}).json()
    assert kinds(answer) == ["code"]
    assert answer["title"] == "Tides"
    (note,) = answer["notes"]
    assert "“more”" in note
    assert "4" in note
    assert "tide.py" in str(answer["blocks"])


@pytest.mark.parametrize("kind", ["markdown", "html", "text", "address", "image"])
def test_reader_and_stranger_paste_nothing(client, kind):
    assert client.post(reverse(f"paste_{kind}"), {"text": "a"}).status_code in (302, 403)
    client.force_login(builders.user())
    assert client.post(reverse(f"paste_{kind}"), {"text": "a"}).status_code in (302, 403)


def test_too_long_and_too_deep_a_text_is_refused(editor):
    assert "Paste it in parts" in paste(editor, "a" * 1_100_000)["errors"][0]
    assert "nested too deeply" in paste(editor, "<div>" * 5000)["errors"][0]


def test_picture_and_link_of_this_site_are_known(editor):
    picture = builders.picture()
    generate_missing([picture])
    page = builders.post(title="Low water")
    picture.refresh_from_db()
    small = picture.renditions.first()
    answer = paste(
        editor,
        f'<p>a <a href="http://testserver{page.url}">b</a></p>'
        f'<img src="http://testserver{picture.file.url}" alt="x"><img src="{small.url}">',
    )

    assert kinds(answer) == ["text", "image", "image"]
    assert {block["value"]["image"]["image"]["id"] for block in answer["blocks"][1:]} == {picture.pk}
    assert f'"id": {page.pk}' in str(answer["blocks"][0]["value"]).replace("'", '"') or str(page.pk) in str(
        answer["blocks"][0]["value"]
    )


def test_code_and_rows_of_plain_text(editor):
    code = editor.post(reverse("paste_text"), {"text": "\nif a:\n\tb\r\n", "language": "python", "kind": "code"}).json()
    rows = editor.post(reverse("paste_text"), {"text": "Day\tLevel\nMonday\t3\n", "kind": "rows"}).json()

    assert code["blocks"][0]["value"]["code"] == "if a:\n\tb"
    assert code["blocks"][0]["value"]["language"] == "python"
    assert kinds(rows) == ["table"]
    assert [column["heading"] for column in rows["blocks"][0]["value"]["columns"]] == ["Day", "Level"]


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://youtu.be/abcDEF_1234", "https://youtu.be/abcDEF_1234"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"),
        (
            "https://www.linkedin.com/posts/tor-aune_tides-activity-7123456789012345678-aBcD?utm_source=share",
            "https://www.linkedin.com/embed/feed/update/urn:li:activity:7123456789012345678",
        ),
        ("https://codepen.io/mara/pen/abcDE", "https://codepen.io/mara/embed/abcDE"),
    ],
)
def test_address_of_a_player_becomes_an_embed(editor, address, player):
    answer = editor.post(reverse("paste_address"), {"address": address}).json()

    assert kinds(answer) == ["embed"]
    assert answer["blocks"][0]["value"]["url"] == player


def test_address_of_this_site_becomes_its_picture_or_a_link_with_a_title(editor):
    picture, page = builders.picture(), builders.post(title="Salt & <water>")
    shown = editor.post(reverse("paste_address"), {"address": f"http://testserver{picture.file.url}"}).json()
    linked = editor.post(reverse("paste_address"), {"address": f"http://testserver{page.url}"}).json()

    assert kinds(shown) == ["image"]
    assert kinds(linked) == ["text"]
    assert "Salt & <water>" in str(linked["blocks"][0]["value"])


@pytest.mark.parametrize(
    "address",
    ["https://gist.github.com/mara/1", "https://tides.example/", "http://testserver/nowhere/", "http://[a", "/admin/"],
)
def test_other_address_stays_an_address(editor, address):
    assert editor.post(reverse("paste_address"), {"address": address}).json() == {"blocks": [], "notes": []}


def test_draft_is_not_named_by_its_address(editor):
    page = builders.post(title="Secret plan")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert editor.post(reverse("paste_address"), {"address": page.full_url}).json()["blocks"] == []


def test_blocks_store_what_was_pasted(editor):
    """The whole way: what the form gets is what a StreamField holds."""
    answer = paste(editor, (FOLDER / "word.html").read_text("utf-8"))
    assert kinds(answer) == ["heading", "heading", "text", "html", "quote", "table"]
    assert set(kinds(answer)) <= set(BodyBlocks().child_blocks)
