"""``export_markdown``: arguments and output of the export."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from portfolio.exporter.pipeline import LAYOUTS, ORIGINAL, ExportOptions, export_site
from portfolio.exporter.tree import ExportImpossible
from portfolio.exporting import new_config
from portfolio.importer.sources import SourceError
from portfolio.management.commands.import_markdown import DONE_WITH_ERRORS, NOTHING_DONE
from portfolio.mappings import EXPORTS, MAPPINGS


class Command(BaseCommand):
    help = "Write the site as a tree of Markdown. What nobody has edited comes out byte for byte as it came in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("destination", type=Path, metavar="DEST", help="A directory that is empty or not there.")
        parser.add_argument(
            "--layout",
            choices=LAYOUTS,
            default=ORIGINAL,
            help="Paths as they were imported, or all as Jekyll has them.",
        )

    def handle(self, *args: Any, destination: Path, layout: str, **options: Any) -> None:
        try:
            report = export_site(ExportOptions(destination, layout), EXPORTS, MAPPINGS, new_config)
        except (ExportImpossible, SourceError) as error:
            self.stderr.write(f"Nothing was exported. {error}")
            sys.exit(NOTHING_DONE)
        for line in report.lines():
            self.stdout.write(line)
        if report.has_errors:
            sys.exit(DONE_WITH_ERRORS)
