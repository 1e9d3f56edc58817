"""A picture's bytes in many sizes and formats, decoded once. Knows nothing of the site, so that it runs anywhere."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from portfolio.renditions.sizes import AVIF, JPEG, PLAIN, PNG, WEBP

# The qualities of Wagtail 8. Slower settings of AVIF and PNG take five times as long and save a few per cent.
OPTIONS: dict[str, dict[str, Any]] = {
    AVIF: {"quality": 61, "speed": 8},
    WEBP: {"quality": 80, "method": 4},
    JPEG: {"quality": 76, "optimize": True, "progressive": True},
    PNG: {"compress_level": 6},
}
TURNED = range(5, 9)  # values of EXIF's orientation that swap width and height
ORIENTATION = 0x0112
# Modes that hold colours as screens show them, and those with room for transparency.
PLAIN_MODES = ("L", "RGB")
SEE_THROUGH = ("LA", "PA", "RGBA", "RGBa", "La")


logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of the picture (left, top, right, bottom) at a size, in some formats; ``name`` is of the size."""

    name: str
    box: tuple[float, float, float, float]
    size: tuple[int, int]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    name: str
    format: str
    width: int
    height: int
    data: bytes


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height as the picture is seen, from its header; None for one that moves, which stays as it is."""
    with Image.open(io.BytesIO(data)) as image:
        if getattr(image, "n_frames", 1) > 1:
            return None
        width, height = image.size
        return (height, width) if image.getexif().get(ORIENTATION) in TURNED else (width, height)


def encode(data: bytes, cuts: Sequence[Cut]) -> list[Encoded]:
    """Each cut in each of its formats, with the colour profile and without anything else that the file says."""
    found = []
    with Image.open(io.BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile") if opened.mode in (*PLAIN_MODES, *SEE_THROUGH, "P") else None
        image = upright(opened)
    for cut in cuts:
        piece = image.resize(cut.size, Image.Resampling.LANCZOS, box=cut.box, reducing_gap=2.0)
        for wanted in cut.formats:
            kind = (PNG if piece.mode == "RGBA" else JPEG) if wanted == PLAIN else wanted
            out = io.BytesIO()
            piece.save(out, kind.upper(), icc_profile=profile, **OPTIONS[kind])
            found.append(Encoded(cut.name, kind, *piece.size, out.getvalue()))
    return found


def tried(data: bytes, cuts: Sequence[Cut]) -> list[Encoded]:
    """As ``encode``; nothing, and a line in the log, of a picture that cannot be decoded."""
    try:
        return encode(data, cuts) if cuts else []
    except Exception:  # whatever a broken file makes a decoder raise
        logger.exception("A picture could not be encoded")
        return []


def upright(opened: Image.Image) -> Image.Image:
    """As it is seen, in a mode that every format can hold."""
    image = ImageOps.exif_transpose(opened)
    clear = image.mode in SEE_THROUGH or "transparency" in image.info
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")  # the upper of two bytes
    return image.convert("RGBA" if clear else "RGB")
