"""``export_markdown``: write the site as a tree of Markdown."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from portfolio.content.registry import page_exports, page_mappings
from portfolio.content.site_settings import site_profile
from portfolio.delivery.disk_full import MESSAGE as DISK_FULL
from portfolio.delivery.disk_full import is_disk_full
from portfolio.engines import SourceError
from portfolio.engines.registry import ORIGINAL, layouts
from portfolio.exporter.output_tree import ExportImpossible
from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.management.commands.import_markdown import DONE_WITH_ERRORS, NOTHING_DONE
from portfolio.management.progress import command_console, progress_bar


class Command(BaseCommand):
    help = "Write the site as a tree of Markdown. Documents that nobody has edited are the same, byte for byte."
    requires_system_checks: list[str] = []  # they load all views and forms, and the site has passed them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "destination", type=Path, metavar="DEST", help="A directory that is empty or does not exist."
        )
        parser.add_argument(
            "--layout",
            choices=layouts(),
            default=ORIGINAL,
            help="Paths as imported, or those of an engine.",
        )

    def handle(self, *args: Any, destination: Path, layout: str, **others: Any) -> None:
        try:
            with progress_bar(command_console(self.stdout)) as progress:
                options = ExportOptions(destination, layout)
                report = export_site(options, page_exports(), page_mappings(), site_profile, progress)
        except (ExportImpossible, SourceError) as error:
            self.stderr.write(f"Nothing was exported. {error}")
            sys.exit(NOTHING_DONE)
        except OSError as error:
            if not is_disk_full(error):
                raise
            self.stderr.write(f"Nothing was exported. {DISK_FULL}")
            sys.exit(NOTHING_DONE)
        for line in report.lines():
            self.stdout.write(line)
        if report.has_errors:
            sys.exit(DONE_WITH_ERRORS)
