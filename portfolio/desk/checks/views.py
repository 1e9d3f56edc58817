"""The whole list of one kind of thing to do, the broken links, and the buttons that look again."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from portfolio.desk.alone import begin, progress_answer, state_of
from portfolio.desk.checks.matters import MATTERS, editable
from portfolio.desk.checks.work import LINKS, PAGES, work_on_checks
from portfolio.desk.permissions import importers_do, importers_see
from portfolio.models import LinkCheck

PER_PAGE = 50


@require_GET
def matter(request: HttpRequest, code: str) -> HttpResponse:
    if code not in MATTERS:
        raise Http404("no such thing to do")
    found = MATTERS[code].found(editable(request.user))
    context = {
        "matter": MATTERS[code],
        "listed": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "page_title": MATTERS[code].heading,
        "header_icon": MATTERS[code].icon,
    }
    return render(request, "desk/checks/matter.html", context)


@importers_see
def links(request: HttpRequest) -> HttpResponse:
    """What the last look at other sites' addresses found."""
    last = LinkCheck.objects.filter(doing="").exclude(asked=0, error="").first()
    context = {
        "last": last,
        "broken": Paginator(last.broken if last else [], PER_PAGE).get_page(request.GET.get("p")),
        **state_of(LinkCheck.objects.exclude(doing="").first()),
        "page_title": "Links to other sites",
        "header_icon": "link-external",
    }
    return render(request, "desk/checks/links.html", context)


@importers_see
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    return progress_answer(LinkCheck.objects.defer("broken"), pk)


@importers_do
def check_links(request: HttpRequest) -> HttpResponse:
    begin(request, LinkCheck.objects.all(), LINKS, work_on_checks, "A check")
    return redirect("desk_links")


@importers_do
def look_at_pages(request: HttpRequest) -> HttpResponse:
    if begin(request, LinkCheck.objects.all(), PAGES, work_on_checks, "A check"):
        messages.success(request, "The pages are being looked at. Come back in a moment.")
    return redirect("wagtailadmin_home")
