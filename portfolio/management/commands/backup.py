"""``backup``: write the whole site to one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portfolio.backup.archive import backup
from portfolio.backup.errors import BackupError
from portfolio.management.progress import command_console, progress_bar
from portfolio.models.heartbeats import BACKUP, Heartbeat, logged_errors


class Command(BaseCommand):
    help = "Write database and uploaded files to one archive, with a manifest that proves it complete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The archive to write: FILE.tar or FILE.tar.gz.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with progress_bar(command_console(self.stdout)) as progress:
                manifest = backup(file, progress)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was written. {error}", returncode=2) from error
        with logged_errors():
            Heartbeat.beat(BACKUP)
        for name in manifest.deleted:
            self.stderr.write(f"{name} was deleted while the backup was written: it is not in it.")
        rows = sum(manifest.tables.values())
        self.stdout.write(f"{file}: {len(manifest.tables)} tables with {rows} rows, {len(manifest.files)} files.")
