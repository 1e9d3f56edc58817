"""Image formats that the site accepts, and their limits. Pure."""

from __future__ import annotations

import warnings
from pathlib import PurePosixPath
from typing import Any

from PIL import Image

# Registers HEIC, the format of iPhone photos, with Pillow. Wagtail's image library installs the decoder.
from pillow_heif import HeifImagePlugin  # noqa: F401

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000

AVIF, GIF, JPEG, PNG, WEBP, HEIF = "AVIF", "GIF", "JPEG", "PNG", "WEBP", "HEIF"
# Formats that are stored, with their file extension.
EXTENSIONS = {AVIF: "avif", GIF: "gif", JPEG: "jpg", PNG: "png", WEBP: "webp"}
# Formats that are accepted. HEIF, which few browsers show, is stored as JPEG or PNG.
FORMATS = (*EXTENSIONS, HEIF)
# Pillow's name for a JPEG file that contains further images.
ALIASES = {"MPO": JPEG}
SUFFIXES = {
    "avif": AVIF,
    "gif": GIF,
    "heic": HEIF,
    "heif": HEIF,
    "jfif": JPEG,
    "jpe": JPEG,
    "jpeg": JPEG,
    "jpg": JPEG,
    "png": PNG,
    "webp": WEBP,
}
# Extensions that do not change when a file of that format is stored.
USUAL_SUFFIXES = frozenset({"jpeg", *EXTENSIONS.values()})
SIGNATURES = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"GIF87a", GIF), (b"GIF89a", GIF))
HEAD = 32  # bytes that identify the format


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def format_of(head: bytes) -> str | None:
    """The format of a file, from its first bytes; None for a file of any other kind."""
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        brands = head[8:]
        if b"avif" in brands or b"avis" in brands:
            return AVIF
        if any(brand in brands for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")):
            return HEIF
    return None


def open_header(source: Any) -> Image.Image:
    """Open the image at a path or in a file, reading only its header.

    Callers check its size, so Pillow's warning about large images is switched off.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(source, formats=FORMATS)
