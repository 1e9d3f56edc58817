"""``restore``: put a backup in the place of an empty site."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portfolio.backup.archive import restore
from portfolio.backup.errors import BackupError, RestoreIncomplete
from portfolio.management.progress import command_console, progress_bar


class Command(BaseCommand):
    help = "Restore database and uploaded files from a backup, and compare the site with it."
    requires_system_checks: list[str] = []  # the database may be empty

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="An archive that the command backup has written.")
        parser.add_argument("--replace", action="store_true", help="Replace the content that this site has.")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            with progress_bar(command_console(self.stdout)) as progress:
                restored = restore(file, progress, replace=replace)
        except BackupError as error:
            raise CommandError(f"Nothing was restored. {error}", returncode=2) from error
        except RestoreIncomplete as error:
            message = f"{error} Restore again with --replace when the cause is mended."
            raise CommandError(message, returncode=1) from error
        for line in restored.differences:
            self.stderr.write(line)
        manifest = restored.manifest
        rows = sum(manifest.tables.values())
        self.stdout.write(
            f"Restored the backup of {manifest.created}: {len(manifest.tables)} tables with {rows} rows, "
            f"{len(manifest.files)} files; {len(restored.differences) or 'no'} differences."
        )
        if restored.differences:
            sys.exit(1)
