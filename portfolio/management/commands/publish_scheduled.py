"""``publish_scheduled``: Wagtail's command, which also notes that it has run, looks at pages that have changed, and
cleans up once a day.

The dashboard warns when it has not run for long.
"""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from portfolio.admin.content_checks.page_checks import check_changed_pages
from portfolio.management.housekeeping import clean_up, is_due
from portfolio.models.heartbeats import SCHEDULER, Heartbeat


class Command(WagtailCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["dryrun"]:
            Heartbeat.beat(SCHEDULER)
            check_changed_pages()
            if is_due():
                clean_up()
