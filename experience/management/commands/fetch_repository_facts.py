"""Fetch stars, language, licence and last release of the repositories that projects link to."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from experience.repositories.fetch import RepositoryFetcher
from experience.repositories.store import update_facts


class Command(BaseCommand):
    help = "Fetch stars, language, licence and last release of projects on GitHub, GitLab and Codeberg."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--max-age", type=int, default=0, metavar="DAYS", help="leave facts that are newer")

    def handle(self, *args: Any, **options: Any) -> None:
        result = update_facts(RepositoryFetcher(), timedelta(days=max(0, options["max_age"])))
        for address, reason in result.failed.items():
            self.stderr.write(f"{address}  {reason}")
        left = f", {result.left} left for the next run" if result.left else ""
        self.stdout.write(
            f"{len(result.updated)} fetched, {len(result.recent)} recent, {len(result.failed)} not fetched{left}."
        )
        if result.failed:
            sys.exit(1)
