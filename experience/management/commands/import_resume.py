"""Import a résumé: JSON Resume, CV data of a site, LinkedIn's data export or a Europass CV."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from experience.resume.json_import import import_resume
from experience.resume.readers.read import FORMS, MAX_FILE, read_resume
from experience.resume.readers.resume_file import ResumeError
from portfolio.importer.lock import BUSY, ImportRunning, import_lock


class Command(BaseCommand):
    help = (
        f"Import a résumé: {FORMS}. What is here already stays; what has no place here is kept for /resume.json, and "
        "what is left out is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the résumé, such as resume.json, cv.yml or LinkedIn's .zip")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as stream:
                file = read_resume(stream.read(MAX_FILE + 1), options["file"].name)
            with import_lock():
                result = import_resume(file.document)
        except (OSError, ResumeError) as error:
            raise CommandError(str(error), returncode=2) from error
        except ImportRunning as error:
            raise CommandError(BUSY, returncode=2) from error
        for problem in result.problems:
            self.stderr.write(problem)
        for note in file.notes:
            self.stdout.write(f"Left out: {note}.")
        for note in result.notes:
            self.stdout.write(f"{note}.")
        self.stdout.write(f"This is {file.form}. Made: {result.in_words}.")
        if result.problems:
            sys.exit(1)
