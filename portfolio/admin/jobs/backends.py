"""Task backends: each background task runs in a new process, in a database queue, or at once (in tests).

Wagtail installs the package ``django_tasks``; Django 6 has the same as ``django.tasks``, and the database queue uses
whichever Django has. Long tasks use the backend ``background``. Wagtail's short tasks stay on ``default``, so that the
search finds a page as soon as it is published.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import Any

import django
from django.conf import settings
from django.utils.module_loading import import_string

if django.VERSION >= (6, 0):
    from django.tasks import task
    from django.tasks.backends.base import BaseTaskBackend
    from django.tasks.backends.immediate import ImmediateBackend
else:
    from django_tasks import task
    from django_tasks.backends.base import BaseTaskBackend
    from django_tasks.backends.immediate import ImmediateBackend

__all__ = ["ImmediateBackend", "ProcessBackend", "background_task", "run_task"]

background_task = task(backend="background")


class ProcessBackend(BaseTaskBackend):
    """Start a process for each task, so that it takes neither time nor memory from the web server.

    There is no queue, and no result is stored: the job models have their own.
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> None:
        self.validate_task(task)
        arguments = json.dumps({"args": args, "kwargs": kwargs})
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell, arguments as JSON
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_task", task.module_path, arguments],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=process.wait, daemon=True).start()  # or it would stay behind as a zombie


def run_task(path: str, arguments: str) -> None:
    """What the process of a `ProcessBackend` does."""
    arguments = json.loads(arguments)
    import_string(path).func(*arguments["args"], **arguments["kwargs"])
