"""``move_media``: copy the uploaded files to the bucket, or back to this machine's disk."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portfolio.management.media_transfer import BUCKET, DISK, transfer
from portfolio.management.progress import command_console, progress_bar
from portfolio.models import SiteSettings
from portfolio.models.site_version import touch_site_version


class Command(BaseCommand):
    help = "Copy all uploaded files to the S3 bucket or back to the disk, and compare each copy by its checksum."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", choices=[BUCKET, DISK], required=True, help="Where the files go.")
        parser.add_argument(
            "--delete", action="store_true", help="Delete the files where they were, once every copy is proved."
        )

    def handle(self, *args: Any, to: str, delete: bool, **options: Any) -> None:
        if not settings.AWS_STORAGE_BUCKET_NAME:
            raise CommandError("AWS_STORAGE_BUCKET_NAME is not set: it names the bucket.", returncode=2)
        try:
            with progress_bar(command_console(self.stdout)) as progress:
                report = transfer(to, progress, delete=delete)
        except OSError as error:
            raise CommandError(f"Nothing was copied. {error}", returncode=2) from error
        touch_site_version(SiteSettings)  # pages name other URLs
        self.stdout.write(
            f"{len(report.copied)} copied, {len(report.present)} were there already, {len(report.deleted)} deleted."
        )
        self.list_names("different on both sides, not replaced", report.different)
        self.list_names("not copied", report.failed)
        self.list_names("missing: the database names them, and no file is there", report.missing)
        if delete and not report.is_complete:
            self.stderr.write("Nothing was deleted, since not everything is there.")
        if not report.is_complete:
            sys.exit(1)

    def list_names(self, what: str, names: list[str]) -> None:
        if names:
            self.stderr.write(f"{len(names)} {what}:")
            for name in names:
                self.stderr.write(f"  {name}")
