"""``manage.py sanitise_images``: take the position out of images that were stored before uploads lost theirs."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.images import get_image_model

from portfolio.images.files import sanitised_file
from portfolio.images.sanitise import ImageRefused


class Command(BaseCommand):
    help = "Sanitise the stored images: no position, upright, one picture in each. Clean ones stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = 0
        for image in get_image_model().objects.order_by("pk").iterator(chunk_size=100):
            name = image.file.name
            try:
                changed += sanitise_stored(image)
            except (OSError, ImageRefused) as error:
                self.stderr.write(f"{name} stays as it is: {error}")
        self.stdout.write(f"{changed} images sanitised.")


def sanitise_stored(image: Any) -> bool:
    """Store the image's file anew, under another name, where it is not clean. Raises ``OSError``, ``ImageRefused``."""
    name, storage = image.file.name, image.file.storage
    with storage.open(name) as stored:
        file = sanitised_file(stored, name)
        stored.seek(0)
        if stored.read() == file.read():
            return False
    file.seek(0)
    with transaction.atomic():
        image.file.save(PurePosixPath(name).name, file, save=False)
        image.save(update_fields=["file"])
        transaction.on_commit(lambda: storage.delete(name))
    return True
