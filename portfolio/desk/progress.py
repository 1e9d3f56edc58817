"""How far a job is, told from one process to another.

Not by the database: an import is one transaction, of which nothing is seen until its end, and while it lasts nobody
else can write to SQLite. So it is a small file beside the uploads.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.desk.private_files import folder
from portfolio.models.jobs import Job

EVERY = 0.3  # seconds between two writings


@dataclass(frozen=True, slots=True)
class Progress:
    """``step`` in words, and ``done`` of ``total``; ``at`` is when it was said, in seconds since 1970."""

    step: str = ""
    done: int = 0
    total: int = 0
    at: float | None = None

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


def place(job: Job) -> Path:
    return folder() / f"progress-{job._meta.model_name}-{job.pk}.json"


def progress_of(job: Job) -> Progress:
    try:
        return Progress(**json.loads(place(job).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


class Teller:
    """Called with a step and numbers; writes them down, though not more often than anybody looks."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.last = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.time()
        if now - self.last < EVERY and done < total:
            return
        self.last = now
        said: dict[str, Any] = {"step": step, "done": done, "total": total, "at": now}
        file = place(self.job)
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps(said), "utf-8")
        beside.replace(file)

    def forget(self) -> None:
        place(self.job).unlink(missing_ok=True)
