"""Readiness checks: database, migrations, cache, media storage and the queue of tasks, each within a time limit."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path
from threading import Lock, Thread

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from portfolio.models.heartbeats import is_worker_running

OK, FAILING = "ok", "failing"
TIME_LIMIT = 3.0  # seconds

logger = logging.getLogger(__name__)


class ReadinessCheck:
    """A check that runs in a thread with a database connection of its own, so that nobody waits for it in vain.

    ``ask`` raises an exception when the service fails; it may return another state than "ok".
    There is one run at a time: requests that come meanwhile get its result, and one that hangs takes no second thread.
    """

    def __init__(self, name: str, ask: Callable[[], str | None]) -> None:
        self.name, self.ask = name, ask
        self.lock = Lock()
        self.run: Future[str] | None = None

    def begin(self) -> Future[str]:
        """The current run, or a new one."""
        with self.lock:
            if self.run is None or self.run.done():
                self.run = Future()
                Thread(target=self.finish, args=(self.run,), name=f"readyz-{self.name}", daemon=True).start()
            return self.run

    def finish(self, run: Future[str]) -> None:
        state = self.state()
        try:
            connections.close_all()
        finally:
            run.set_result(state)

    def state(self) -> str:
        try:
            return self.ask() or OK
        except Exception:  # drivers raise many types
            logger.exception("Not ready: %s failed", self.name)
            return FAILING


def current_states() -> dict[str, str]:
    """The state of each service by its name. What takes longer than ``TIME_LIMIT`` fails."""
    names = [name for name in CHECKS if name not in QUEUE_CHECKS or settings.TASK_QUEUE == "database"]
    runs = {name: CHECKS[name].begin() for name in names}
    wait(runs.values(), timeout=TIME_LIMIT)
    for name in names:
        if not runs[name].done():
            logger.error("Not ready: %s did not answer within %s seconds", name, TIME_LIMIT)
    return {name: run.result() if run.done() else FAILING for name, run in runs.items()}


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


class MissingMigrations:
    """Checks that every migration of the code was applied. Once that is so, it stays so and is not asked again."""

    def __init__(self) -> None:
        self.none = False

    def __call__(self) -> None:
        if self.none:
            return
        executor = MigrationExecutor(connection)
        missing = [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
        if missing:
            raise RuntimeError(f"{len(missing)} not migrated: {', '.join(missing[:10])}")
        self.none = True


def check_cache() -> None:
    if hasattr(cache, "check_server"):  # ask Redis even while its circuit is open
        cache.check_server()
    cache.set("readyz", "here", timeout=10)
    if cache.get("readyz") != "here":
        raise RuntimeError("the cache does not store values")


def check_media() -> None:
    """A folder must be writable; it is made with the first upload. Other storages are asked."""
    for storage in (default_storage, storages["private"]):
        check_storage(storage)


def check_storage(storage: Storage) -> None:
    if hasattr(storage, "check_server"):
        storage.check_server()
        return
    if not isinstance(storage, FileSystemStorage):
        storage.exists("readyz")
        return
    root = Path(storage.location)
    existing = next(folder for folder in (root, *root.parents) if folder.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        raise RuntimeError(f"{existing} is not writable")


def check_queue() -> None:
    from django_tasks_db.models import DBTaskResult  # installed with the queue only

    DBTaskResult.objects.ready().exists()


def check_worker() -> str:
    """Not a failure: the site serves pages without a worker."""
    return "running" if is_worker_running() else "not running"


QUEUE_CHECKS = {"queue": check_queue, "worker": check_worker}
CHECKS = {
    name: ReadinessCheck(name, ask)
    for name, ask in {
        "database": check_database,
        "migrations": MissingMigrations(),
        "cache": check_cache,
        "media": check_media,
        **QUEUE_CHECKS,
    }.items()
}
