"""Progress of a job, passed from the worker to the web process, which may be on another machine.

It is written beside the transaction of the job: an import is one transaction, which nobody else can see before its end.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from django.db import DatabaseError, connection, connections

from portfolio.admin.jobs.private_files import private_folder
from portfolio.models.jobs import BackgroundJob, JobProgress

WRITE_INTERVAL = 0.3  # seconds between two writes
HEARTBEAT_INTERVAL = 10.0  # seconds between two heartbeats during a long step


@dataclass(frozen=True, slots=True)
class Progress:
    """``step`` in words, and ``done`` of ``total``; ``at`` is when it was written, in seconds since 1970."""

    step: str = ""
    done: int = 0
    total: int = 0
    at: float | None = None

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class ProgressStore(Protocol):
    """Where the progress of one job is; raises ``OSError`` or ``DatabaseError`` if it cannot be written."""

    def write(self, progress: Progress) -> None: ...

    def read(self) -> Progress: ...

    def clear(self) -> None: ...


class ProgressFile:
    """A small file, with SQLite: it has one writer at a time, and all its processes are on one machine."""

    def __init__(self, job: BackgroundJob) -> None:
        self.file = private_folder() / f"progress-{job.progress_key}.json"

    def write(self, progress: Progress) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(asdict(progress)), "utf-8")
        new.replace(self.file)

    def read(self) -> Progress:
        try:
            return Progress(**json.loads(self.file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return Progress()

    def clear(self) -> None:
        self.file.unlink(missing_ok=True)


class ProgressRow:
    """A row of ``JobProgress``, written over a connection of its own, apart from the job's transaction."""

    def __init__(self, job: BackgroundJob) -> None:
        self.key = job.progress_key
        self.connection = connections.create_connection(connection.alias)
        self.connection.inc_thread_sharing()  # the thread of the heartbeat writes too; the reporter has a lock

    def write(self, progress: Progress) -> None:
        values = asdict(progress)
        columns = ", ".join(values)
        changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in values)
        statement = (
            f"INSERT INTO {JobProgress._meta.db_table} (job, {columns}) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (job) DO UPDATE SET {changes}"
        )
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(statement, [self.key, *values.values()])
        except DatabaseError:
            self.connection.close()  # the next time it is opened anew
            raise

    def read(self) -> Progress:
        row = JobProgress.objects.filter(job=self.key).values("step", "done", "total", "at").first()
        return Progress(**row) if row else Progress()

    def clear(self) -> None:
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {JobProgress._meta.db_table} WHERE job = %s", [self.key])  # noqa: S608
        finally:
            self.connection.close()


def progress_store(job: BackgroundJob) -> ProgressStore:
    return ProgressFile(job) if connection.vendor == "sqlite" else ProgressRow(job)


def progress_of(job: BackgroundJob) -> Progress:
    return progress_store(job).read()


class ProgressReporter:
    """Callable with a step and numbers; writes them to the store, at most every ``WRITE_INTERVAL`` seconds."""

    def __init__(self, job: BackgroundJob) -> None:
        self.store = progress_store(job)
        self.written_at = 0.0
        self.latest = Progress()
        self.lock = threading.Lock()

    def __call__(self, step: str, done: int, total: int) -> None:
        self.latest = Progress(step, done, total)
        if time.time() - self.written_at < WRITE_INTERVAL and done < total:
            return
        self.write()

    def write(self) -> None:
        """Write the latest progress with the time. An error, such as a full disk, does not stop the job."""
        with self.lock, suppress(OSError, DatabaseError):
            self.written_at = time.time()
            self.store.write(replace(self.latest, at=self.written_at))

    @contextmanager
    def heartbeat(self) -> Iterator[None]:
        """Inside the block, a thread writes the progress again and again, however long a step takes."""
        done = threading.Event()

        def beat() -> None:
            while not done.wait(HEARTBEAT_INTERVAL):
                self.write()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def clear(self) -> None:
        with self.lock, suppress(OSError, DatabaseError):
            self.store.clear()
