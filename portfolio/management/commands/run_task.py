"""``run_task``: the process that does one piece of work for the admin. Started by the site itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portfolio.admin.jobs.backends import run_task


class Command(BaseCommand):
    help = "Run one background task. The site starts this command by itself."
    requires_system_checks: list[str] = []  # they load all views and forms, and the site has passed them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", help="The task, by the path of its module and its name.")
        parser.add_argument("arguments", help="Its arguments as JSON.")
        parser.add_argument("waiting", type=int, nargs="?", help="The inherited descriptor of the task's lock.")

    def handle(self, *args: Any, **options: Any) -> None:
        run_task(options["task"], options["arguments"], options["waiting"])
