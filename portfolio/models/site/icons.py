"""Site icons: the owner's picture in the sizes that browsers and phones ask for, made once and stored.

The name of a file has the picture's hash, so a stored icon never shows an earlier picture.
"""

from __future__ import annotations

import logging
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from portfolio.images.site_icons import ICONS, draw_icon
from portfolio.models.images import CustomImage

FOLDER = "icons"
EDITION = 1  # increase it when the drawing changes

logger = logging.getLogger(__name__)


def icon_version(image: CustomImage) -> str:
    """Changes with the picture: part of file names and of addresses that browsers keep."""
    return f"{EDITION}-{image.pk}-{(image.file_hash or 'new')[:12]}"


def icon_data(image: CustomImage, name: str) -> bytes | None:
    """One of ``ICONS`` as a file, made when it is not stored; None for a picture that cannot be read."""
    path = f"{FOLDER}/{icon_version(image)}-{name}"
    try:
        with default_storage.open(path) as stored:
            return stored.read()
    except FileNotFoundError:
        pass
    try:
        with image.file.storage.open(image.file.name) as file:
            data = draw_icon(file.read(), name)
    except (OSError, ValueError):
        logger.warning("The icon %s could not be made of the picture %s", name, image.pk)
        return None
    default_storage.save(path, ContentFile(data))
    return data


def make_icons(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Signal handler for the site settings: make all icons after the picture was chosen."""
    if not raw:
        transaction.on_commit(refresh_icons, robust=True)


def refresh_icons() -> None:
    """Make the icons of every site, and delete those of earlier pictures."""
    images = list(CustomImage.objects.filter(pk__in=apps.get_model("portfolio.SiteSettings").objects.values("icon")))
    for image in images:
        for name in ICONS:
            icon_data(image, name)
    used = tuple(f"{icon_version(image)}-" for image in images)
    try:
        stored = default_storage.listdir(FOLDER)[1]
    except (FileNotFoundError, NotImplementedError):  # there are none yet, or the storage cannot list files
        return
    for name in stored:
        if not name.startswith(used):
            default_storage.delete(f"{FOLDER}/{name}")
