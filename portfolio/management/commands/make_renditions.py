"""Make all missing sizes and formats of pictures, for instance after a restore without them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.images import get_image_model

from portfolio.images.renditions.generate import generate_missing


class Command(BaseCommand):
    help = "Make all sizes and formats of pictures that pages show and that are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="make existing ones again, too")

    def handle(self, *args: Any, **options: Any) -> None:
        images = get_image_model()
        for rendition in images.get_rendition_model().objects.select_related("image").iterator():
            if options["again"] or not rendition.file.storage.exists(rendition.file.name):
                rendition.delete()
        made = generate_missing(images.objects.order_by("pk").iterator(), self.tell)
        self.stdout.write(f"{made} files made.")

    def tell(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total} pictures", ending="\r")
