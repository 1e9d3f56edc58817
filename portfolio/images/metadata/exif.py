"""EXIF reduced to an allow-list: author, rights, dates, camera and exposure; no position, no description. Pure."""

from __future__ import annotations

from typing import Any

from PIL import Image
from PIL.ExifTags import IFD, Base

from portfolio.images.metadata.position import harmless_text

KEPT = (
    Base.Make,
    Base.Model,
    Base.Software,
    Base.DateTime,
    Base.Artist,
    Base.Copyright,
)
KEPT_OF_EXPOSURE = (
    Base.ExposureTime,
    Base.FNumber,
    Base.ISOSpeedRatings,
    Base.DateTimeOriginal,
    Base.DateTimeDigitized,
    Base.FocalLength,
    Base.ColorSpace,
    Base.FocalLengthIn35mmFilm,
    Base.LensMake,
    Base.LensModel,
)
NUMBERS = frozenset(
    (
        Base.ExposureTime,
        Base.FNumber,
        Base.ISOSpeedRatings,
        Base.FocalLength,
        Base.ColorSpace,
        Base.FocalLengthIn35mmFilm,
    )
)


def reduced_exif(block: bytes, *, with_orientation: bool = True) -> bytes:
    """``Exif\\0\\0`` and a TIFF structure with the allowed tags of ``block``; b"" when there are none.

    A tag is kept only when its value is of the right kind: one number, or a short text that names no place. The result
    is stable: reducing it again changes nothing.
    """
    try:
        original, kept = Image.Exif(), Image.Exif()
        original.load(block)
        for tag in KEPT:
            if (value := allowed(tag, original.get(tag))) is not None:
                kept[tag] = value
        if with_orientation and original.get(Base.Orientation) in range(1, 9):
            kept[Base.Orientation] = original[Base.Orientation]
        exposure = original.get_ifd(IFD.Exif)
        if found := {tag: value for tag in KEPT_OF_EXPOSURE if (value := allowed(tag, exposure.get(tag))) is not None}:
            kept.get_ifd(IFD.Exif).update(found)
            kept[IFD.Exif] = kept.get_ifd(IFD.Exif)
        return kept.tobytes() if len(kept) else b""
    except Exception:  # Pillow raises many types for a broken structure; the image is kept without EXIF
        return b""


def allowed(tag: int, value: Any) -> Any:
    """The value if it may be kept, else None."""
    if tag in NUMBERS:
        return None if value is None or isinstance(value, str | bytes | tuple) else value
    return harmless_text(value) or None if isinstance(value, str) else None
