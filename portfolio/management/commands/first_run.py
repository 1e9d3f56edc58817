"""Make a new installation usable: the demo's content and an administrator."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portfolio.models import ImportSite


class Command(BaseCommand):
    help = "On a new database: import demo/, create the administrator “admin” and print the password once."

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()
        if not ImportSite.objects.exists() and not users.objects.exists():
            call_command("update_index", verbosity=0)  # the first pages came by a migration, which indexes nothing
            call_command("import_markdown", settings.BASE_DIR / "demo", stdout=self.stdout)
        if not users.objects.filter(is_superuser=True).exists():
            password = secrets.token_urlsafe(12)
            users.objects.create_superuser("admin", "", password)
            self.stdout.write(f"\nThe admin is at /admin/. Log in as admin with the password {password}")
            self.stdout.write("It is shown this once; change it under Account.\n")
