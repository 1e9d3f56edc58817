"""Make the PDF of the résumé now, for instance after Pango was installed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from experience import pango
from experience.resume.tasks import make_resume_pdfs


class Command(BaseCommand):
    help = "Make the PDF of the résumé for each site that lacks it."

    def handle(self, *args: Any, **options: Any) -> None:
        if not pango.is_installed():
            raise CommandError(pango.MISSING, returncode=2)
        self.stdout.write(f"{make_resume_pdfs.func()} made.")
