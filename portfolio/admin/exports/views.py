"""Views of the export, and the download of one page as Markdown."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from portfolio.admin.exports.exported_types import is_exported
from portfolio.admin.exports.one_page import page_as_markdown
from portfolio.admin.exports.tasks import EXPORT, run_export_job
from portfolio.admin.jobs.exclusive import job_context, progress_response, start_exclusive
from portfolio.admin.jobs.private_files import delete_expired_files, download_response, has_private_file
from portfolio.admin.permissions import importer_get, importer_post
from portfolio.engines import SourceError
from portfolio.exporter.output_tree import ExportImpossible
from portfolio.models import SiteExport

MAX_LISTED = 5


@importer_get
def index(request: HttpRequest) -> HttpResponse:
    jobs = list(SiteExport.objects.select_related("started_by")[:MAX_LISTED])
    for job in jobs:
        job.is_there = has_private_file(job.file)
    context = {
        "jobs": jobs,
        **job_context(next((job for job in jobs if job.action), None)),
        "page_title": "Export",
        "header_icon": "download",
    }
    return render(request, "portfolio/admin/exports/index.html", context)


@importer_post
def begin_export(request: HttpRequest) -> HttpResponse:
    delete_expired_files()
    start_exclusive(request, SiteExport.objects.all(), EXPORT, run_export_job, "An export")
    return redirect("export_list")


@importer_get
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    return progress_response(SiteExport.objects.all(), pk)


@importer_get
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    job = get_object_or_404(SiteExport.objects.exclude(file=""), pk=pk)
    if not has_private_file(job.file):
        raise Http404("the file has been deleted")
    return download_response(job.file)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Download one page as Markdown, for users who may edit it."""
    found = get_object_or_404(Page, pk=pk).specific
    if not found.permissions_for_user(request.user).can_edit():
        return permission_denied(request)
    try:
        made = page_as_markdown(found) if is_exported(found) else None
    except (ExportImpossible, SourceError) as error:
        messages.error(request, f"“{found}” was not exported. {error}")
        return redirect("wagtailadmin_explore", found.get_parent().pk)
    if made is None:
        messages.warning(request, f"“{found}” has no content to export.")
        return redirect("wagtailadmin_explore", found.pk)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Content-Type": made.content_type}
    return HttpResponse(made.data, headers=headers)
