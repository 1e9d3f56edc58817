"""Progress of a job, passed from the worker to the web process in a small file.

Not in the database: an import is one transaction, which nobody else can see before its end, and which keeps others from
writing to SQLite.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.admin.jobs.private_files import private_folder
from portfolio.models.jobs import BackgroundJob

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


def progress_file(job: BackgroundJob) -> Path:
    return private_folder() / f"progress-{job._meta.model_name}-{job.pk}.json"


def progress_of(job: BackgroundJob) -> Progress:
    try:
        return Progress(**json.loads(progress_file(job).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


class ProgressReporter:
    """Callable with a step and numbers; writes them to the progress file, at most every ``WRITE_INTERVAL`` seconds."""

    def __init__(self, job: BackgroundJob) -> None:
        self.job = job
        self.written_at = 0.0
        self.latest: dict[str, Any] = {"step": "", "done": 0, "total": 0}
        self.lock = threading.Lock()

    def __call__(self, step: str, done: int, total: int) -> None:
        self.latest = {"step": step, "done": done, "total": total}
        if time.time() - self.written_at < WRITE_INTERVAL and done < total:
            return
        self.write()

    def write(self) -> None:
        """Write the latest progress with the time. An error, such as a full disk, does not stop the job."""
        with self.lock, suppress(OSError):
            self.written_at = time.time()
            file = progress_file(self.job)
            new = file.with_suffix(".new")
            new.write_text(json.dumps({**self.latest, "at": self.written_at}), "utf-8")
            new.replace(file)

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
        progress_file(self.job).unlink(missing_ok=True)
