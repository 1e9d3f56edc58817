"""Where the desk's work goes on: a process of its own, a queue in the database, or, in tests, here and now.

Wagtail brings the package ``django_tasks``; Django 6 has the same as ``django.tasks``, and the database queue uses
whichever Django has. The desk's tasks run on a backend of their own, ``desk``, so that Wagtail's small ones stay where
they are: a page must be found by the search as soon as it is published.
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

__all__ = ["ImmediateBackend", "ProcessBackend", "desk_task", "run_task"]

desk_task = task(backend="desk")


class ProcessBackend(BaseTaskBackend):
    """Starts a process for each task, so that it takes neither time nor memory from the web server's.

    There is no queue: what is started is started. Results are not kept; the desk's jobs keep their own.
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> None:
        self.validate_task(task)
        said = json.dumps({"args": args, "kwargs": kwargs})
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell, arguments as JSON
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_task", task.module_path, said],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=process.wait, daemon=True).start()  # or it would stay behind as a zombie


def run_task(path: str, said: str) -> None:
    """What the process of a `ProcessBackend` does."""
    arguments = json.loads(said)
    import_string(path).func(*arguments["args"], **arguments["kwargs"])
