"""Image files made safe to store: checked by their header first, turned upright, position stripped. Pure."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
EXTENSIONS = {"AVIF": "avif", "GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
SUFFIXES = frozenset({"jpeg", *EXTENSIONS.values()})
ORIENTATION = 0x0112
GPS = 0x8825


class PictureError(ValueError):
    """The file is not an image that the site takes; the message says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes ready to store, with the extension that fits them."""

    data: bytes
    extension: str


def opened(source: io.BytesIO | Path) -> Image.Image:
    """The image with only its header read. Whoever opens it looks at its size, so Pillow's own warning says nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(source, formats=list(EXTENSIONS))


def check_size(length: int) -> None:
    """Raise ``PictureError`` for a file of more than 20 MB."""
    if length > MAX_BYTES:
        raise PictureError(f"{length / 1e6:.1f} MB, more than {MAX_BYTES // 2**20} MB")


def is_too_large_to_scale(file: Path) -> bool:
    """Whether the file is an image that ``prepare`` refuses for its many pixels and that tells nobody's position."""
    if file.suffix.lower().removeprefix(".") not in SUFFIXES:
        return False
    try:
        with opened(file) as image:
            return image.width * image.height > MAX_PIXELS and GPS not in image.getexif()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False


def prepare(data: bytes) -> Picture:
    """Check ``data`` and return what to store.

    Bytes are kept as they are unless the EXIF block turns the picture or tells where it was taken. Raises
    ``PictureError`` for more than 20 MB or 40 megapixels (told from the header, before decoding), and for anything
    but AVIF, GIF, JPEG, PNG and WebP.
    """
    check_size(len(data))
    try:
        with opened(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PictureError(f"{image.width} x {image.height} pixels, more than {MAX_PIXELS // 10**6} megapixels")
            extension = EXTENSIONS[str(image.format)]
            exif = image.getexif()
            if GPS not in exif and exif.get(ORIENTATION, 1) == 1:
                image.load()  # a damaged file tells so only when it is decoded
                return Picture(data, extension)
            upright = ImageOps.exif_transpose(image)
            kept = upright.getexif()
            kept.pop(GPS, None)
            out = io.BytesIO()
            upright.save(out, format=image.format, exif=kept, quality=92)
            return Picture(out.getvalue(), extension)
    except PictureError:
        raise
    except UnidentifiedImageError as error:
        raise PictureError("not an AVIF, GIF, JPEG, PNG or WebP image") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureError(f"damaged: {error}") from error
