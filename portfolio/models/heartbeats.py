"""Heartbeats: when the worker and the commands that run regularly last did."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connection, models
from django.utils import timezone

WORKER = "worker"
SCHEDULER = "publish_scheduled"
BACKUP = "backup"
HOUSEKEEPING = "housekeeping"

INTERVAL = 15.0  # seconds between two heartbeats of a worker
WORKER_TIMEOUT = timedelta(seconds=60)

logger = logging.getLogger(__name__)


class Heartbeat(models.Model):
    """``at`` is the last heartbeat of ``name``; several workers share one row."""

    name = models.CharField(max_length=50, unique=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def is_worker_running() -> bool:
    return Heartbeat.objects.filter(name=WORKER, at__gt=timezone.now() - WORKER_TIMEOUT).exists()


@contextmanager
def heartbeats(name: str) -> Iterator[None]:
    """Inside the block, a thread writes heartbeats on a connection of its own, however long a task takes.

    At the end the row is deleted. If another process of this name runs, that one writes it again.
    """
    stopped = threading.Event()

    def keep_beating() -> None:
        while True:
            close_old_connections()
            with logged_errors():
                Heartbeat.beat(name)
            if stopped.wait(INTERVAL):
                break
        with logged_errors():
            Heartbeat.objects.filter(name=name).delete()
        connection.close()

    thread = threading.Thread(target=keep_beating, name=f"heartbeats-{name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(timeout=5)


@contextmanager
def logged_errors() -> Iterator[None]:
    """On SQLite nobody can write while an import does; then the next heartbeat counts."""
    try:
        yield
    except DatabaseError as error:
        logger.warning("A heartbeat could not be written: %s", error)
