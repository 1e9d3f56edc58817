"""Make a new installation usable: the demo's content and an administrator.

The sizes of the demo's pictures are made in the background, so that the server need not wait for them.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from portfolio.admin.jobs.backends import own_output
from portfolio.images.renditions.generate import is_ready
from portfolio.images.renditions.tasks import make_missing_renditions
from portfolio.models import CustomImage, ImportSite


class Command(BaseCommand):
    help = "On a new database: import demo/, create the administrator “admin” and print the password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="start without the demo")

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()
        if not ImportSite.objects.exists() and not users.objects.exists():
            call_command("update_index", verbosity=0)  # the first pages came by a migration, which indexes nothing
            if not options["empty"]:
                call_command("import_markdown", settings.BASE_DIR / "demo", stdout=self.stdout)
        elif settings.TASK_QUEUE == "process" and not all(map(is_ready, CustomImage.objects.iterator())):
            with own_output():
                make_missing_renditions.enqueue()  # the process of an earlier run was ended before it was done
        if not users.objects.filter(is_superuser=True).exists():
            password = secrets.token_urlsafe(12)
            users.objects.create_superuser("admin", "", password)
            self.stdout.write(f"\nThe admin is at /admin/. Log in as admin with the password {password}")
            self.stdout.write("It is shown this once; change it under Account.\n")
