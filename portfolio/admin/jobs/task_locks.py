"""Task locks: of each task one process works and one waits, however often the task is enqueued meanwhile.

A task without arguments does everything that is to be done. So a process that has not begun yet does what any later one
would do. The locks end with their processes, however these end.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from portfolio.admin.jobs.private_files import private_folder


def open_lock(task: str, kind: str) -> BinaryIO:
    return (private_folder() / f"task-{task}.{kind}").open("ab")


def waiting_lock(task: str) -> BinaryIO:
    """The lock of the process that waits to do ``task``; the new process inherits it.

    Raises ``BlockingIOError`` when there is such a process.
    """
    lock = open_lock(task, "waiting")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise
    return lock


@contextmanager
def running_lock(task: str, waiting: int) -> Iterator[None]:
    """Wait until no other process does ``task``, then let the next one wait; ``waiting`` is its inherited lock."""
    with open_lock(task, "running") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.close(waiting)
        yield
