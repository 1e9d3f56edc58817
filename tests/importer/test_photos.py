"""Photos of a source tree: taken in as an upload is, and one that cannot be used costs nothing but itself."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from blog.models import BlogPage
from portfolio.images import sanitise
from portfolio.images.svg import sanitise_svg
from portfolio.models import CustomImage
from tests.images.builders import PLACES, POSITIONS, exif, mpo, photo, saved
from tests.images.test_uploads import REFUSED
from tests.importer.trees import codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
FILES = [name for name in REFUSED if Path(name).suffix in (".jpg", ".png", ".gif", ".webp", ".avif", ".heic", ".bmp")]
FILES = [name for name in FILES if "named" not in name]


def stored() -> list[bytes]:
    """The bytes of every original and every other file that the import has stored."""
    root = Path(default_storage.location)
    return [file.read_bytes() for folder in ("original_images", "files") for file in (root / folder).iterdir()]


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    for folder in ("original_images", "files"):
        (tmp_path / "media" / folder).mkdir(parents=True)


@pytest.mark.parametrize("name", POSITIONS)
def test_a_photo_of_the_source_keeps_no_position(tmp_path: Path, name: str) -> None:
    extension, make = POSITIONS[name]
    body = f"One.\n\n![Gauge](/img/{name}.{extension})\n\n[Larger](/img/{name}.{extension})\n"
    tree = write_tree(tmp_path / "site", {POST: post(body), f"img/{name}.{extension}": make()})
    report = row(run(tree), POST)
    assert codes(report) == []
    image = CustomImage.objects.get()
    assert (image.width, image.height) == ((64, 96) if "turned" in name else (96, 64))
    for data in stored():
        assert not [place for place in PLACES if place in data]
        with Image.open(io.BytesIO(data)) as opened:
            assert not opened.getexif().get_ifd(0x8825)
            assert opened.format != "MPO"


@pytest.mark.parametrize("name", FILES)
def test_a_photo_that_cannot_be_used_is_told_with_its_line_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    files = {
        POST: post(f"One.\n\n![Gauge](/img/{name})\n\n![Whole](/img/whole.jpg)\n", image=f"/img/{name}"),
        "_posts/2021-05-05-second.md": post("Two.\n", title="Second"),
        f"img/{name}": REFUSED[name],
        "img/whole.jpg": mpo(6),
    }
    report = run(write_tree(tmp_path / "site", files))
    told = [problem for problem in row(report, POST).problems if problem.code == "unusable-image"]
    assert told
    assert all(problem.line and name in problem.message for problem in told)
    assert BlogPage.objects.count() == 2
    assert CustomImage.objects.count() == 1


@pytest.mark.parametrize("extension", ["jpg", "jfif", "dat", "tif"])
def test_a_photo_that_is_only_stored_as_a_file_keeps_no_position(
    tmp_path: Path, client: Client, extension: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too large to scale, or linked to under a name that no picture has."""
    monkeypatch.setattr(sanitise, "MAX_PIXELS", 100)
    body = f"[Larger](/img/coast.{extension})\n"
    files = {POST: post(body), f"img/coast.{extension}": saved(photo(), "JPEG", exif=exif(6), xmp=b"<x exif:GPS=''/>")}
    run(write_tree(tmp_path / "site", files))
    response = client.get(f"/img/coast.{extension}", follow=True)
    with Image.open(io.BytesIO(response.getvalue())) as opened:
        assert not opened.getexif().get_ifd(0x8825)
        assert opened.getexif()[0x0112] == 6
        assert "xmp" not in opened.info


def test_a_photo_inside_a_drawing_keeps_no_position() -> None:
    inside = base64.b64encode(saved(photo(), "JPEG", exif=exif())).decode()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,{inside}"/></svg>'
    clean = sanitise_svg(drawing.encode()).data.decode()
    data = base64.b64decode(clean.split("base64,")[1].split('"')[0])
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.size == (96, 64)
        assert not opened.getexif().get_ifd(0x8825)
