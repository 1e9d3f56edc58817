"""Draw all missing pictures for shared links, for instance after a restore without them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portfolio.images.share_images.tasks import make_share_images


class Command(BaseCommand):
    help = "Draw the picture beside a shared link for every page that has neither a cover nor such a picture."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{make_share_images.func()} pictures made.")
