"""Signal handlers for image files outside of the library: avatars, uploads without a title yet, and documents."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from portfolio.images.field_files import is_stored
from portfolio.images.files import SanitisedFile, sanitised_file
from portfolio.images.formats import HEAD, format_of
from portfolio.images.sanitise import ImageRefused, strip_position


def sanitise_avatar(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        sanitise_new_file(instance, "avatar")


def sanitise_pending_upload(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.for_content_type.model_class() is get_image_model():
        sanitise_new_file(instance, "file")


def strip_document(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    """Remove the position from a new document whose content is an image, such as a renamed photo.

    Documents do not accept the extensions of images. Any other content is stored unchanged.
    """
    file = instance.file
    if raw or not file or is_stored(file):
        return
    file.file.seek(0)
    is_image = format_of(file.file.read(HEAD)) is not None
    file.file.seek(0)
    if not is_image:
        return
    with suppress(ImageRefused):  # a damaged image is stored like any other document
        data = strip_position(file.file.read())
        instance.file = ContentFile(data, file.name)
        instance.file_size, instance.file_hash = len(data), hash_filelike(io.BytesIO(data))
        return
    file.file.seek(0)


def sanitise_new_file(instance: Model, field: str) -> None:
    """Replace a file that is about to be stored by its sanitised form. Raises ``ImageRefused``."""
    file = getattr(instance, field)
    if file and not is_stored(file) and not isinstance(file.file, SanitisedFile):
        setattr(instance, field, sanitised_file(file.file, file.name))
