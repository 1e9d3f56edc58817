"""JPEG metadata: keep only the segments that a decoder needs (ITU-T T.81, JFIF 1.02, Exif 2.32, CIPA DC-007). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio.images.metadata.colour_profile import reduced_profile
from portfolio.images.metadata.exif import reduced_exif

START = b"\xff\xd8"
EOI, SOS, TEM, SOI = 0xD9, 0xDA, 0x01, 0xD8
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
DHT, DAC, DQT, DRI = 0xC4, 0xCC, 0xDB, 0xDD
FRAMES = frozenset(range(0xC0, 0xD0)) - {DHT, 0xC8, DAC}
# A marker with its fill bytes. Stuffed zeros and restart markers belong to the compressed data.
MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
JFIF, JFIF_LENGTH = b"JFIF\0", 14
ADOBE, ADOBE_LENGTH = b"Adobe", 12
EXIF = b"Exif\0"
COLOUR_PROFILE = b"ICC_PROFILE\0"
MAX_PROFILE_PART = 65519  # bytes of a profile in one segment
MAX_SCANS = 100  # each costs a pass over the whole image, and takes only a few bytes; encoders write up to 15


def strip(data: bytes) -> bytes:
    """The JPEG with what a decoder needs: tables, frames and scans unchanged, JFIF and Adobe headers in standard
    length, the colour profile, and allowed EXIF tags.

    All other segments are removed (comments, XMP, IPTC), and so is everything after the end of the image: a second
    image, a video, an archive. Raises ``ValueError`` for a malformed file.
    """
    return b"".join(parts(data))


def parts(data: bytes) -> Iterator[bytes]:
    yield START
    at, scans = len(START), 0
    seen: set[bytes] = set()
    profile: list[bytes] = []
    while found := MARKER.search(data, at):
        marker, at = found[1][0], found.end()
        if marker == EOI:
            yield found[0]
            return
        if marker == TEM:
            continue
        end = end_of_segment(data, marker, at)
        body = data[at + 2 : end]
        if marker in FRAMES or marker in (DHT, DAC, DQT, DRI, SOS):
            if not is_exact(marker, body):
                raise ValueError("a segment is longer or shorter than what it holds")
            yield from copy_profile(profile)
            yield data[found.start() : end]
        elif marker == APP2 and body.startswith(COLOUR_PROFILE):
            profile.append(body)
        elif (kind := header_kind(marker, body)) and kind not in seen:
            seen.add(kind)
            yield from kept_header(kind, marker, body)
        at = end
        if marker == SOS:
            scans += 1
            if scans > MAX_SCANS:
                raise ValueError(f"more than {MAX_SCANS} scans")
            following = MARKER.search(data, at)
            stop = following.start() if following else len(data)
            yield data[at:stop]
            at = stop


def end_of_segment(data: bytes, marker: int, at: int) -> int:
    if marker == SOI:
        raise ValueError("an image begins inside the image")
    end = at + int.from_bytes(data[at : at + 2])
    if end < at + 2 or end > len(data):
        raise ValueError("a segment ends behind the end of the file")
    return end


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def is_exact(marker: int, body: bytes) -> bool:
    """Whether the segment is as long as its table, frame or scan header."""
    if marker == DRI:
        return len(body) == 2
    if marker in FRAMES:
        return len(body) > 5 and len(body) == 6 + 3 * body[5]
    if marker == SOS:
        return len(body) > 0 and len(body) == 4 + 2 * body[0]
    if marker == DAC:
        return len(body) % 2 == 0 and len(body) <= 64
    at = 0
    while at < len(body):
        at += 17 + sum(body[at + 1 : at + 17]) if marker == DHT else 65 + 64 * (body[at] >> 4 != 0)
    return at == len(body)


def header_kind(marker: int, body: bytes) -> bytes:
    for wanted, start in ((APP0, JFIF), (APP1, EXIF), (APP14, ADOBE)):
        if marker == wanted and body.startswith(start):
            return start
    return b""


def kept_header(kind: bytes, marker: int, body: bytes) -> Iterator[bytes]:
    if kind == JFIF:  # without its thumbnail
        kept = body[: JFIF_LENGTH - 2] + b"\0\0" if len(body) >= JFIF_LENGTH else b""
    elif kind == ADOBE:
        kept = body[:ADOBE_LENGTH] if len(body) >= ADOBE_LENGTH else b""
    else:
        kept = reduced_exif(body)
    if kept:
        yield segment(marker, kept)


def copy_profile(segments: list[bytes]) -> Iterator[bytes]:
    """The reduced profile from ``segments``, each of which begins with its number; the list is emptied."""
    start = len(COLOUR_PROFILE)
    whole = b"".join(body[start + 2 :] for body in sorted(segments, key=lambda body: body[start : start + 1]))
    segments.clear()
    profile = reduced_profile(whole) if whole else b""
    pieces = [profile[at : at + MAX_PROFILE_PART] for at in range(0, len(profile), MAX_PROFILE_PART)]
    for number, piece in enumerate(pieces, 1):
        yield segment(APP2, COLOUR_PROFILE + bytes((number, len(pieces))) + piece)
