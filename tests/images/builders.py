"""Image files as phones and programs write them, with a position in each place that may hold one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

ORIENTATION, GPS, COPYRIGHT = 0x0112, 0x8825, 0x8298
OWNER = "Ada Lindqvist"
# What no stored file may hold: the position as XMP and text have it, and the city of IPTC.
PLACES = (b"GPSLatitude", b"59,20.5N", b"Saltmarsh City")
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="59,20.5N"/></rdf:RDF></x:xmpmeta>'
)
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x5a\0\x0eSaltmarsh City\0"


def photo(size: tuple[int, int] = (96, 64), mode: str = "RGB") -> Image.Image:
    """Left half dark, right half light, so that one sees how it is turned."""
    image = Image.new("L", size, 230)
    image.paste(20, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1, position: bool = True) -> Image.Exif:
    block = Image.Exif()
    block[COPYRIGHT] = OWNER
    block[ORIENTATION] = orientation
    if position:
        block[GPS] = {1: "N", 2: (59.0, 20.5, 0.0), 3: "E", 4: (18.0, 3.0, 0.0)}
    return block


@cache
def profile() -> bytes:
    """One and the same in a test run: the library writes the second of its making into it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def jpeg_with(*segments: bytes, behind: bytes = b"", **options: Any) -> bytes:
    data = saved(photo(), "JPEG", **options)
    return data[:2] + b"".join(segments) + data[2:] + behind


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def png_with(*chunks: bytes, behind: bytes = b"") -> bytes:
    data = saved(photo(), "PNG")
    return data[:33] + b"".join(chunks) + data[33:] + behind


def png_text(**texts: str) -> bytes:
    notes = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        notes.add_text(key.replace("_", " "), text, zip=True)
    return saved(photo(), "PNG", pnginfo=notes)


def raw_profile(block: bytes) -> str:
    """As ImageMagick writes it."""
    return f"\nexif\n{len(block):8}\n{block.hex()}\n"


def frames(kind: str, count: int = 4, **options: Any) -> bytes:
    images = [Image.new("RGB", (96, 64), (40 * number, 90, 120)) for number in range(count)]
    return saved(images[0], kind, save_all=True, append_images=images[1:], duration=80, loop=0, **options)


def gif_with(*extensions: bytes) -> bytes:
    data = frames("GIF")
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    return data[:at] + b"".join(extensions) + data[at:]


def gif_xmp() -> bytes:
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return b"\x21\xff\x0bXMP DataXMP" + XMP + trailer


def mpo(orientation: int = 1, position: bool = True, behind: bytes = b"") -> bytes:
    """A photo with a second picture in it, which has a position of its own."""
    second = photo().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    second.encoderinfo = {"exif": exif()}
    return saved(photo(), "MPO", save_all=True, append_images=[second], exif=exif(orientation, position)) + behind


def ultra_hdr() -> bytes:
    """As Android writes it: XMP announces a gain map, a JPEG with a position behind the first."""
    announcement = b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta hdrgm:Version="1.0" GPano:x=""/>'
    return jpeg_with(segment(0xE1, announcement), behind=saved(photo(), "JPEG", exif=exif()))


def heic(orientation: int = 1, **options: Any) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(photo(mode=options.pop("mode", "RGB"))).save(
        out, exif=exif(orientation).tobytes(), **options
    )
    return out.getvalue()


def cmyk(**options: Any) -> bytes:
    return saved(Image.new("CMYK", (96, 64), (0, 200, 200, 0)), "JPEG", **options)


# Files that tell a position, by where they tell it. Each is made anew, so that no test can spoil it.
POSITIONS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpeg-exif": ("jpg", lambda: saved(photo(), "JPEG", exif=exif())),
    "jpeg-exif-turned": ("jpg", lambda: saved(photo(), "JPEG", exif=exif(6))),
    "jpeg-two-exif": ("jpg", lambda: jpeg_with(segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"), exif=exif())),
    "jpeg-xmp": ("jpg", lambda: saved(photo(), "JPEG", xmp=XMP)),
    "jpeg-xmp-utf16": ("jpg", lambda: saved(photo(), "JPEG", xmp=XMP.decode().encode("utf-16-le"))),
    "jpeg-long-xmp": ("jpg", lambda: jpeg_with(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + XMP))),
    "jpeg-iptc": ("jpg", lambda: jpeg_with(segment(0xED, IPTC))),
    "jpeg-comment": ("jpg", lambda: jpeg_with(segment(0xFE, b"GPSLatitude 59,20.5N"))),
    "jpeg-content-credentials": ("jpg", lambda: jpeg_with(segment(0xEB, b'JP\0\0{"exif:GPSLatitude": "59,20.5N"}'))),
    "mpo-first": ("jpg", lambda: mpo()),
    "mpo-second": ("jpg", lambda: mpo(position=False)),
    "mpo-turned": ("jpg", lambda: mpo(6)),
    "motion-photo": ("jpg", lambda: jpeg_with(exif=exif(), behind=b"\0\0\0\x18ftypmp42" + b"\xa9xyz+59.20.5N")),
    "ultra-hdr": ("jpg", ultra_hdr),
    "png-exif": ("png", lambda: saved(photo(), "PNG", exif=exif())),
    "png-exif-turned": ("png", lambda: saved(photo(), "PNG", exif=exif(6))),
    "png-xmp": ("png", lambda: png_with(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP))),
    "png-raw-profile": ("png", lambda: png_text(Raw_profile_type_exif=raw_profile(exif().tobytes()))),
    "png-text": ("png", lambda: png_text(Comment="GPSLatitude 59,20.5N")),
    "png-key": ("png", lambda: png_text(GPSLatitude="59,20.5N")),
    "png-unknown-chunk": ("png", lambda: png_with(chunk(b"caBX", XMP))),
    "png-behind": ("png", lambda: png_with(behind=XMP)),
    "webp-exif": ("webp", lambda: saved(photo(), "WEBP", exif=exif())),
    "webp-exif-turned": ("webp", lambda: saved(photo(), "WEBP", exif=exif(6))),
    "webp-xmp": ("webp", lambda: saved(photo(), "WEBP", xmp=XMP)),
    "webp-moving": ("webp", lambda: frames("WEBP", exif=exif(), xmp=XMP)),
    "avif-exif": ("avif", lambda: saved(photo(), "AVIF", exif=exif())),
    "avif-exif-turned": ("avif", lambda: saved(photo(), "AVIF", exif=exif(6))),
    "avif-xmp": ("avif", lambda: saved(photo(), "AVIF", xmp=XMP)),
    "gif-xmp": ("gif", lambda: gif_with(gif_xmp())),
    "gif-comment": ("gif", lambda: gif_with(b"\x21\xfe\x14GPSLatitude 59,20.5N\0")),
    "heic": ("heic", lambda: heic()),
    "heic-turned": ("heic", lambda: heic(6)),
    "heic-xmp": ("heic", lambda: heic(xmp=XMP)),
}


# A place told in words, in each place of a file that may hold words or bytes. None of it may be stored.
WORDS = (b"Location: Saltmarsh City", b"59.3417, 18.0549")


def exif_with(tag: int, value: object) -> bytes:
    block = Image.Exif()
    block[tag] = value
    return block.tobytes()


def comment_in_exif() -> bytes:
    block = exif(position=False)
    block.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + WORDS[0]
    block[0x8769] = block.get_ifd(0x8769)
    return block.tobytes()


def xmp_of(element: str) -> bytes:
    return (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b"<rdf:Description><%b>%b</%b></rdf:Description></rdf:RDF></x:xmpmeta>"
        % (element.encode(), WORDS[0], element.encode())
    )


def compressed_text(keyword: bytes, text: bytes) -> bytes:
    return chunk(b"zTXt", keyword + b"\0\0" + zlib.compress(text))


def international_text(keyword: bytes, text: bytes) -> bytes:
    return chunk(b"iTXt", keyword + b"\0\1\0en\0" + WORDS[0] + b"\0" + zlib.compress(text))


def webp_with(kind: bytes, body: bytes) -> bytes:
    data = saved(photo(), "WEBP")
    data += kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
    return data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:]


def profile_with_notes() -> bytes:
    """A profile with a place in a tag of its own, behind the others."""
    whole = profile()
    count = int.from_bytes(whole[128:132])
    table, rest = whole[132 : 132 + count * 12], whole[132 + count * 12 :]
    moved = b"".join(
        table[at : at + 4] + (int.from_bytes(table[at + 4 : at + 8]) + 12).to_bytes(4) + table[at + 8 : at + 12]
        for at in range(0, len(table), 12)
    )
    note = b"text\0\0\0\0" + WORDS[0]
    entry = b"note" + (len(whole) + 12).to_bytes(4) + len(note).to_bytes(4)
    size = (len(whole) + 12 + len(note)).to_bytes(4)
    return size + whole[4:128] + (count + 1).to_bytes(4) + moved + entry + rest + note


GPS_BLOCK = exif().tobytes()
PLACED: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{
        f"jpeg-comment-{number}": ("jpg", lambda words=words: jpeg_with(segment(0xFE, words)))
        for number, words in enumerate(WORDS)
    },
    **{
        f"jpeg-exif-in-{marker:x}": (
            "jpg",
            lambda marker=marker: jpeg_with(segment(marker, GPS_BLOCK), segment(marker, WORDS[0])),
        )
        for marker in (*range(0xE0, 0xF0), 0xDC)
    },
    "jpeg-jfif": ("jpg", lambda: jpeg_with(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0" + GPS_BLOCK + WORDS[0]))),
    "jpeg-adobe": ("jpg", lambda: jpeg_with(segment(0xEE, b"Adobe\0d\0\0\0\0\1" + GPS_BLOCK + WORDS[0]))),
    "jpeg-profile": ("jpg", lambda: saved(photo(), "JPEG", icc_profile=profile() + GPS_BLOCK + WORDS[0])),
    "jpeg-profile-tag": ("jpg", lambda: saved(photo(), "JPEG", icc_profile=profile_with_notes())),
    **{
        f"{kind.lower()}-{name}": (
            {"JPEG": "jpg"}.get(kind, kind.lower()),
            lambda kind=kind, make=make: saved(photo(), kind, exif=make()),
        )
        for kind in ("JPEG", "PNG", "WEBP", "AVIF")
        for name, make in (
            ("description", lambda: exif_with(0x010E, WORDS[1].decode())),
            ("artist", lambda: exif_with(0x013B, WORDS[0].decode())),
            ("user-comment", comment_in_exif),
            ("unknown-tag", lambda: exif_with(0xC4A5, WORDS[0])),
        )
    },
    **{
        f"{kind.lower()}-{element}": (
            {"JPEG": "jpg"}.get(kind, kind.lower()),
            lambda kind=kind, element=element: saved(photo(), kind, xmp=xmp_of(element)),
        )
        for kind in ("JPEG", "WEBP", "AVIF")
        for element in ("dc:coverage", "dwc:locality", "photoshop:City", "Iptc4xmpCore:Location", "dc:description")
    },
    **{
        f"png-{make.__name__}-{key.decode()}": (
            "png",
            lambda make=make, key=key: png_with(make(key, WORDS[0])),
        )
        for make in (compressed_text, international_text)
        for key in (b"Location", b"position", b"City", b"Description", b"Comment", b"Copyright", b"XML:com.adobe.xmp")
    },
    **{
        f"png-plain-{key.decode()}": ("png", lambda key=key: png_with(chunk(b"tEXt", key + b"\0" + WORDS[1])))
        for key in (b"Location", b"position", b"City", b"Description", b"Author")
    },
    **{
        f"png-chunk-{kind.decode()}": ("png", lambda kind=kind: png_with(chunk(kind, GPS_BLOCK + WORDS[0])))
        for kind in (b"tIME", b"bKGD", b"pHYs", b"sBIT", b"hIST", b"gAMA", b"cHRM", b"sRGB", b"prVt", b"sPLT", b"iCCP")
    },
    "png-palette": ("png", lambda: png_with(chunk(b"PLTE", (GPS_BLOCK + WORDS[0]) * 3))),
    "png-profile": ("png", lambda: saved(photo(), "PNG", icc_profile=profile_with_notes())),
    "png-profile-name": (
        "png",
        lambda: png_with(chunk(b"iCCP", WORDS[0] + b"\0\0" + zlib.compress(profile()) + GPS_BLOCK)),
    ),
    "webp-unknown": ("webp", lambda: webp_with(b"note", GPS_BLOCK + WORDS[0])),
    "webp-profile": ("webp", lambda: saved(photo(), "WEBP", icc_profile=profile_with_notes())),
    "gif-comment": ("gif", lambda: gif_with(b"\x21\xfe" + bytes((len(WORDS[0]),)) + WORDS[0] + b"\0")),
    "gif-program": ("gif", lambda: gif_with(b"\x21\xff\x0bNETSCAPE2.0" + bytes((len(WORDS[0]),)) + WORDS[0] + b"\0")),
    "gif-text": (
        "gif",
        lambda: gif_with(b"\x21\x01\x0c" + bytes(12) + bytes((len(WORDS[0]),)) + WORDS[0] + b"\0"),
    ),
    "avif-box": (
        "avif",
        lambda: saved(photo(), "AVIF") + (8 + len(WORDS[0])).to_bytes(4) + b"uuid" + WORDS[0] + b"\0\0\0\x08mdat",
    ),
    "avif-moving": ("avif", lambda: frames("AVIF", exif=GPS_BLOCK, xmp=xmp_of("dc:coverage"))),
    "avif-profile": ("avif", lambda: saved(photo(), "AVIF", icc_profile=profile_with_notes())),
}
