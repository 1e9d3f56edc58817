"""Pictures as bytes in, pictures as bytes out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from portfolio.renditions.encode import Cut, encode, size_of, tried
from portfolio.renditions.sizes import AVIF, JPEG, PLAIN, PNG, WEBP, wanted


def bytes_of(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def cut(width: int, height: int, size: tuple[int, int], *formats: str) -> Cut:
    return Cut("width-400", (0, 0, width, height), size, formats)


def test_every_format_is_of_the_size_that_was_asked_for():
    pieces = encode(bytes_of(Image.new("RGB", (80, 60), "teal")), [cut(80, 60, (40, 30), AVIF, WEBP, PLAIN)])
    assert [piece.format for piece in pieces] == [AVIF, WEBP, JPEG]
    for piece in pieces:
        opened = Image.open(io.BytesIO(piece.data))
        assert opened.size == (piece.width, piece.height) == (40, 30)
        assert opened.format == piece.format.upper()
        red, green, blue = opened.convert("RGB").getpixel((20, 15))
        assert (abs(red), abs(green - 128), abs(blue - 128)) < (12, 12, 12)


def test_what_one_can_see_through_stays_so():
    (piece,) = encode(bytes_of(Image.new("RGBA", (8, 8), (0, 0, 0, 0))), [cut(8, 8, (4, 4), PLAIN)])
    assert piece.format == PNG
    assert Image.open(io.BytesIO(piece.data)).getpixel((2, 2))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_read(mode):
    data = bytes_of(Image.new(mode, (8, 6)))
    assert len(encode(data, [cut(8, 6, (4, 3), AVIF, WEBP, PLAIN)])) == 3


def test_a_photo_for_print_is_read():
    assert encode(bytes_of(Image.new("CMYK", (8, 6)), "JPEG"), [cut(8, 6, (4, 3), WEBP)])


def test_a_photo_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("RGB", (80, 40), "white")
    image.paste("black", (0, 0, 40, 40))
    data = bytes_of(image, "PNG", exif=exif)
    assert size_of(data) == (40, 80)
    (piece,) = encode(data, [cut(40, 80, (20, 40), WEBP)])
    opened = Image.open(io.BytesIO(piece.data))
    assert (opened.getpixel((10, 5))[0] < 50, opened.getpixel((10, 35))[0] > 200) == (True, True)


def test_a_picture_that_moves_stays_as_it_is():
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("teal", "white")]
    assert size_of(bytes_of(frames[0], "GIF", save_all=True, append_images=frames[1:])) is None


def test_a_broken_file_is_told_of_and_gives_nothing(caplog):
    whole = bytes_of(Image.effect_noise((64, 64), 50))
    assert tried(whole[: len(whole) // 2], [cut(64, 64, (32, 32), WEBP)]) == []
    assert "could not be encoded" in caplog.text


@pytest.mark.parametrize(("width", "largest"), [(64, 400), (400, 400), (401, 800), (1600, 1600), (4000, 1600)])
def test_no_width_is_made_that_the_picture_does_not_have(width, largest):
    widths = [int(name.removeprefix("width-")) for name in wanted(width) if name.startswith("width-")]
    assert max(widths) == largest
    assert all(size < width for size in widths[:-1])
