"""``import_markdown``: arguments and output of the import."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from portfolio.importer.lock import ImportRunning, only_import
from portfolio.importer.overrides import MapError, read_map
from portfolio.importer.pipeline import ImportOptions, import_site
from portfolio.importer.placing import ImportImpossible
from portfolio.importer.report import render_text
from portfolio.importer.sources import KINDS, SourceError
from portfolio.importer.undo import UndoError, undo
from portfolio.importing import introduce_owner
from portfolio.mappings import MAPPINGS
from portfolio.models import ImportRun

DONE, DONE_WITH_ERRORS, NOTHING_DONE = 0, 1, 2


class Command(BaseCommand):
    help = "Import a Markdown site: a directory, a single file, or a .zip or .tar.gz of one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, nargs="?")
        parser.add_argument("--kind", choices=KINDS, default="auto", help="What made the site; found out by default.")
        parser.add_argument("--dry-run", action="store_true", help="Do everything, then take it back.")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="Write the report as JSON.")
        parser.add_argument("--map", type=Path, metavar="FILE.toml", help="Say what a document is.")
        parser.add_argument(
            "--on-conflict",
            choices=("keep", "source"),
            default="keep",
            help="What wins where a page was edited here and its source has changed; by default the page.",
        )
        parser.add_argument("--undo", type=int, metavar="RUN", help="Take an earlier import back, by its number.")
        parser.add_argument("--config", type=Path, metavar="FILE", help="The site's configuration, if kept elsewhere.")

    def handle(self, *args: Any, source: Path | None, **options: Any) -> None:
        console = Console(file=self.stdout, soft_wrap=True, highlight=False)
        if (source is None) == (options["undo"] is None):
            raise CommandError("Name a source to import, or a run to take back with --undo.", returncode=NOTHING_DONE)
        if source is None:
            self.undo(options["undo"], console)
            return
        try:
            report = self.run(source, console, options)
        except ImportRunning:
            self.stderr.write("Nothing was imported. Another import is running on this site; wait until it is done.")
            sys.exit(NOTHING_DONE)
        except (SourceError, ImportImpossible, MapError) as error:
            self.stderr.write(f"Nothing was imported. {error}")
            sys.exit(NOTHING_DONE)
        render_text(report, console)
        if options["dry_run"]:
            for document in report.documents:
                self.stdout.write(document.diff, ending="")
            console.print("A dry run: nothing was written.")
        elif report.run is not None:
            console.print(f"To take it back: import_markdown --undo {report.run}")
        if options["report"]:
            options["report"].write_text(report.to_json() + "\n", encoding="utf-8")
        if report.has_errors:
            sys.exit(DONE_WITH_ERRORS)

    def undo(self, number: int, console: Console) -> None:
        try:
            with only_import():
                undone = undo(ImportRun.objects.get(pk=number))
        except ImportRun.DoesNotExist:
            raise CommandError(f"There is no run {number}.", returncode=NOTHING_DONE) from None
        except UndoError as error:
            raise CommandError(str(error), returncode=NOTHING_DONE) from error
        except ImportRunning as error:
            raise CommandError(
                "An import is running on this site; wait until it is done.", returncode=NOTHING_DONE
            ) from error
        for words, titles in (
            ("deleted", undone.deleted),
            ("taken back to what it said before", undone.reverted),
            ("left, since it was edited after the import", undone.left),
        ):
            for title in titles:
                console.print(f"{title}: {words}", markup=False)
        console.print(f"Run {number} is undone.")

    def run(self, source: Path, console: Console, options: dict[str, Any]) -> Any:
        settings = ImportOptions(
            source=source,
            kind=options["kind"],
            config=options["config"],
            kinds=read_map(options["map"]) if options["map"] else {},
            dry_run=options["dry_run"],
            overwrite=options["on_conflict"] == "source",
        )
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("Reading", total=None)

            def tell(step: str, done: int, total: int) -> None:
                progress.update(task, description=step, completed=done, total=total)

            return import_site(settings, MAPPINGS, introduce_owner, tell)
