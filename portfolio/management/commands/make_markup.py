"""Make what is missing of highlighted code, MathML and rendered Markdown, and forget what no page shows any more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portfolio.models import MarkupResult
from portfolio.models.unused_markup import delete_unused_markup


class Command(BaseCommand):
    help = "Make what pages show of code, formulas and Markdown, for instance after an upgrade, and forget the rest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="also retry conversions that were given up")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            MarkupResult.objects.filter(stopped=True).delete()
        swept = delete_unused_markup()
        for page, stopped in swept.stopped:
            self.stdout.write(f"{page.get_url() or page.title}: {stopped}")
        self.stdout.write(f"{swept.pages} pages, {swept.made} results made, {swept.forgotten} forgotten.")
