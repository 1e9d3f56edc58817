"""Image sanitiser: check an image file, apply its orientation, remove its position. Pure.

Every image goes through it: uploads, imports, and files stored by code. Cheap checks come first: length, header,
structure, and then the pixels.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from portfolio.images.colour import TRANSPARENT_MODES, profile_of
from portfolio.images.formats import (
    ALIASES,
    AVIF,
    EXTENSIONS,
    GIF,
    HEAD,
    HEIF,
    JPEG,
    MAX_BYTES,
    MAX_PIXELS,
    PNG,
    SUFFIXES,
    WEBP,
    format_of,
    open_header,
    suffix_of,
)
from portfolio.images.metadata import avif, gif, jpeg, png, webp
from portfolio.images.metadata.exif import reduced_exif

ORIENTATION = 0x0112
# AVIF and WebP above this size are re-encoded as JPEG: at the size limit they would take 13 seconds and 1.3 GB.
LARGE_PIXELS = 12_000_000
CONTAINERS: dict[str, ModuleType] = {AVIF: avif, GIF: gif, JPEG: jpeg, PNG: png, WEBP: webp}
# Qualities for re-encoding, with no visible difference.
QUALITY: dict[str, dict[str, Any]] = {
    AVIF: {"quality": 85, "speed": 8},
    JPEG: {"quality": 92},
    WEBP: {"quality": 92, "method": 4},
}


class ImageRefused(ValueError):
    """The image is not accepted; the message says why, as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class SanitisedImage:
    """The bytes to store, their file extension, and the format of the original file."""

    data: bytes
    extension: str
    original_format: str


def check_size(length: int) -> None:
    """Raise ``ImageRefused`` for a file of more than 20 MB."""
    if length > MAX_BYTES:
        raise ImageRefused(f"{length / 1e6:.1f} MB, more than {MAX_BYTES // 2**20} MB")


def sanitise_image(data: bytes) -> SanitisedImage:
    """Check ``data`` and return what to store: upright, without position, one image or one animation.

    The compressed pixels stay unchanged unless they must be turned or converted (HEIC becomes JPEG); then the image is
    re-encoded with its colour profile. Only metadata on an allow-list is kept. Raises ``ImageRefused`` for more than 20
    MB or 40 megapixels (from the header), a damaged file, and any format but AVIF, GIF, HEIC, JPEG, PNG and WebP.
    """
    check_size(len(data))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about metadata that is removed anyway
            return sanitise_decoded(data)
    except ImageRefused:
        raise
    except UnidentifiedImageError as error:
        raise ImageRefused("not an AVIF, GIF, HEIC, JPEG, PNG or WebP image, or damaged at its beginning") from error
    except MemoryError as error:
        raise ImageRefused("damaged: it asks for more memory than there is") from error
    except Exception as error:  # decoders raise many types for a broken file: struct.error, EOFError, KeyError
        raise ImageRefused(f"damaged: {error}") from error


def sanitise_decoded(data: bytes) -> SanitisedImage:
    with open_header(io.BytesIO(data)) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ImageRefused(f"{image.width} x {image.height} pixels, more than {MAX_PIXELS // 10**6} megapixels")
        kind = ALIASES.get(str(image.format), str(image.format))
        if kind == HEIF:
            wanted = PNG if image.mode in TRANSPARENT_MODES else JPEG
            clean = CONTAINERS[wanted].strip(reencode(data, image, wanted))
            return SanitisedImage(clean, EXTENSIONS[wanted], kind)
        clean = CONTAINERS[kind].strip(data)
        if not needs_encoding(image, kind):
            check_pixels(clean)
            return SanitisedImage(clean, EXTENSIONS[kind], kind)
        slow = (
            kind in (AVIF, WEBP) and image.width * image.height > LARGE_PIXELS and image.mode not in TRANSPARENT_MODES
        )
        wanted = JPEG if slow else kind
        clean = CONTAINERS[wanted].strip(reencode(data, image, wanted))
        return SanitisedImage(clean, EXTENSIONS[wanted], kind)


def needs_encoding(image: Image.Image, kind: str) -> bool:
    """Whether the pixels must be turned. Animations are not."""
    return (kind == JPEG or not getattr(image, "is_animated", False)) and is_turned(image)


def is_turned(image: Image.Image) -> bool:
    """Whether EXIF or XMP says that the image is turned or mirrored. Unreadable metadata is ignored."""
    try:
        return image.getexif().get(ORIENTATION, 1) in range(2, 9)
    except Exception:  # as above
        return False


def check_pixels(data: bytes) -> None:
    """Decode a still image or the first frame of an animation, since only that finds some kinds of damage.

    A JPEG is decoded at an eighth of its size, which reads the whole file and needs little memory.
    """
    with open_header(io.BytesIO(data)) as image:
        image.draft(None, (image.width // 8, image.height // 8))
        image.load()


def reencode(data: bytes, image: Image.Image, kind: str) -> bytes:
    profile = profile_of(image)
    exif = reduced_exif(image.info.get("exif", b""), with_orientation=False)
    options = dict(QUALITY.get(kind, {}))
    if kind == JPEG and isinstance(image, JpegImagePlugin.JpegImageFile) and not JpegImagePlugin.get_sampling(image):
        options["subsampling"] = 0  # keep colour at full resolution
    if kind == WEBP and webp.is_lossless(data):
        options["lossless"] = True
    upright = ImageOps.exif_transpose(image)
    if kind == JPEG and upright.mode not in ("L", "RGB", "CMYK"):
        upright = upright.convert("RGB")
    # Pillow's plug-ins write everything that is here, such as a comment or XMP.
    upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
    out = io.BytesIO()
    upright.save(out, kind, icc_profile=profile, exif=exif, **options)
    return out.getvalue()


def strip_position(data: bytes) -> bytes:
    """An image file without its position, without decoding it; any other file unchanged.

    For files that are served unchanged, whatever their size. Raises ``ImageRefused`` for HEIC and malformed images,
    whose position cannot be removed in this way.
    """
    kind = format_of(data[:HEAD])
    if kind is None:
        return data
    if kind == HEIF:
        raise ImageRefused("a HEIC image, whose position can only be removed by converting it")
    try:
        return bytes(CONTAINERS[kind].strip(data))
    except Exception as error:  # as above
        raise ImageRefused(f"damaged: {error}") from error


def is_too_large_to_scale(file: Path) -> bool:
    """Whether the file is an image with more pixels than ``sanitise_image`` accepts."""
    if SUFFIXES.get(suffix_of(file.name), HEIF) == HEIF:
        return False
    try:
        with open_header(file) as image:
            return image.width * image.height > MAX_PIXELS
    except Exception:  # as above
        return False
