"""What every task of the desk does around its work: take the job, do it, say how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction

from portfolio.desk.progress import Teller
from portfolio.models.jobs import Job

logger = logging.getLogger(__name__)


class WorkFailed(Exception):
    """The work could not be done; the message is for the person who asked for it."""


def work(job: Job, do: Callable[[Any, Teller], None]) -> None:
    """Do what the job waits for. Whatever goes wrong, the job is finished and says so."""
    if not job.take():
        return
    tell = Teller(job)
    tell("Starting", 0, 0)
    try:
        do(job, tell)
    except WorkFailed as failed:
        job.refresh_from_db()
        job.finish(str(failed))
    except Exception as error:
        logger.exception("%s of %s failed", job.doing, job)
        job.refresh_from_db()
        job.finish(f"It stopped with an error that nobody foresaw ({type(error).__name__}). The log has the details.")
    else:
        job.finish()
    finally:
        tell.forget()


def start(task: Any, *arguments: Any) -> None:
    """Hand a task over when what it needs is in the database."""
    transaction.on_commit(lambda: task.enqueue(*arguments))
