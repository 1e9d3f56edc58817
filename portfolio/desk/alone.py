"""Jobs of which one is under way at a time: how they are begun, and what their pages say of them meanwhile."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from wagtail.admin import messages

from portfolio.desk.progress import progress_of
from portfolio.desk.work import start
from portfolio.models.jobs import Job

ENDED = "The process that worked on it has ended."


def begin(request: HttpRequest, jobs: QuerySet[Any], what: str, task: Any, name: str) -> bool:
    """Ask for ``what`` unless something of the kind is under way; whether it was begun. ``name``: "A check"."""
    going = jobs.exclude(doing="").first()
    if going is not None and going.seems_dead(progress_of(going).at):
        going.finish(ENDED)
        going = None
    if going is not None:
        messages.error(request, f"{name} is under way already.")
        return False
    job = jobs.create(started_by=request.user)
    job.ask(what)
    start(task, job.pk)
    return True


def state_of(going: Job | None) -> dict[str, Any]:
    """What a page shows of the job that is under way, if there is one."""
    said = progress_of(going) if going else None
    dead = going is not None and going.seems_dead(said.at if said else None)
    return {"going": going, "progress": said, "seems_dead": dead}


def progress_answer(jobs: QuerySet[Any], pk: int) -> JsonResponse:
    """What the page's script asks for again and again."""
    job = get_object_or_404(jobs, pk=pk)
    said = progress_of(job)
    return JsonResponse({"doing": job.doing, "step": said.step, "done": said.done, "total": said.total})
