"""Views of the résumé. A page, a file or a redirect that the owner has at its addresses comes first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import http_date
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.views import serve

from experience import pango
from experience.resume.build import Resume, build_resume
from experience.resume.pdf import ResumePdf, pdf_of
from experience.structured_data import resume_profile
from portfolio.admin.jobs.private_files import private_storage
from portfolio.content.fixed_addresses import is_taken
from portfolio.models import SiteSettings


def resume_page(request: HttpRequest) -> HttpResponse:
    if is_taken(request, request.path):
        return serve(request, request.path.lstrip("/"))
    return render_resume(request, is_whole=False)


def whole_resume(request: HttpRequest) -> HttpResponse:
    """The long form: everything, at full length."""
    if is_taken(request, request.path):
        return serve(request, request.path.lstrip("/"))
    return render_resume(request, is_whole=True)


def render_resume(request: HttpRequest, *, is_whole: bool) -> HttpResponse:
    """The page. What it shows is kept for one version of the site and one day, and is made when it is missing."""
    resume = SimpleLazyObject(lambda: build_resume(is_whole=is_whole))
    context = {
        "resume": resume,
        "is_whole": is_whole,
        "has_pdf": SimpleLazyObject(lambda: not is_whole and finished_pdf(request, resume) is not None),
        "profile": SimpleLazyObject(
            lambda: list(resume_profile(request, resume.groups, SiteSettings.for_request(request)))
        ),
        "today": timezone.localdate(),  # the length of a current role changes each day
    }
    return render(request, "experience/resume.html", context)


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
@conditional_page
def resume_pdf(request: HttpRequest) -> HttpResponse:
    """The stored PDF; 404 before it is made, and without Pango."""
    pdf = None if is_taken(request, request.path) else finished_pdf(request, build_resume())
    if pdf is None:
        raise Http404("There is no PDF of the résumé")
    name = slugify(pdf.owner.owner_name) or "resume"
    storage = private_storage()
    try:
        with storage.open(pdf.name) as stored:
            data, modified = stored.read(), storage.get_modified_time(pdf.name)
    except FileNotFoundError as error:
        raise Http404("The PDF of the résumé was deleted") from error
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}{"" if name == "resume" else "-resume"}.pdf"',
            "ETag": f'"{pdf.digest}"',
            "Last-Modified": http_date(modified.timestamp()),
        },
    )


def finished_pdf(request: HttpRequest, resume: Resume) -> ResumePdf | None:
    """The PDF of exactly this résumé, once it is made."""
    if not pango.is_installed() or not resume:
        return None
    pdf = pdf_of(resume, SiteSettings.for_request(request))
    return pdf if pdf.exists() else None
