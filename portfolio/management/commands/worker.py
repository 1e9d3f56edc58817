"""``worker``: run the worker of the database queue, with heartbeats (``portfolio.models.heartbeats``)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portfolio.models.heartbeats import WORKER, heartbeats


class Command(BaseCommand):
    help = "Run background tasks from the queue until SIGTERM, after which the current task is finished."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="Stop when the queue is empty.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.TASK_QUEUE != "database":
            raise CommandError(
                f"There is no queue to work through: TASK_QUEUE is {settings.TASK_QUEUE!r}, so the site starts a "
                "process for each task. Set TASK_QUEUE=database for the site and the worker to use a queue."
            )
        batch = ["--batch"] if options["batch"] else []
        with heartbeats(WORKER):
            call_command("db_worker", "--backend=background", "--no-reload", *batch, verbosity=options["verbosity"])
