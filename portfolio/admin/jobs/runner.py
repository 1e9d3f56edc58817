"""Job runner: claim a background job, do its work, and store how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction

from portfolio.admin.jobs.progress import ProgressReporter
from portfolio.delivery.disk_full import MESSAGE as DISK_FULL
from portfolio.delivery.disk_full import is_disk_full
from portfolio.models.jobs import BackgroundJob

logger = logging.getLogger(__name__)


class JobFailed(Exception):
    """The job cannot be done; the message is shown to the user."""


def run_job(job: BackgroundJob, action: Callable[[Any, ProgressReporter], None]) -> None:
    """Claim the job and call ``action``. Whatever happens, the job is finished, with an error message if need be."""
    if not job.claim():
        return
    progress = ProgressReporter(job)
    progress("Starting", 0, 0)
    try:
        with progress.heartbeat():
            action(job, progress)
    except JobFailed as failed:
        job.refresh_from_db()
        job.finish(str(failed))
    except Exception as error:
        logger.exception("%s of %s failed", job.action, job)
        job.refresh_from_db()
        unexpected = f"It stopped with an unexpected error ({type(error).__name__}). The log has the details."
        job.finish(DISK_FULL if is_disk_full(error) else unexpected)
    else:
        job.finish()
    finally:
        progress.clear()


def enqueue_on_commit(task: Any, *arguments: Any) -> None:
    """Enqueue a task once the transaction has stored what the task needs."""
    transaction.on_commit(lambda: task.enqueue(*arguments))
