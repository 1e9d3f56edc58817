"""``publish_scheduled``: Wagtail's command, which also notes that it has run: the dashboard warns when it has not."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from portfolio.models import Heartbeat

SCHEDULER = "publish_scheduled"


class Command(WagtailCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["dryrun"]:
            Heartbeat.beat(SCHEDULER)
