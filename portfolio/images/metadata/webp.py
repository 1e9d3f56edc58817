"""WebP metadata: keep only the chunks that a decoder needs (RFC 9649). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.images.metadata.colour_profile import reduced_profile
from portfolio.images.metadata.exif import reduced_exif

PIXELS = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
EXIF, EXTENDED, PROFILE, ANIMATION, FRAME = b"EXIF", b"VP8X", b"ICCP", b"ANIM", b"ANMF"
SIZES = {EXTENDED: 10, ANIMATION: 6}
FRAME_HEADER = 16
HAS_PROFILE, HAS_EXIF, HAS_XMP = 0x20, 0x08, 0x04  # bits in the first byte of VP8X


def strip(data: bytes) -> bytes:
    """The WebP with its pixels unchanged, frames, colour profile and allowed EXIF tags.

    Raises ``ValueError`` for a file that is shorter than its header says.
    """
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data) + 1:  # the last padding byte may be missing
        raise ValueError("the file ends before the image does")
    chunks: list[tuple[bytes, bytes]] = []
    seen: set[bytes] = set()
    for kind, body in chunks_of(data, 12, min(end, len(data))):
        if (kept := kept_chunk(kind, body)) and (kind == FRAME or kind not in seen):
            seen.add(kind)
            chunks.append((kind, kept))
    flags = (HAS_EXIF if EXIF in seen else 0) | (HAS_PROFILE if PROFILE in seen else 0)
    metadata_flags = HAS_EXIF | HAS_XMP | HAS_PROFILE
    whole = b"".join(
        riff_chunk(kind, bytes((body[0] & ~metadata_flags | flags,)) + body[1:] if kind == EXTENDED else body)
        for kind, body in chunks
    )
    return b"RIFF" + (len(whole) + 4).to_bytes(4, "little") + b"WEBP" + whole


def chunks_of(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            raise ValueError("the file ends before the image does")
        yield kind, body
        at += 8 + size + size % 2


def is_lossless(data: bytes) -> bool:
    """Whether the pixels of a still image are compressed without loss."""
    return b"VP8L" in data[12:16] or (data[12:16] == EXTENDED and b"VP8 " not in data and b"VP8L" in data)


def riff_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def kept_chunk(kind: bytes, body: bytes) -> bytes:
    if kind in PIXELS:
        return body
    if kind == EXIF:
        return reduced_exif(body).removeprefix(b"Exif\0\0")
    if kind == PROFILE:
        return reduced_profile(body)
    if kind == FRAME:
        parts = chunks_of(body, FRAME_HEADER, len(body))
        return body[:FRAME_HEADER] + b"".join(riff_chunk(part, inner) for part, inner in parts if part in PIXELS)
    return body if len(body) == SIZES.get(kind) else b""
