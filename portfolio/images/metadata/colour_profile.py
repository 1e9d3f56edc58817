"""ICC profiles reduced to the tags that define colours (ICC.1:2022, sections 7 and 9). Pure."""

from __future__ import annotations

from portfolio.images.metadata.position import PLACE

HEADER, ENTRY = 128, 12  # bytes
COLOUR_TAGS = frozenset(
    b"wtpt bkpt rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC chad chrm cicp lumi gamt A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 "
    b"D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 rig0 rig2 tech view meas".split()
)
NAME_TAGS = frozenset((b"desc", b"cprt"))
MAX_NAME = 4096  # bytes of a name or a notice, in all its languages
COLOUR_TYPES = frozenset(
    (b"XYZ ", *b"curv para sf32 mft1 mft2 mpet chrm cicp view meas".split(), b"mAB ", b"mBA ", b"sig ")
)
TEXT_TYPES = frozenset((b"text", b"desc", b"mluc"))


def reduced_profile(profile: bytes) -> bytes:
    """The profile with only colour tags and short names, unchanged if it has no others; b"" for an invalid one.

    The numbers stay the same, so the image looks the same.
    """
    size = int.from_bytes(profile[:4])
    if len(profile) < HEADER + 4 or not HEADER + 4 <= size <= len(profile) or profile[36:40] != b"acsp":
        return b""
    count = int.from_bytes(profile[HEADER : HEADER + 4])
    if HEADER + 4 + count * ENTRY > size:
        return b""
    tags: dict[bytes, tuple[int, int]] = {}
    for at in range(HEADER + 4, HEADER + 4 + count * ENTRY, ENTRY):
        name, start, length = (
            profile[at : at + 4], int.from_bytes(profile[at + 4 : at + 8]), int.from_bytes(profile[at + 8 : at + 12])
        )  # fmt: skip
        element = profile[start : start + length]
        if start < HEADER or len(element) != length or start + length > size:
            return b""
        kind = element[:4]
        words = element.replace(b"\0", b"").decode("latin-1")
        is_name = name in NAME_TAGS and kind in TEXT_TYPES and length <= MAX_NAME and not PLACE.search(words)
        if is_name or (name in COLOUR_TAGS and kind in COLOUR_TYPES):
            tags.setdefault(name, (start, length))
    covered = sorted(set(tags.values()))
    end, whole = HEADER + 4 + count * ENTRY, len(tags) == count and size == len(profile)
    for start, length in covered:
        whole = whole and start <= end + 3 and not any(profile[end:start])
        end = max(end, start + length)
    if whole and end + 3 >= size and not any(profile[end:]):
        return profile
    return rewrite_profile(profile, tags) if tags else b""


def rewrite_profile(profile: bytes, tags: dict[bytes, tuple[int, int]]) -> bytes:
    at = HEADER + 4 + len(tags) * ENTRY
    table, body, places = b"", b"", {}
    for name, (start, length) in tags.items():
        if (start, length) not in places:
            places[start, length] = at + len(body)
            body += profile[start : start + length] + bytes(-length % 4)
        table += name + places[start, length].to_bytes(4) + length.to_bytes(4)
    # Bytes 84 to 99 are a checksum, for which zeros mean that there is none; those after them are reserved.
    head = profile[4:84] + bytes(HEADER - 84)
    rest = len(tags).to_bytes(4) + table + body
    return (HEADER + len(rest)).to_bytes(4) + head + rest
