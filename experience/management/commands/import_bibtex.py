"""Import a BibTeX file as publications."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from experience.bibtex.parse import BibtexError, parse_bibtex
from experience.bibtex.store import publication_index, store_entries
from portfolio.importer.lock import BUSY, ImportRunning, import_lock
from portfolio.models import HomePage


class Command(BaseCommand):
    help = "Import the entries of a BibTeX file as publications. A second import updates what has changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the .bib file")
        parser.add_argument("--draft", action="store_true", help="publish nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        home = HomePage.objects.first()
        if home is None:
            raise CommandError("The site has no home page.", returncode=2)
        try:
            parsed = parse_bibtex(options["file"].read_bytes())
        except (OSError, BibtexError) as error:
            raise CommandError(str(error), returncode=2) from error
        try:
            with import_lock():
                result = store_entries(parsed.entries, publication_index(home), publish=not options["draft"])
        except ImportRunning as error:
            raise CommandError(BUSY, returncode=2) from error
        problems = [(problem.line, problem.message) for problem in parsed.problems] + result.problems
        for line, message in problems:
            self.stderr.write(f"{options['file']}:{line}  {message}")
        for title in result.edited_here:
            self.stderr.write(f"“{title}” was edited here and stays as it is")
        self.stdout.write(
            f"{len(result.created)} created, {len(result.updated)} updated, "
            f"{len(result.unchanged) + len(result.edited_here)} left as they are."
        )
        if problems:
            sys.exit(1)
