"""The export's page, and one page's export from its menu."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from portfolio.desk.exports.one_page import is_exported, page_as_markdown
from portfolio.desk.exports.work import EXPORT, work_on_export
from portfolio.desk.permissions import importers_do, importers_see
from portfolio.desk.private_files import forget_old, place_of
from portfolio.desk.progress import progress_of
from portfolio.desk.work import start
from portfolio.exporter.tree import ExportImpossible
from portfolio.importer.sources import SourceError
from portfolio.models import SiteExport

LAST = 5


@importers_see
def index(request: HttpRequest) -> HttpResponse:
    jobs = list(SiteExport.objects.select_related("started_by")[:LAST])
    for job in jobs:
        job.is_there = bool(job.file) and place_of(job.file).is_file()
    going = next((job for job in jobs if job.doing), None)
    said = progress_of(going) if going else None
    context = {
        "jobs": jobs,
        "going": going,
        "progress": said,
        "seems_dead": going is not None and going.seems_dead(said.at if said else None),
        "page_title": "Export",
        "header_icon": "download",
    }
    return render(request, "desk/exports/index.html", context)


@importers_do
def begin(request: HttpRequest) -> HttpResponse:
    forget_old()
    going = SiteExport.objects.exclude(doing="").first()
    if going is not None and going.seems_dead(progress_of(going).at):
        going.finish("The process that worked on it has ended.")
        going = None
    if going is not None:
        messages.error(request, "An export is under way already.")
        return redirect("desk_exports")
    job = SiteExport.objects.create(started_by=request.user)
    job.ask(EXPORT)
    start(work_on_export, job.pk)
    return redirect("desk_exports")


@importers_see
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    job = get_object_or_404(SiteExport, pk=pk)
    said = progress_of(job)
    return JsonResponse({"doing": job.doing, "step": said.step, "done": said.done, "total": said.total})


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
