"""``housekeeping``: delete what nobody needs any more; ``publish_scheduled`` does it once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portfolio.management.housekeeping import clean_up


class Command(BaseCommand):
    help = "Delete expired sessions, old failed sign-ins and finished tasks, and revisions older than REVISION_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        clean_up()
