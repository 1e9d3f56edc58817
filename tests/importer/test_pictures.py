"""Images are checked by their headers, turned upright and stripped of their position."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from portfolio.importer import pictures
from portfolio.importer.pictures import GPS, ORIENTATION, PictureError, prepare


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_an_ordinary_image_keeps_its_bytes() -> None:
    data = saved(Image.new("RGB", (4, 3), "teal"), "PNG")
    assert prepare(data) == pictures.Picture(data, "png")


def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    data = saved(Image.new("RGB", (8, 4), "teal"), "JPEG", exif=exif)
    with Image.open(io.BytesIO(prepare(data).data)) as upright:
        assert upright.size == (4, 8)
        assert GPS not in upright.getexif()
        assert upright.getexif().get(ORIENTATION, 1) == 1


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"%PDF-1.7 "], ids=repr)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        prepare(data)


def test_a_truncated_image_is_refused() -> None:
    data = saved(Image.effect_noise((64, 64), 90), "PNG")
    with pytest.raises(PictureError):
        prepare(data[: len(data) // 2])


def test_too_many_pixels_are_told_from_the_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 11)
    with pytest.raises(PictureError, match="4 x 3 pixels"):
        prepare(saved(Image.new("RGB", (4, 3)), "PNG"))


def test_too_many_bytes_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 10)
    with pytest.raises(PictureError, match="MB"):
        prepare(b"x" * 11)
