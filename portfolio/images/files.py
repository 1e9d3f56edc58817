"""Sanitised image files for Django's file fields. A file that a form has sanitised is not sanitised again."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from wagtail.images.models import WagtailImageFieldFile

from portfolio.images.formats import USUAL_SUFFIXES, open_header, suffix_of
from portfolio.images.sanitise import SanitisedImage, check_size, sanitise_image


class SanitisedFile(ContentFile):
    """The bytes of a ``SanitisedImage`` under a name whose extension fits them."""

    def __init__(self, image: SanitisedImage, name: str) -> None:
        super().__init__(image.data, fitting_name(name, image.extension))
        self.content_type = f"image/{'jpeg' if image.extension == 'jpg' else image.extension}"
        self.sha1 = hashlib.sha1(image.data, usedforsecurity=False).hexdigest()  # Wagtail's choice of hash


def fitting_name(name: str, extension: str) -> str:
    """``name`` with ``extension``; another spelling of the same extension (JPEG) stays."""
    suffix = suffix_of(name)
    if suffix in USUAL_SUFFIXES and suffix.replace("jpeg", "jpg") == extension:
        return name
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem or 'image'}.{extension}"))


def sanitised_file(content: File, name: str) -> SanitisedFile:
    """``content`` sanitised, under a fitting name. Raises ``ImageRefused``."""
    if isinstance(content, SanitisedFile):
        return content
    check_size(content.size)
    content.seek(0)
    return SanitisedFile(sanitise_image(content.read()), name)


class SanitisedImageFieldFile(WagtailImageFieldFile):
    """The field file of ``CustomImage``: everything stored through it is sanitised."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store ``content`` sanitised, and set the instance's size, hash and dimensions to what was stored.

        Raises ``ImageRefused``; then nothing is stored.
        """
        file = sanitised_file(content, name)
        instance: Any = self.instance
        super().save(fitting_name(name, suffix_of(file.name)), file, save=False)
        instance.file_size, instance.file_hash, instance.sanitised_name = file.size, file.sha1, instance.file.name
        if save:
            instance.save()

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Width and height from the header; None for a file that ``save`` will refuse.

        Wagtail's method does not recognise some formats that are converted here.
        """
        was_closed = self.closed
        try:
            self.open()
            with open_header(self) as image:
                return image.size
        except Exception:  # decoders raise many types for a broken file
            return None, None
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)

    save.alters_data = True  # type: ignore[attr-defined]
