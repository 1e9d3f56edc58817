"""Import a résumé in the form of JSON Resume."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from experience.resume.json_import import ResumeError, import_resume, read_resume
from portfolio.importer.lock import BUSY, ImportRunning, import_lock


class Command(BaseCommand):
    help = "Import a résumé (JSON Resume). What is here already stays; what has no place here is kept for /resume.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the résumé, such as resume.json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = read_resume(options["file"].read_bytes())
            with import_lock():
                result = import_resume(document)
        except (OSError, ResumeError) as error:
            raise CommandError(str(error), returncode=2) from error
        except ImportRunning as error:
            raise CommandError(BUSY, returncode=2) from error
        for problem in result.problems:
            self.stderr.write(problem)
        self.stdout.write(f"Made: {result.in_words}.")
        if result.problems:
            sys.exit(1)
