"""PNG metadata: keep only the chunks that a decoder needs, in standard sizes (https://www.w3.org/TR/png-3/). Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from portfolio.images.metadata.colour_profile import reduced_profile
from portfolio.images.metadata.exif import reduced_exif
from portfolio.images.metadata.position import harmless_text

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SIZES = {
    b"IHDR": (13,), b"IEND": (0,), b"acTL": (8,), b"fcTL": (26,), b"sRGB": (1,), b"gAMA": (4,), b"cHRM": (32,),
    b"cICP": (4,), b"mDCV": (24,), b"cLLI": (8,), b"pHYs": (9,), b"tIME": (7,),
}  # fmt: skip
# Bytes by colour type: grey, colour, palette, grey with alpha, colour with alpha.
BACKGROUND = {0: 2, 2: 6, 3: 1, 4: 2, 6: 6}
SIGNIFICANT_BITS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}
TRANSPARENT = {0: 2, 2: 6}
MANY = frozenset((b"IDAT", b"fdAT", b"fcTL"))
EXIF, PROFILE, TEXT, COMPRESSED, INTERNATIONAL = b"eXIf", b"iCCP", b"tEXt", b"zTXt", b"iTXt"
TEXTS = {b"author": b"Author", b"copyright": b"Copyright"}
PROFILE_NAME = b"ICC Profile"
LONGEST_TEXT = 1 << 16  # bytes of a decompressed text
LONGEST_PROFILE = 8 << 20


def strip(data: bytes) -> bytes:
    """The PNG with its pixels, animation and colours, and the texts "Author" and "Copyright".

    Compressed pixels stay unchanged. Everything after the end chunk is removed. Raises ``ValueError`` for a file
    without an end chunk.
    """
    return b"".join((SIGNATURE, *chunks(data)))


def chunks(data: bytes) -> Iterator[bytes]:
    at = len(SIGNATURE)
    header, seen = data[at + 8 : at + 21], set()
    while True:
        kind, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if len(kind) < 4 or end > len(data):
            raise ValueError("the file ends before the image does")
        body = data[at + 8 : end - 4]
        written, kept = kept_chunk(kind, body, header)
        name = (written, (kept or b"").partition(b"\0")[0]) if written in (TEXT, INTERNATIONAL) else written
        if kept is not None and (name not in seen or kind in MANY):
            seen.add(name)
            crc = zlib.crc32(written + kept).to_bytes(4)
            yield data[at:end] if kept is body else len(kept).to_bytes(4) + written + kept + crc
        if kind == b"IEND":
            return
        at = end


def kept_chunk(kind: bytes, body: bytes, header: bytes) -> tuple[bytes, bytes | None]:
    """The name and content of a chunk to write: ``body`` itself when it stays unchanged, None when it is removed."""
    if kind == EXIF:
        return kind, reduced_exif(body).removeprefix(b"Exif\0\0") or None
    try:
        if kind == PROFILE:
            return kind, kept_profile(body)
        if kind in (TEXT, COMPRESSED, INTERNATIONAL):
            return kept_text(kind, body)
    except (ValueError, zlib.error):
        return kind, None
    return kind, body if is_standard(kind, len(body), header) else None


def is_standard(kind: bytes, size: int, header: bytes) -> bool:
    if kind in (b"IDAT", b"fdAT"):
        return True
    if kind in SIZES:
        return size in SIZES[kind]
    depth, colour = (header[8], header[9]) if len(header) == 13 else (8, 2)
    if kind == b"PLTE":  # for other colour types it is only a hint
        return colour == 3 and size % 3 == 0 and size <= 3 << min(depth, 8)
    if kind == b"tRNS":
        return size <= 1 << min(depth, 8) if colour == 3 else size == TRANSPARENT.get(colour)
    if kind == b"bKGD":
        return size == BACKGROUND.get(colour)
    return kind == b"sBIT" and size == SIGNIFICANT_BITS.get(colour)


def kept_profile(body: bytes) -> bytes | None:
    name, _, rest = body.partition(b"\0")
    profile, is_whole = decompressed(rest[1:], LONGEST_PROFILE)
    kept = reduced_profile(profile)
    if kept == profile and is_whole and name == PROFILE_NAME and kept:
        return body
    return PROFILE_NAME + b"\0\0" + zlib.compress(kept) if kept else None


def kept_text(kind: bytes, body: bytes) -> tuple[bytes, bytes | None]:
    """An allowed text chunk, uncompressed and without a language. Raises ``ValueError`` or ``zlib.error``."""
    keyword, _, rest = body.partition(b"\0")
    if keyword.lower() not in TEXTS:
        return kind, None
    if kind == COMPRESSED:
        rest = decompressed(rest[1:], LONGEST_TEXT)[0]
    elif kind == INTERNATIONAL:
        is_compressed, text = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        rest = decompressed(text, LONGEST_TEXT)[0] if is_compressed else text
    words = harmless_text(rest.decode("utf-8" if kind == INTERNATIONAL else "latin-1"))
    name = TEXTS[keyword.lower()]
    if not words:
        return kind, None
    try:
        return TEXT, name + b"\0" + words.encode("latin-1")
    except UnicodeEncodeError:
        return INTERNATIONAL, name + b"\0\0\0\0\0" + words.encode()


def decompressed(data: bytes, most: int) -> tuple[bytes, bool]:
    """The content, and whether the stream ends there completely. Raises ``ValueError`` if it is too long."""
    reader = zlib.decompressobj()
    content = reader.decompress(data, most)
    if reader.unconsumed_tail:
        raise ValueError("a text is too long")
    return content, reader.eof and not reader.unused_data
