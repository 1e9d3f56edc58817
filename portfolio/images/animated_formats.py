"""Register animated AVIF and APNG with Willow, Wagtail's image library, which does not recognise them itself."""

from __future__ import annotations

import filetype
from filetype.types.image import Apng
from willow.image import INITIAL_IMAGE_CLASSES, PNGImageFile


class AvifSequenceType(filetype.Type):
    """An AVIF image sequence, by its major brand (https://aomediacodec.github.io/av1-avif/)."""

    def __init__(self) -> None:
        super().__init__(mime="image/avif", extension="avif")

    def match(self, buf: bytes) -> bool:
        return bytes(buf[4:12]) == b"ftypavis"


def register_animated_formats() -> None:
    """Let the admin show the first frame of these formats instead of an error."""
    if not any(isinstance(kind, AvifSequenceType) for kind in filetype.types):
        filetype.add_type(AvifSequenceType())
    INITIAL_IMAGE_CLASSES.setdefault(Apng().extension, PNGImageFile)
