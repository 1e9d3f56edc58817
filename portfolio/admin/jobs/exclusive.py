"""Exclusive jobs: only one of a kind runs at a time. How a view starts one and shows its progress."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from wagtail.admin import messages

from portfolio.admin.jobs.progress import progress_of
from portfolio.admin.jobs.runner import enqueue_on_commit
from portfolio.models.jobs import BackgroundJob

WORKER_DIED = "The process stopped before it was done. You can start again."


def fail_if_dead(job: BackgroundJob) -> bool:
    """Mark a job as failed when its worker is dead, so that it can be started again; True when it was."""
    if not job.is_dead(progress_of(job).at):
        return False
    job.abandon(WORKER_DIED)
    return True


def start_exclusive(request: HttpRequest, jobs: QuerySet[Any], action: str, task: Any, name: str) -> bool:
    """Start a job unless one of its kind is running; False with a message when one is. ``name``: "A check"."""
    current = jobs.exclude(action="").first()
    if current is not None and not fail_if_dead(current):
        messages.error(request, f"{name} is running already.")
        return False
    job = jobs.create(started_by=request.user)
    job.request_action(action)
    enqueue_on_commit(task, job.pk)
    return True


def job_context(current: BackgroundJob | None) -> dict[str, Any]:
    """Template context: the running job, if there is one, and its progress."""
    if current is not None and fail_if_dead(current):
        current = None
    return {"current": current, "progress": progress_of(current) if current else None}


def progress_response(jobs: QuerySet[Any], pk: int) -> JsonResponse:
    """The progress as JSON, for the script that polls it."""
    job = get_object_or_404(jobs, pk=pk)
    fail_if_dead(job)
    progress = progress_of(job)
    return JsonResponse({"action": job.action, "step": progress.step, "done": progress.done, "total": progress.total})
