"""Encode an image in several sizes and formats, decoding it once. Without Django, so that it runs in any process."""

from __future__ import annotations

import io
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from portfolio.images.colour import to_screen_colours
from portfolio.images.rendition_sizes import AVIF, JPEG, PLAIN, PNG, WEBP

# The qualities of Wagtail 8. Slower settings of AVIF and PNG take five times as long and save a few per cent.
OPTIONS: dict[str, dict[str, Any]] = {
    AVIF: {"quality": 61, "speed": 8},
    WEBP: {"quality": 80, "method": 4},
    JPEG: {"quality": 76, "optimize": True, "progressive": True},
    PNG: {"compress_level": 6},
}
TURNED = range(5, 9)  # values of the EXIF orientation that swap width and height
ORIENTATION = 0x0112


logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of the image (``box``: left, top, right, bottom) at a size, in some formats; ``name`` names the size."""

    name: str
    box: tuple[float, float, float, float]
    size: tuple[int, int]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EncodedRendition:
    name: str
    format: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class ImageShape:
    """Width and height with the orientation applied, and whether the image is animated (an MPO photo is not)."""

    width: int
    height: int
    moving: bool = False


def shape_of(data: bytes) -> ImageShape:
    """The shape of an image, read from its header."""
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        if image.getexif().get(ORIENTATION) in TURNED:
            width, height = height, width
        return ImageShape(width, height, image.format != "MPO" and getattr(image, "is_animated", False))


def encode(data: bytes, crops: Sequence[Crop]) -> list[EncodedRendition]:
    """Every crop in each of its formats, with the colour profile and no other metadata.

    An animation is encoded as its first frame.
    """
    results = []
    with Image.open(io.BytesIO(data)) as opened:
        image, profile = to_screen_colours(ImageOps.exif_transpose(opened))
    image.info = {}
    for crop in crops:
        resized = image.resize(crop.size, Image.Resampling.LANCZOS, box=crop.box, reducing_gap=2.0)
        for name in crop.formats:
            kind = (PNG if resized.mode == "RGBA" else JPEG) if name == PLAIN else name
            out = io.BytesIO()
            resized.save(out, kind.upper(), icc_profile=profile, **OPTIONS[kind])
            results.append(EncodedRendition(crop.name, kind, *resized.size, out.getvalue()))
    return results


def encode_or_log(data: bytes, crops: Sequence[Crop]) -> list[EncodedRendition]:
    """As ``encode``; an image that cannot be decoded gives no rendition and a line in the log."""
    try:
        return encode(data, crops) if crops else []
    except Exception:  # decoders raise many types for a broken file
        logger.exception("An image could not be encoded")
        return []


def end_with_parent() -> None:
    """Initializer of a worker process: end it when its parent is killed, which a pool does not see to."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()
