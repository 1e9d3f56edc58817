"""Pictures as bytes in, pictures as bytes out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageCms

from portfolio.images.rendition_sizes import AVIF, JPEG, PLAIN, PNG, WEBP, sizes_for
from portfolio.images.renditions.encode import Crop, ImageShape, encode, encode_or_log, shape_of


def bytes_of(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def crop(width: int, height: int, size: tuple[int, int], *formats: str) -> Crop:
    return Crop("width-400", (0, 0, width, height), size, formats)


def test_every_format_is_of_the_size_that_was_asked_for():
    pieces = encode(bytes_of(Image.new("RGB", (80, 60), "teal")), [crop(80, 60, (40, 30), AVIF, WEBP, PLAIN)])
    assert [piece.format for piece in pieces] == [AVIF, WEBP, JPEG]
    for piece in pieces:
        opened = Image.open(io.BytesIO(piece.data))
        assert opened.size == (piece.width, piece.height) == (40, 30)
        assert opened.format == piece.format.upper()
        red, green, blue = opened.convert("RGB").getpixel((20, 15))
        assert (abs(red), abs(green - 128), abs(blue - 128)) < (12, 12, 12)


def test_what_one_can_see_through_stays_so():
    (piece,) = encode(bytes_of(Image.new("RGBA", (8, 8), (0, 0, 0, 0))), [crop(8, 8, (4, 4), PLAIN)])
    assert piece.format == PNG
    assert Image.open(io.BytesIO(piece.data)).getpixel((2, 2))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_read(mode):
    data = bytes_of(Image.new(mode, (8, 6)))
    assert len(encode(data, [crop(8, 6, (4, 3), AVIF, WEBP, PLAIN)])) == 3


def test_a_photo_for_print_is_read():
    assert encode(bytes_of(Image.new("CMYK", (8, 6)), "JPEG"), [crop(8, 6, (4, 3), WEBP)])


def test_a_photo_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("RGB", (80, 40), "white")
    image.paste("black", (0, 0, 40, 40))
    data = bytes_of(image, "PNG", exif=exif)
    assert shape_of(data) == ImageShape(40, 80)
    (piece,) = encode(data, [crop(40, 80, (20, 40), WEBP)])
    opened = Image.open(io.BytesIO(piece.data))
    assert (opened.getpixel((10, 5))[0] < 50, opened.getpixel((10, 35))[0] > 200) == (True, True)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_a_picture_that_moves_is_known_by_its_header_and_encoded_by_its_first_frame(kind):
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("teal", "white")]
    data = bytes_of(frames[0], kind, save_all=True, append_images=frames[1:])
    assert shape_of(data) == ImageShape(4, 4, moving=True)
    (piece,) = encode(data, [crop(4, 4, (2, 2), PNG)])
    assert Image.open(io.BytesIO(piece.data)).convert("RGB").getpixel((0, 0))[0] < 20
    assert sizes_for(4, moving=True) == {"fill-1200x630": (PLAIN,)}


def test_a_photo_with_a_second_picture_in_it_does_not_move():
    frames = [Image.new("RGB", (8, 4), colour) for colour in ("teal", "white")]
    data = bytes_of(frames[0], "MPO", save_all=True, append_images=frames[1:])
    assert shape_of(data) == ImageShape(8, 4)
    assert len(encode(data, [crop(8, 4, (4, 2), AVIF, WEBP, PLAIN)])) == 3


def profile(space: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()


def grey_profile() -> bytes:
    """The smallest profile of a grey scale: a white point and a curve (ICC.1:2010)."""
    tags = [
        (b"wtpt", b"XYZ " + bytes(4) + b"\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d"),
        (b"kTRC", b"curv" + bytes(4) + b"\0\0\0\1\2\x33\0\0"),
    ]
    table, data, at = len(tags).to_bytes(4), b"", 128 + 4 + 12 * len(tags)
    for name, body in tags:
        table += name + (at + len(data)).to_bytes(4) + len(body).to_bytes(4)
        data += body
    size = (at + len(data)).to_bytes(4)
    head = size + bytes(4) + b"\2\x10\0\0mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28)
    return head + b"\0\0\xf6\xd6\0\1\0\0\0\0\xd3\x2d" + bytes(48) + table + data


@pytest.mark.parametrize("wanted_format", [AVIF, WEBP, PLAIN])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_the_colour_profile_of_the_picture_comes_along(mode, wanted_format):
    data = bytes_of(Image.new("RGB", (8, 8), "teal").convert(mode), icc_profile=profile("sRGB"))
    (piece,) = encode(data, [crop(8, 8, (4, 4), wanted_format)])
    assert Image.open(io.BytesIO(piece.data)).info["icc_profile"] == profile("sRGB")


@pytest.mark.parametrize("wanted_format", [AVIF, WEBP, PLAIN])
@pytest.mark.parametrize(
    "data",
    [
        bytes_of(Image.new("L", (8, 8), 90), icc_profile=grey_profile()),
        bytes_of(Image.new("LA", (8, 8), (90, 255)), icc_profile=grey_profile()),
        bytes_of(Image.new("CMYK", (8, 8), (0, 200, 200, 0)), "JPEG", icc_profile=profile("sRGB")),
        bytes_of(Image.new("RGB", (8, 8), "teal"), icc_profile=b"not a profile at all"),
        bytes_of(Image.new("RGB", (8, 8), "teal"), icc_profile=bytes(128)),
        bytes_of(Image.new("RGB", (8, 8), "teal"), icc_profile=grey_profile()),
    ],
    ids=["grey", "grey-see-through", "other-space", "no-profile", "zeros", "grey-on-colour"],
)
def test_a_profile_of_other_pixels_does_not(data, wanted_format):
    (piece,) = encode(data, [crop(8, 8, (4, 4), wanted_format)])
    opened = Image.open(io.BytesIO(piece.data))
    assert "icc_profile" not in opened.info
    assert opened.convert("RGB").getpixel((2, 2)) != (0, 0, 0)


def test_grey_is_converted_by_its_profile():
    """A curve of gamma 2.2 is sRGB's, nearly."""
    data = bytes_of(Image.new("L", (8, 8), 90), icc_profile=grey_profile())
    (piece,) = encode(data, [crop(8, 8, (4, 4), PNG)])
    assert all(abs(value - 90) < 6 for value in Image.open(io.BytesIO(piece.data)).getpixel((2, 2)))


@pytest.mark.parametrize("value", [0, 40_000])
def test_sixteen_bits_with_a_transparent_value_are_read(value):
    data = bytes_of(Image.new("I;16", (8, 8), 40_000), transparency=value)
    (piece,) = encode(data, [crop(8, 8, (4, 4), PNG)])
    assert Image.open(io.BytesIO(piece.data)).getpixel((2, 2))[3] == (0 if value else 255)


def test_nothing_else_that_the_file_says_comes_along():
    exif = Image.Exif()
    exif[0x8298], exif[0x8825] = "Ada", {1: "N"}
    for kind in ("JPEG", "WEBP", "AVIF", "PNG"):
        data = bytes_of(Image.new("RGB", (8, 8)), kind, exif=exif, comment="here", xmp=b"<x:xmpmeta/>")
        for piece in encode(data, [crop(8, 8, (4, 4), AVIF, WEBP, JPEG, PNG)]):
            assert not {"exif", "xmp", "comment"} & set(Image.open(io.BytesIO(piece.data)).info)


def test_a_broken_file_is_told_of_and_gives_nothing(caplog):
    whole = bytes_of(Image.effect_noise((64, 64), 50))
    assert encode_or_log(whole[: len(whole) // 2], [crop(64, 64, (32, 32), WEBP)]) == []
    assert "could not be encoded" in caplog.text


@pytest.mark.parametrize(("width", "largest"), [(64, 400), (400, 400), (401, 800), (1600, 1600), (4000, 1600)])
def test_no_width_is_made_that_the_picture_does_not_have(width, largest):
    widths = [int(name.removeprefix("width-")) for name in sizes_for(width) if name.startswith("width-")]
    assert max(widths) == largest
    assert all(size < width for size in widths[:-1])
