"""Answering for the CV. A page, a file or a redirect that the owner has at its addresses comes first."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.views import serve

from portfolio.models import ImportedAsset, SiteSettings
from portfolio.resume.content import Resume, resume
from portfolio.resume.pdf import Sheet, is_possible, sheet_of


def page(request: HttpRequest) -> HttpResponse:
    if is_taken(request, request.path):
        return serve(request, request.path.lstrip("/"))
    found = resume()
    sheet = ready_sheet(request, found)
    return render(request, "experience/resume.html", {"resume": found, "has_pdf": sheet is not None})


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
@conditional_page
def pdf(request: HttpRequest) -> HttpResponse:
    """The file as it was made; 404 before it is, and without WeasyPrint."""
    sheet = None if is_taken(request, request.path) else ready_sheet(request, resume())
    if sheet is None:
        raise Http404("There is no PDF of the CV")
    name = slugify(sheet.owner.owner_name) or "resume"
    return HttpResponse(
        sheet.file.read_bytes(),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}{"" if name == "resume" else "-resume"}.pdf"',
            "ETag": f'"{sheet.digest}"',
            "Last-Modified": http_date(sheet.file.stat().st_mtime),
        },
    )


def ready_sheet(request: HttpRequest, found: Resume) -> Sheet | None:
    """The CV as it is printed, when there is a PDF of exactly that."""
    if not is_possible() or not found.groups:
        return None
    sheet = sheet_of(found, SiteSettings.for_request(request))
    return sheet if sheet.file.exists() else None


def is_taken(request: HttpRequest, path: str) -> bool:
    """Whether the owner has something of their own at ``path``, from one query."""
    site = Site.find_for_request(request)
    pages = Page.objects.live().filter(url_path=f"{site.root_page.url_path.rstrip('/')}{path.rstrip('/')}/")
    redirects = Redirect.objects.filter(Q(site=None) | Q(site=site), old_path=Redirect.normalise_path(path))
    files = ImportedAsset.objects.filter(Q(old_url=path) | Q(path=path.strip("/")))
    keys = [rows.order_by().annotate(key=Cast("pk", CharField())).values("key") for rows in (pages, redirects, files)]
    return keys[0].union(*keys[1:], all=True).exists()
