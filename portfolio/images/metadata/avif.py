"""AVIF metadata: boxes (ISO/IEC 14496-12) and items (ISO/IEC 23008-12). Pure.

Offsets in the file point to its pixels, so nothing is moved: removed bytes are overwritten with zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portfolio.images.metadata.colour_profile import reduced_profile
from portfolio.images.metadata.exif import reduced_exif

NEEDED_BOXES = frozenset((b"ftyp", b"meta", b"mdat", b"moov"))
# Boxes that contain only other boxes.
CONTAINER_BOXES = frozenset(b"iprp ipco moov trak edts mdia minf dinf stbl".split())
KEPT_BOXES = frozenset(
    b"ftyp mdat pitm iloc iinf iref ipma idat grpl ispe pixi av1C pasp clap irot imir auxC a1op a1lx lsel clli mdcv "
    b"cclv amve mvhd tkhd elst mdhd vmhd nmhd dref stsd stts stsc stco co64 stsz stss ctts sgpd sbgp tref ccst".split()
)
PICTURE_ITEMS = frozenset((b"av01", b"grid", b"iovl", b"iden", b"tmap"))
USUAL_NAMES = frozenset((b"", b"Color", b"Alpha", b"Exif", b"XMP", b"application/rdf+xml"))
NO_EXIF = b"\0\0\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"
HANDLER_NAME = 24  # its offset in the handler box
Range = tuple[int, int]


@dataclass(slots=True)
class AvifItems:
    """Positions in the file: contents of boxes by type, types and extents of items by number."""

    boxes: dict[bytes, list[Range]] = field(default_factory=dict)
    metas: list[AvifItems] = field(default_factory=list)  # of the file and of its tracks
    types: dict[Any, bytes] = field(default_factory=dict)
    extents: dict[Any, list[Range]] = field(default_factory=dict)


def strip(data: bytes) -> bytes:
    """The AVIF with only allowed EXIF tags; XMP, other items and unknown boxes are overwritten.

    Anything after the last needed box, such as a video, is cut off. Raises ``ValueError`` for a malformed file.
    """
    end = 0
    for kind, stop in top_level_boxes(data):
        if kind in NEEDED_BOXES:
            end = stop
    clean = bytearray(data[:end])
    found = AvifItems()
    overwrite_boxes(clean, 0, end, found)
    for number, meta in enumerate(found.metas):
        for start, stop in meta.boxes.get(b"iinf", ())[:1]:
            read_item_types(clean, start, stop, meta)
        for start, _ in meta.boxes.get(b"iloc", ())[:1]:
            read_item_extents(clean, start, meta)
        found.boxes.setdefault(b"idat", []).extend(meta.boxes.get(b"idat", ()))
        found.types |= {(number, item): kind for item, kind in meta.types.items()}
        found.extents |= {(number, item): places for item, places in meta.extents.items()}
    overwrite_items(clean, found)
    return data if clean == data else bytes(clean)


def top_level_boxes(data: bytes) -> Iterator[tuple[bytes, int]]:
    """(Type, end) of each top-level box; trailing bytes that are no box are ignored."""
    at, seen = 0, set()
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16])
        elif size == 0:
            size = len(data) - at
        if size < 8 or (at + size > len(data) and kind not in NEEDED_BOXES):
            break
        if at + size > len(data):
            raise ValueError("the file ends before the image does")
        seen.add(kind)
        at += size
        yield kind, at
    if not {b"ftyp", b"meta"} <= seen or not {b"mdat", b"moov"} & seen:
        raise ValueError("the file ends before the image does")


def child_boxes(data: bytearray, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(Type, start and end of the content) of each box from ``at`` to ``end``."""
    while at + 8 <= end:
        size, kind, head = int.from_bytes(data[at : at + 4]), bytes(data[at + 4 : at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise ValueError("a box ends behind its parent")
        yield kind, at + head, at + size
        at += size


def overwrite_boxes(data: bytearray, at: int, end: int, found: AvifItems) -> None:
    for kind, start, stop in child_boxes(data, at, end):
        if kind == b"meta":
            found.metas.append(AvifItems())
            overwrite_boxes(data, start + 4, stop, found.metas[-1])
        elif kind in CONTAINER_BOXES:
            overwrite_boxes(data, start, stop, found)
        elif kind == b"hdlr":
            zero(data, start + HANDLER_NAME, stop)
        elif kind == b"colr":
            overwrite_colours(data, start, stop)
        elif kind not in KEPT_BOXES:
            zero(data, start, stop)
        found.boxes.setdefault(kind, []).append((start, stop))


def overwrite_colours(data: bytearray, start: int, stop: int) -> None:
    kind = bytes(data[start : start + 4])
    if kind in (b"prof", b"rICC"):
        overwrite_with(data, start + 4, stop, reduced_profile(bytes(data[start + 4 : stop])))
    elif kind != b"nclx" or stop - start != 11:
        zero(data, start, stop)


def read_item_types(data: bytearray, start: int, stop: int, found: AvifItems) -> None:
    """Read the types of the items, and overwrite unusual names."""
    for kind, at, end in child_boxes(data, start + (6 if data[start] == 0 else 8), stop):
        if kind != b"infe" or data[at] not in (2, 3):
            raise ValueError("an item of an unknown form")
        wide = 2 if data[at] == 2 else 4
        name_at = at + 4 + wide + 2 + 4
        found.types[int.from_bytes(data[at + 4 : at + 4 + wide])] = bytes(data[name_at - 4 : name_at])
        place = name_at
        for part in bytes(data[name_at:end]).split(b"\0"):
            if part not in USUAL_NAMES:
                data[place : place + len(part)] = b"-" * len(part)
            place += len(part) + 1


def read_item_extents(data: bytearray, start: int, found: AvifItems) -> None:
    """Read the extents of the items (ISO/IEC 14496-12, section 8.11.3)."""
    version, at = data[start], start + 4
    offset_size, length_size = data[at] >> 4, data[at] & 15
    base_size, index_size = data[at + 1] >> 4, data[at + 1] & 15 if version else 0
    wide = 4 if version == 2 else 2
    at += 2

    def number(size: int) -> int:
        nonlocal at
        at += size
        if at > len(data):
            raise ValueError("the list of items ends too early")
        return int.from_bytes(data[at - size : at])

    holder = next(iter(found.boxes.get(b"idat", ())), (0, 0))
    for _ in range(number(wide)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size)
            first = base + number(offset_size)
            length = number(length_size)
            if method == 1:
                first += holder[0]
            if method < 2:
                stop = first + length if length else holder[1] if method == 1 else len(data)
                found.extents.setdefault(item, []).append((first, stop))


def overwrite_items(data: bytearray, found: AvifItems) -> None:
    held = [*found.boxes.get(b"mdat", ()), *found.boxes.get(b"idat", ())]
    pictures = sorted(
        place for item, places in found.extents.items() if found.types.get(item) in PICTURE_ITEMS for place in places
    )
    exif = {
        item: reduced_exif(exif_in(b"".join(bytes(data[start:stop]) for start, stop in found.extents[item])))
        for item, kind in found.types.items()
        if kind == b"Exif" and item in found.extents
    }
    if b"moov" in found.boxes:  # other tables hold the positions of frames
        for item, places in found.extents.items():
            if found.types.get(item) not in PICTURE_ITEMS:
                for start, stop in places:
                    if any(first <= start <= stop <= last for first, last in held):
                        zero(data, start, stop)
    else:
        for first, last in held:
            at = first
            for start, stop in pictures:
                if start < last and stop > at:
                    zero(data, at, start)
                    at = stop
            zero(data, at, last)
    for item, kept in exif.items():
        places = found.extents[item]
        start, stop = places[0]
        free = len(places) == 1 and any(first <= start <= stop <= last for first, last in held)
        if free and not any(one < stop and other > start for one, other in pictures):
            block = b"\0\0\0\0" + kept.removeprefix(b"Exif\0\0") if kept else NO_EXIF
            overwrite_with(data, start, stop, block if len(block) <= stop - start else NO_EXIF)


def exif_in(item: bytes) -> bytes:
    """The TIFF structure of an EXIF item, which begins with its offset."""
    return item[4 + int.from_bytes(item[:4]) :]


def overwrite_with(data: bytearray, start: int, stop: int, block: bytes) -> None:
    if start + len(block) <= stop:
        data[start:stop] = block + bytes(stop - start - len(block))
    else:
        zero(data, start, stop)


def zero(data: bytearray, start: int, stop: int) -> None:
    if start < stop:
        data[start:stop] = bytes(stop - start)
