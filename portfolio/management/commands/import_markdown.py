"""``import_markdown``: import a site, or undo an import."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console

from portfolio.admin.imports.picture_fetcher import PictureFetcher
from portfolio.admin.jobs.backends import own_output
from portfolio.content.registry import page_mappings
from portfolio.content.site_settings import fill_owner_settings
from portfolio.delivery.disk_full import MESSAGE as DISK_FULL
from portfolio.delivery.disk_full import is_disk_full
from portfolio.documents.links import host_name
from portfolio.documents.report import render_text
from portfolio.engines import SourceError, source_kinds
from portfolio.engines.registry import AUTO
from portfolio.images.renditions.generate import ProgressCallback
from portfolio.images.renditions.tasks import leave_to_worker, make_at_once, make_missing_renditions
from portfolio.importer.conversion.overrides import MapError, read_map
from portfolio.importer.lock import ImportRunning, import_lock
from portfolio.importer.pipeline import ImportOptions, import_site
from portfolio.importer.placement import ImportImpossible
from portfolio.importer.undo.undo import UndoError, undo
from portfolio.management.progress import command_console, progress_bar
from portfolio.models import ImportRun
from portfolio.models.heartbeats import is_worker_running

DONE, DONE_WITH_ERRORS, NOTHING_DONE = 0, 1, 2


def host(text: str) -> str:
    """The host name that an argument names; argparse reports any other text."""
    name = host_name(text)
    if not name:
        raise ArgumentTypeError(f"{text!r} is not a host name, such as blog.example.org")
    return name


class Command(BaseCommand):
    help = "Import a Markdown site: a directory, a single file, or a .zip or .tar.gz of one."
    requires_system_checks: list[str] = []  # they load all views and forms, and the site has passed them
    pictures = "No new pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, nargs="?")
        parser.add_argument(
            "--kind", choices=source_kinds(), default=AUTO, help="The engine of the site; detected by default."
        )
        parser.add_argument("--dry-run", action="store_true", help="Do everything, then roll it back.")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="Write the report as JSON.")
        parser.add_argument("--map", type=Path, metavar="FILE.toml", help="Kinds of documents by path pattern.")
        parser.add_argument(
            "--on-conflict",
            choices=("keep", "source"),
            default="keep",
            help="Which side wins where a page was edited here and its source has changed; by default the page.",
        )
        parser.add_argument("--undo", type=int, metavar="RUN", help="Undo an earlier import, by its number.")
        parser.add_argument(
            "--config", type=Path, metavar="FILE", help="The site's configuration file, if it is not in the source."
        )
        parser.add_argument(
            "--own-host",
            action="append",
            default=[],
            type=host,
            metavar="HOST",
            help="Another host name of the old site; links to it are the site's own. Can be given several times.",
        )
        parser.add_argument(
            "--fetch-images",
            action="store_true",
            help="Download pictures that the texts show from other hosts, within limits, and store them here.",
        )
        parser.add_argument(
            "--wait",
            action="store_true",
            help="Make the sizes of pictures inside the command, which by default leaves them to the background.",
        )

    def handle(self, *args: Any, source: Path | None, **options: Any) -> None:
        console = command_console(self.stdout)
        if (source is None) == (options["undo"] is None):
            raise CommandError("Give a source to import, or a run to undo with --undo.", returncode=NOTHING_DONE)
        if source is None:
            self.undo(options["undo"], console)
            return
        try:
            with own_output():
                report = self.run(source, console, options)
        except ImportRunning:
            self.stderr.write("Nothing was imported. Another import is running on this site; wait until it is done.")
            sys.exit(NOTHING_DONE)
        except (SourceError, ImportImpossible, MapError) as error:
            self.stderr.write(f"Nothing was imported. {error}")
            sys.exit(NOTHING_DONE)
        except (OSError, DatabaseError) as error:
            if not is_disk_full(error):
                raise
            self.stderr.write(f"Nothing was imported. {DISK_FULL}")
            sys.exit(NOTHING_DONE)
        render_text(report, console)
        if options["dry_run"]:
            for document in report.documents:
                self.stdout.write(document.diff, ending="")
            console.print("A dry run: nothing was written.")
        else:
            console.print(self.pictures)
            if report.run is not None:
                console.print(f"To undo it: import_markdown --undo {report.run}")
        if options["report"]:
            options["report"].write_text(report.to_json() + "\n", encoding="utf-8")
        if report.has_errors:
            sys.exit(DONE_WITH_ERRORS)

    def undo(self, number: int, console: Console) -> None:
        try:
            with import_lock():
                result = undo(ImportRun.objects.get(pk=number))
        except ImportRun.DoesNotExist:
            raise CommandError(f"There is no run {number}.", returncode=NOTHING_DONE) from None
        except UndoError as error:
            raise CommandError(str(error), returncode=NOTHING_DONE) from error
        except ImportRunning as error:
            raise CommandError(
                "An import is running on this site; wait until it is done.", returncode=NOTHING_DONE
            ) from error
        for words, titles in (
            ("deleted", result.deleted),
            ("reverted to its state before the import", result.reverted),
            ("left as it is, since it was edited after the import", result.left),
        ):
            for title in titles:
                console.print(f"{title}: {words}", markup=False)
        console.print(f"Run {number} is undone.")

    def run(self, source: Path, console: Console, options: dict[str, Any]) -> Any:
        import_options = ImportOptions(
            source=source,
            kind=options["kind"],
            config=options["config"],
            kinds=read_map(options["map"]) if options["map"] else {},
            dry_run=options["dry_run"],
            overwrite=options["on_conflict"] == "source",
            own_hosts=options["own_host"],
            fetch=PictureFetcher() if options["fetch_images"] else None,
        )
        with progress_bar(console) as progress:
            maker = partial(self.make_renditions, wait=options["wait"])
            return import_site(import_options, page_mappings(), fill_owner_settings, progress, maker)

    def make_renditions(self, images: Collection[int], progress: ProgressCallback, *, wait: bool) -> None:
        """Leave the sizes of pictures to the background, if there is one and the command is not to wait."""
        count = f"{len(images)} new picture{'s'[: len(images) != 1]}"
        if wait:
            make_at_once(images, progress)
            self.pictures = f"{count}, made in all sizes."
        elif settings.TASK_QUEUE == "process":
            make_missing_renditions.enqueue()
            self.pictures = f"{count}; a process in the background makes their sizes."
        elif is_worker_running():
            leave_to_worker(images)
            self.pictures = f"{count}; the worker makes their sizes."
        else:
            make_at_once(images, progress)
            self.pictures = f"{count}, made in all sizes here, because no worker is running."
