"""Views of the import. They work without JavaScript; a script updates the progress of a running job."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from portfolio.admin.imports.folders import allowed_folders
from portfolio.admin.imports.forms import SourceForm
from portfolio.admin.imports.report_view import ReportView
from portfolio.admin.imports.tasks import APPLY, CHECK, UNDO, run_import_job
from portfolio.admin.jobs.exclusive import fail_if_dead, progress_response
from portfolio.admin.jobs.private_files import delete_expired_files, delete_private_file, store_upload
from portfolio.admin.jobs.progress import progress_of
from portfolio.admin.jobs.runner import enqueue_on_commit
from portfolio.admin.permissions import IMPORT, importer_get, importer_post
from portfolio.models import ImportJob, ImportRun

RUNS_PER_PAGE = 20
BUSY = "This import is busy. Wait until it is done."
ACTION_LABELS = {CHECK: "Trying the import", APPLY: "Importing", UNDO: "Undoing the import"}


@permission_required(IMPORT)
def index(request: HttpRequest) -> HttpResponse:
    """The form for a new import, the imports that were tried, and the finished imports."""
    form = SourceForm(request.POST, request.FILES) if request.method == "POST" else SourceForm()
    if form.is_bound and form.is_valid():
        job = new_job(request, form.cleaned_data)
        job.request_action(CHECK)
        enqueue_on_commit(run_import_job, job.pk)
        return redirect("import_detail", job.pk)
    runs = ImportRun.objects.select_related("site", "job", "job__started_by").defer("report", "changes", "job__report")
    context = {
        "form": form,
        "waiting": ImportJob.objects.filter(run=None).defer("report").select_related("started_by")[:RUNS_PER_PAGE],
        "runs": Paginator(runs.order_by("-pk"), RUNS_PER_PAGE).get_page(request.GET.get("p")),
        "page_title": "Import",
        "header_icon": "upload",
    }
    return render(request, "portfolio/admin/imports/index.html", context)


def new_job(request: HttpRequest, chosen: dict[str, Any]) -> ImportJob:
    delete_expired_files()
    job = ImportJob(started_by=request.user, fetch_images=chosen["fetch_images"])
    if archive := chosen.get("archive"):
        job.upload = store_upload(archive.name, archive)
        job.name = job.upload.rpartition("/")[2]
    else:
        job.folder = chosen["folder"]
        job.name = allowed_folders()[job.folder]
    job.save()
    return job


@importer_get
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(
        request, "portfolio/admin/imports/detail.html", detail_context(request, get_object_or_404(ImportJob, pk=pk))
    )


@importer_get
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an import, also of one made on the command line."""
    run = get_object_or_404(ImportRun, pk=pk)
    job = ImportJob.objects.filter(run=run).first()
    if job is not None:
        return redirect("import_detail", job.pk)
    return render(request, "portfolio/admin/imports/detail.html", detail_context(request, job_of(run)))


def job_of(run: ImportRun) -> ImportJob:
    state = ImportJob.State.UNDONE if run.undone_at else ImportJob.State.IMPORTED
    return ImportJob(name=run.site.key, run=run, report=run.report, state=state)


def detail_context(request: HttpRequest, job: ImportJob) -> dict[str, Any]:
    if job.pk:
        fail_if_dead(job)
    report_view = None
    if job.report:
        dry_run = job.state == ImportJob.State.CHECKED
        asked = request.GET
        report_view = ReportView(job.report, dry_run=dry_run, outcome=asked.get("outcome", ""), page=asked.get("p"))
    return {
        "job": job,
        "run": job.run,
        "is_newest": job.run is not None and is_newest(job.run),
        "report": report_view,
        "progress": progress_of(job) if job.pk else None,
        "action_label": ACTION_LABELS.get(job.action, ""),
        "page_title": "Import",
        "page_subtitle": job.name,
        "header_icon": "upload",
    }


def is_newest(run: ImportRun) -> bool:
    """Imports of a site are undone newest first."""
    return run.undone_at is None and not run.site.runs.filter(pk__gt=run.pk, undone_at=None).exists()


@importer_get
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    return progress_response(ImportJob.objects.defer("report"), pk)


@importer_get
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report as JSON, as the command writes it."""
    job = get_object_or_404(ImportJob, pk=pk, report__isnull=False)
    text = json.dumps(job.report, ensure_ascii=False, indent=2)
    name = f"import-{job.pk}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": "application/json"}
    return HttpResponse(text.encode("utf-8", "backslashreplace"), headers=headers)


@importer_post
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    return request_action(request, get_object_or_404(ImportJob, pk=pk, run=None), CHECK)


@importer_post
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    return request_action(request, get_object_or_404(ImportJob, pk=pk, state=ImportJob.State.CHECKED), APPLY)


@importer_post
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return request_action(request, get_object_or_404(ImportJob, pk=pk, run__isnull=False, run__undone_at=None), UNDO)


@importer_post
def undo_run(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk, undone_at=None)
    job = ImportJob.objects.filter(run=run).first()
    if job is None:
        job = job_of(run)
        job.started_by = request.user
        job.save()
    return request_action(request, job, UNDO)


@importer_post
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a dry run and its archive, unless it is busy."""
    job = get_object_or_404(ImportJob, pk=pk, run=None)
    fail_if_dead(job)
    if job.action:
        messages.error(request, BUSY)
        return redirect("import_detail", job.pk)
    delete_private_file(job.upload)
    job.delete()
    messages.success(request, f"“{job.name}” was discarded; nothing was imported.")
    return redirect("import_list")


def request_action(request: HttpRequest, job: ImportJob, what: str) -> HttpResponse:
    fail_if_dead(job)
    if job.request_action(what):
        enqueue_on_commit(run_import_job, job.pk)
    else:
        messages.error(request, BUSY)
    return redirect(reverse("import_detail", args=[job.pk]))
