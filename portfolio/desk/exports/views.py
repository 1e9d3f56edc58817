"""The export's page, and one page's export from its menu."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from portfolio.desk.alone import begin, progress_answer, state_of
from portfolio.desk.exports.one_page import is_exported, page_as_markdown
from portfolio.desk.exports.work import EXPORT, work_on_export
from portfolio.desk.permissions import importers_do, importers_see
from portfolio.desk.private_files import forget_old, place_of
from portfolio.exporter.tree import ExportImpossible
from portfolio.importer.sources import SourceError
from portfolio.models import SiteExport

LAST = 5


@importers_see
def index(request: HttpRequest) -> HttpResponse:
    jobs = list(SiteExport.objects.select_related("started_by")[:LAST])
    for job in jobs:
        job.is_there = bool(job.file) and place_of(job.file).is_file()
    context = {
        "jobs": jobs,
        **state_of(next((job for job in jobs if job.doing), None)),
        "page_title": "Export",
        "header_icon": "download",
    }
    return render(request, "desk/exports/index.html", context)


@importers_do
def begin_export(request: HttpRequest) -> HttpResponse:
    forget_old()
    begin(request, SiteExport.objects.all(), EXPORT, work_on_export, "An export")
    return redirect("desk_exports")


@importers_see
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    return progress_answer(SiteExport.objects.all(), pk)


@importers_see
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    job = get_object_or_404(SiteExport.objects.exclude(file=""), pk=pk)
    place = place_of(job.file)
    if not place.is_file():
        raise Http404("the file is not kept any longer")
    return FileResponse(place.open("rb"), as_attachment=True, filename=place.name)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One page as Markdown, for everybody who may edit it: its draft is theirs to read anyway."""
    found = get_object_or_404(Page, pk=pk).specific
    if not found.permissions_for_user(request.user).can_edit():
        return permission_denied(request)
    try:
        made = page_as_markdown(found) if is_exported(found) else None
    except (ExportImpossible, SourceError) as error:
        messages.error(request, f"“{found}” was not exported. {error}")
        return redirect("wagtailadmin_explore", found.get_parent().pk)
    if made is None:
        messages.warning(request, f"“{found}” holds nothing that an export would write.")
        return redirect("wagtailadmin_explore", found.pk)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Content-Type": made.content_type}
    return HttpResponse(made.data, headers=headers)
