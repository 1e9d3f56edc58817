"""Task backends: each background task runs in a new process, in a database queue, or at once (in tests).

Wagtail installs the package ``django_tasks``; Django 6 has the same as ``django.tasks``, and the database queue uses
whichever Django has. Long tasks use the backend ``background``. Wagtail's short tasks stay on ``default``, so that the
search finds a page as soon as it is published.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO

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

from portfolio.admin.jobs.private_files import private_folder
from portfolio.admin.jobs.task_locks import running_lock, waiting_lock

__all__ = ["ImmediateBackend", "ProcessBackend", "background_task", "own_output", "run_task"]

logger = logging.getLogger(__name__)

LOG_FILE = "background.log"  # in the private folder

background_task = task(backend="background")

_own_output: ContextVar[bool] = ContextVar("own_output", default=False)


@contextmanager
def own_output() -> Iterator[None]:
    """Processes started inside the block log to a private file instead of the output of this process.

    For commands, which end earlier: whoever reads a command's output through a pipe waits until nobody has it open.
    """
    token = _own_output.set(True)
    try:
        yield
    finally:
        _own_output.reset(token)


class ProcessBackend(BaseTaskBackend):
    """Start a process for each task, so that it takes neither time nor memory from the web server.

    There is no queue, and no result is stored: the job models have their own. A task without arguments is not started
    again while a process of it has not begun (``task_locks``).
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> None:
        self.validate_task(task)
        arguments = json.dumps({"args": args, "kwargs": kwargs})
        with ExitStack() as stack:
            waiting: list[str] = []
            if not args and not kwargs:
                try:
                    lock = stack.enter_context(waiting_lock(task.module_path))
                except BlockingIOError:
                    return
                except OSError:  # this user may not write there: start a process each time
                    logger.warning("No lock for %s", task.module_path)
                else:
                    waiting = [str(lock.fileno())]
            output = stack.enter_context(open_log()) if _own_output.get() else None
            process = subprocess.Popen(  # noqa: S603 - our own command, no shell, arguments as JSON
                [
                    sys.executable,
                    str(settings.BASE_DIR / "manage.py"),
                    "run_task",
                    task.module_path,
                    arguments,
                    *waiting,
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=[int(descriptor) for descriptor in waiting],
            )
        threading.Thread(target=process.wait, daemon=True).start()  # or it would stay behind as a zombie


def open_log() -> BinaryIO:
    """The log of processes that outlive a command; nowhere if this user may not write it."""
    try:
        return (private_folder() / LOG_FILE).open("ab")
    except OSError:
        return Path(os.devnull).open("wb")


def run_task(path: str, arguments: str, waiting: int | None = None) -> None:
    """What the process of a `ProcessBackend` does; ``waiting`` is the descriptor of its `waiting_lock`."""
    given = json.loads(arguments)
    with nullcontext() if waiting is None else running_lock(path, waiting):
        import_string(path).func(*given["args"], **given["kwargs"])
