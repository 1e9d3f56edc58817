"""Image files are checked in the order of what that costs, turned upright and stripped of their position."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from portfolio.images import sanitise
from portfolio.images.metadata.position import harmless_text
from portfolio.images.sanitise import ImageRefused, sanitise_image, strip_position
from tests.images.builders import (
    COPYRIGHT,
    GPS,
    GPS_BLOCK,
    ORIENTATION,
    OWNER,
    PLACED,
    PLACES,
    POSITIONS,
    WORDS,
    chunk,
    cmyk,
    exif,
    frames,
    gif_with,
    heic,
    jpeg_with,
    mpo,
    photo,
    png_text,
    png_with,
    profile,
    profile_with_notes,
    saved,
    segment,
)

WHOLE = {
    "jpg": lambda: saved(Image.effect_noise((96, 64), 60), "JPEG"),
    "png": lambda: saved(Image.effect_noise((96, 64), 60), "PNG"),
    "gif": lambda: saved(Image.effect_noise((96, 64), 60), "GIF"),
    "webp": lambda: saved(Image.effect_noise((96, 64), 60).convert("RGB"), "WEBP"),
    "avif": lambda: saved(Image.effect_noise((96, 64), 60).convert("RGB"), "AVIF"),
    "heic": lambda: heic(),
    "moving gif": lambda: frames("GIF"),
    "moving webp": lambda: frames("WEBP"),
    "moving avif": lambda: frames("AVIF"),
    "moving png": lambda: frames("PNG"),
}


def stored(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("name", POSITIONS)
def test_no_stored_image_tells_its_position(name: str) -> None:
    _, make = POSITIONS[name]
    data = make()
    clean = sanitise_image(data)
    with stored(clean.data) as image:
        assert GPS not in image.getexif()
        assert image.getexif().get(ORIENTATION, 1) == 1
        assert not [place for place in PLACES if place in clean.data or place in repr(image.info).encode()]
        assert b"\x88\x25\x00\x04" not in clean.data
        assert b"\x25\x88\x04\x00" not in clean.data
    assert clean.data.count(b"\xff\xd8\xff") <= 1, "no picture behind the picture"
    assert sanitise_image(clean.data).data == clean.data, "cleaning again changes nothing: equal uploads stay equal"


@pytest.mark.parametrize("name", [name for name in POSITIONS if "turned" in name])
def test_a_photo_taken_sideways_is_stored_upright(name: str) -> None:
    _, make = POSITIONS[name]
    with stored(sanitise_image(make()).data) as image:
        assert image.size == (64, 96)
        dark, light = image.convert("L").getpixel((32, 10)), image.convert("L").getpixel((32, 86))
        assert (dark < 60, light > 190) == (True, True)


@pytest.mark.parametrize("name", ["jpeg-exif", "jpeg-exif-turned", "png-exif", "webp-exif", "avif-exif", "heic"])
def test_the_owner_of_the_rights_stays_named(name: str) -> None:
    with stored(sanitise_image(POSITIONS[name][1]()).data) as image:
        assert image.getexif()[COPYRIGHT] == OWNER


@pytest.mark.parametrize(
    "name", ["jpeg-exif", "jpeg-xmp", "jpeg-iptc", "png-exif", "webp-exif", "gif-xmp", "mpo-first"]
)
def test_pixels_stay_as_they_are_where_nothing_has_to_be_turned(name: str) -> None:
    data = POSITIONS[name][1]()
    assert stored(sanitise_image(data).data).convert("RGB").tobytes() == stored(data).convert("RGB").tobytes()


@pytest.mark.parametrize("name", sorted({*WHOLE} - {"heic"}))
def test_a_harmless_image_keeps_its_bytes(name: str) -> None:
    data = WHOLE[name]()
    assert sanitise_image(data) == sanitise.SanitisedImage(data, name.split()[-1], sanitise_image(data).original_format)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_image_is_refused(name: str, part: float) -> None:
    data = WHOLE[name]()
    with pytest.raises(ImageRefused):
        sanitise_image(data[: int(len(data) * part)])


@pytest.mark.parametrize("name", WHOLE)
def test_no_damage_does_worse_than_a_refusal(name: str) -> None:
    data = WHOLE[name]()
    for at in range(0, len(data), max(1, len(data) // 60)):
        broken = bytearray(data)
        broken[at : at + 4] = b"\xff\x00\xff\xfe"
        try:
            sanitise_image(bytes(broken))
            strip_position(bytes(broken))
        except ImageRefused:
            pass


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"<svg onload=alert(1)>",
        b"GIF89a",
        b"%PDF-1.7 ",
        b"BM" + bytes(60),
        b"\xff\xd8\xff",
        b"RIFF\4\0\0\0WEBP",
    ],
    ids=repr,
)
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(ImageRefused):
        sanitise_image(data)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA"])
def test_other_formats_are_refused_in_words(kind: str) -> None:
    with pytest.raises(ImageRefused, match="not an AVIF, GIF, HEIC, JPEG, PNG or WebP image"):
        sanitise_image(saved(photo(), kind))


def test_a_second_kind_of_file_behind_an_image_is_cut_off() -> None:
    archive = b"PK\x03\x04<script>alert(1)</script>"
    for data in (
        jpeg_with(behind=archive),
        png_with(behind=archive),
        frames("GIF") + archive,
        frames("WEBP") + archive,
    ):
        assert archive not in sanitise_image(data).data
    assert archive not in sanitise_image(saved(photo(), "AVIF") + archive).data


def test_a_photo_with_a_second_picture_is_a_jpeg() -> None:
    for data in (mpo(), mpo(position=False), mpo(6), mpo(behind=b"\0" * 64)):
        clean = sanitise_image(data)
        assert (clean.extension, stored(clean.data).format) == ("jpg", "JPEG")


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG")])
def test_the_photo_of_an_iphone_becomes_what_browsers_show(mode: str, kind: str) -> None:
    clean = sanitise_image(heic(mode=mode))
    assert (clean.original_format, stored(clean.data).format) == ("HEIF", kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_the_colour_profile_stays(kind: str, orientation: int) -> None:
    data = saved(photo(), kind, icc_profile=profile(), exif=exif(orientation))
    assert stored(sanitise_image(data).data).info["icc_profile"] == profile()


def test_a_photo_for_print_that_is_turned_keeps_its_inks() -> None:
    with stored(sanitise_image(cmyk(exif=exif(6))).data) as image:
        assert (image.mode, image.size) == ("CMYK", (64, 96))
        assert abs(image.getpixel((9, 9))[1] - 200) < 8


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_what_moves_goes_on_moving(kind: str) -> None:
    assert stored(sanitise_image(frames(kind)).data).n_frames == 4


def test_webp_without_loss_is_turned_without_loss() -> None:
    noise = Image.effect_noise((40, 30), 90).convert("RGB")
    turned = stored(sanitise_image(saved(noise, "WEBP", lossless=True, exif=exif(3))).data)
    assert turned.convert("RGB").tobytes() == noise.transpose(Image.Transpose.ROTATE_180).tobytes()


@pytest.mark.parametrize("name", ["avif-exif-turned", "webp-exif-turned"])
def test_a_large_picture_that_must_be_encoded_again_costs_no_more_than_a_jpeg(name, monkeypatch) -> None:
    monkeypatch.setattr(sanitise, "LARGE_PIXELS", 1000)
    clean = sanitise_image(POSITIONS[name][1]())
    assert (clean.extension, stored(clean.data).format) == ("jpg", "JPEG")


def header_of_png(width: int, height: int) -> bytes:
    size = width.to_bytes(4) + height.to_bytes(4)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\2\0\0\0") + pixels + chunk(b"IEND", b"")


def header_of_jpeg(width: int, height: int) -> bytes:
    data = bytearray(saved(photo(), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = height.to_bytes(2) + width.to_bytes(2)
    return bytes(data)


def header_of_gif(width: int, height: int) -> bytes:
    data = bytearray(saved(photo(), "GIF"))
    at = data.index(b"\x2c\0\0\0\0") + 5
    data[at : at + 4] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return bytes(data)


@pytest.mark.parametrize("header", [header_of_png, header_of_jpeg, header_of_gif])
@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 5_001), (65_535, 1_000)])
def test_a_header_that_promises_too_much_is_refused_undecoded(header, size, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sanitise, "check_pixels", lambda data: pytest.fail("decoded"))
    with pytest.raises(ImageRefused, match=r"pixels|damaged"):
        sanitise_image(header(*size))


@pytest.mark.parametrize("header", [header_of_png, header_of_jpeg])
@pytest.mark.parametrize("size", [(0, 0), (0, 10)])
def test_a_header_of_no_size_is_refused(header, size) -> None:
    with pytest.raises(ImageRefused):
        sanitise_image(header(*size))


def test_a_header_that_promises_more_than_there_is_is_refused() -> None:
    with pytest.raises(ImageRefused):
        sanitise_image(header_of_png(6_000, 6_000))


def test_a_text_that_unpacks_to_megabytes_is_refused_or_left_out() -> None:
    data = png_text(Comment="x" * 3_000_000 + "GPSLatitude")
    with pytest.raises(ImageRefused, match="too large"):
        sanitise_image(data)
    assert len(strip_position(data)) < len(data)


def test_a_jpeg_made_of_a_thousand_passes_is_refused() -> None:
    data = saved(photo(), "JPEG", progressive=True)
    scan = data.index(b"\xff\xda")
    end = data.index(b"\xff", scan + 20)
    with pytest.raises(ImageRefused, match="scans"):
        sanitise_image(data[:end] + data[scan:end] * 1000 + data[end:])


def test_too_many_bytes_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sanitise, "MAX_BYTES", 10)
    with pytest.raises(ImageRefused, match="MB"):
        sanitise_image(b"x" * 11)


@pytest.mark.parametrize("name", [name for name in POSITIONS if not name.startswith("heic")])
def test_a_file_shown_as_it_is_loses_its_position_too(name: str) -> None:
    data = POSITIONS[name][1]()
    clean = strip_position(data)
    assert not [place for place in PLACES if place in clean]
    assert GPS not in stored(clean).getexif()
    if "turned" in name:
        assert stored(clean).getexif()[ORIENTATION] == 6, "what turns it for a browser stays"


@pytest.mark.parametrize("name", ["heic", "heic-turned", "heic-xmp"])
def test_a_file_whose_position_cannot_be_taken_out_is_refused(name: str) -> None:
    with pytest.raises(ImageRefused):
        strip_position(POSITIONS[name][1]())


def test_no_other_file_is_touched() -> None:
    for data in (b"", b"%PDF GPSLatitude", b"\0\0\0\x18ftypmp42"):
        assert strip_position(data) is data


def test_an_exif_block_that_is_damaged_costs_the_block_and_not_the_picture() -> None:
    for block in (b"II*\0\xff\xff\xff\x7f\x25\x88\x04\x00", b"\x88\x25\x00\x04nonsense", b""):
        data = jpeg_with(segment(0xE1, b"Exif\0\0" + block))
        assert block not in sanitise_image(data).data or not block


def unpacked(data: bytes) -> bytes:
    """The file, and what its compressed chunks say."""
    found = [data]
    for at in range(len(data)):
        if data[at] == 0x78 and data.find(b"IDAT", max(0, at - 4), at) < 0:
            with contextlib.suppress(zlib.error):
                found.append(zlib.decompressobj().decompress(data[at:], 100_000))
    return b"\n".join(found)


def tells(data: bytes) -> list[bytes]:
    text = unpacked(data)
    return [what for what in (*WORDS, b"Saltmarsh City", GPS_BLOCK[6:], b"\x88\x25\x00\x04") if what in text]


@pytest.mark.parametrize("clean_of", [lambda data: sanitise_image(data).data, strip_position], ids=["stored", "shown"])
@pytest.mark.parametrize("name", PLACED)
def test_no_word_of_a_place_stays_wherever_it_is_told(name: str, clean_of: Callable[[bytes], bytes]) -> None:
    data = PLACED[name][1]()
    assert tells(data)
    clean = clean_of(data)
    assert tells(clean) == []
    assert clean_of(clean) == clean
    assert stored(clean).convert("RGB").tobytes() == stored(data).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_profile_with_notes_keeps_its_colours(kind: str) -> None:
    clean = sanitise_image(saved(photo(), kind, icc_profile=profile_with_notes())).data
    kept = ImageCms.ImageCmsProfile(io.BytesIO(stored(clean).info["icc_profile"])).profile
    assert kept.red_primary == ImageCms.ImageCmsProfile(io.BytesIO(profile())).profile.red_primary


def test_who_made_a_png_stays_and_its_other_texts_go() -> None:
    clean = sanitise_image(png_text(Author="Åsa Lindqvist", Copyright="© Şirin", Title="Quay", Software="Pen")).data
    assert stored(clean).info == {"Author": "Åsa Lindqvist", "Copyright": "© Şirin"}


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("© 2023 N. Berg", True), ("iPhone 4s", True), ("E 55-210mm F4.5-6.3", True), ("AF-S f/2.8E", True),
        ("Windows 10.0.19041", True), ("Kansas City Composition Ltd", True), ("59.3417 18.0549", False),
        ("59,20.5N", False), ("N 59.34", False), ("59°20'", False), ("Location: quay", False), ("GPS", False),
        ("City: Visby", False), ("59.3417,18.0549", False), ("x" * 2000, False),
    ],
)  # fmt: skip
def test_texts_that_stay_are_looked_at_once_more(words: str, kept: bool) -> None:
    assert bool(harmless_text(words)) is kept


def test_notes_go_harmless_or_not_since_no_list_knows_all_places() -> None:
    data = gif_with(b"\x21\xfe\x04Rust\0")
    assert b"Rust" not in sanitise_image(data).data
