"""The import's pages. Each works by reloading; a small script saves the reloading while a job goes on."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from portfolio.desk.alone import progress_answer
from portfolio.desk.imports.folders import allowed_folders
from portfolio.desk.imports.forms import SourceForm
from portfolio.desk.imports.reading import Reading
from portfolio.desk.imports.work import APPLY, CHECK, UNDO, work_on_import
from portfolio.desk.permissions import IMPORT, importers_do, importers_see
from portfolio.desk.private_files import forget, forget_old, keep_upload
from portfolio.desk.progress import progress_of
from portfolio.desk.work import start
from portfolio.models import ImportJob, ImportRun

RUNS_PER_PAGE = 20
UNDER_WAY = "Something is under way with this import already."
DOING = {CHECK: "Looking at the source", APPLY: "Importing", UNDO: "Taking the import back"}


@permission_required(IMPORT)
def index(request: HttpRequest) -> HttpResponse:
    """The form for a new import, what waits for a decision, and what was imported before."""
    form = SourceForm(request.POST, request.FILES) if request.method == "POST" else SourceForm()
    if form.is_bound and form.is_valid():
        job = new_job(request, form.cleaned_data)
        job.ask(CHECK)
        start(work_on_import, job.pk)
        return redirect("desk_import", job.pk)
    runs = ImportRun.objects.select_related("site", "job", "job__started_by").defer("report", "changes", "job__report")
    context = {
        "form": form,
        "waiting": ImportJob.objects.filter(run=None).defer("report").select_related("started_by")[:RUNS_PER_PAGE],
        "runs": Paginator(runs.order_by("-pk"), RUNS_PER_PAGE).get_page(request.GET.get("p")),
        "page_title": "Import",
        "header_icon": "upload",
    }
    return render(request, "desk/imports/index.html", context)


def new_job(request: HttpRequest, chosen: dict[str, Any]) -> ImportJob:
    forget_old()
    job = ImportJob(started_by=request.user)
    if archive := chosen.get("archive"):
        job.upload = keep_upload(archive.name, archive.chunks())
        job.name = job.upload.rpartition("/")[2]
    else:
        job.folder = chosen["folder"]
        job.name = allowed_folders()[job.folder]
    job.save()
    return job


@importers_see
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "desk/imports/detail.html", about(request, get_object_or_404(ImportJob, pk=pk)))


@importers_see
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An import that was made at the command line looks the same as one that was made here."""
    run = get_object_or_404(ImportRun, pk=pk)
    job = ImportJob.objects.filter(run=run).first()
    if job is not None:
        return redirect("desk_import", job.pk)
    return render(request, "desk/imports/detail.html", about(request, job_of(run)))


def job_of(run: ImportRun) -> ImportJob:
    state = ImportJob.State.UNDONE if run.undone_at else ImportJob.State.IMPORTED
    return ImportJob(name=run.site.key, run=run, report=run.report, state=state)


def about(request: HttpRequest, job: ImportJob) -> dict[str, Any]:
    progress = progress_of(job) if job.pk else None
    reading = None
    if job.report:
        dry_run = job.state == ImportJob.State.CHECKED
        asked = request.GET
        reading = Reading(job.report, dry_run=dry_run, outcome=asked.get("outcome", ""), page=asked.get("p"))
    return {
        "job": job,
        "run": job.run,
        "is_newest": job.run is not None and is_newest(job.run),
        "reading": reading,
        "progress": progress,
        "seems_dead": job.seems_dead(progress.at if progress else None),
        "doing": DOING.get(job.doing, ""),
        "page_title": "Import",
        "page_subtitle": job.name,
        "header_icon": "upload",
    }


def is_newest(run: ImportRun) -> bool:
    """Imports of one site are taken back newest first."""
    return run.undone_at is None and not run.site.runs.filter(pk__gt=run.pk, undone_at=None).exists()


@importers_see
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    return progress_answer(ImportJob.objects.defer("report"), pk)


@importers_see
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report whole, in the form that the command writes."""
    job = get_object_or_404(ImportJob, pk=pk, report__isnull=False)
    text = json.dumps(job.report, ensure_ascii=False, indent=2)
    name = f"import-{job.pk}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": "application/json"}
    return HttpResponse(text.encode("utf-8", "backslashreplace"), headers=headers)


@importers_do
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    return ask(request, get_object_or_404(ImportJob, pk=pk, run=None), CHECK)


@importers_do
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    return ask(request, get_object_or_404(ImportJob, pk=pk, state=ImportJob.State.CHECKED), APPLY)


@importers_do
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return ask(request, get_object_or_404(ImportJob, pk=pk, run__isnull=False, run__undone_at=None), UNDO)


@importers_do
def undo_run(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk, undone_at=None)
    job = ImportJob.objects.filter(run=run).first()
    if job is None:
        job = job_of(run)
        job.started_by = request.user
        job.save()
    return ask(request, job, UNDO)


@importers_do
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a dry run and its archive. Not while something is under way."""
    job = get_object_or_404(ImportJob, pk=pk, run=None)
    if job.doing and not job.seems_dead(progress_of(job).at):
        messages.error(request, UNDER_WAY)
        return redirect("desk_import", job.pk)
    forget(job.upload)
    job.delete()
    messages.success(request, f"“{job.name}” is forgotten; nothing was imported.")
    return redirect("desk_imports")


def ask(request: HttpRequest, job: ImportJob, what: str) -> HttpResponse:
    if job.seems_dead(progress_of(job).at):
        job.finish("The process that worked on it has ended; nothing of what it did was kept.")
    if job.ask(what):
        start(work_on_import, job.pk)
    else:
        messages.error(request, UNDER_WAY)
    return redirect(reverse("desk_import", args=[job.pk]))
