"""Views of the to-do lists and of the link check."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from portfolio.admin.content_checks.tasks import LINKS, PAGES, run_check_job
from portfolio.admin.content_checks.todo_items import TODO_ITEMS, editable
from portfolio.admin.jobs.exclusive import job_context, progress_response, start_exclusive
from portfolio.admin.permissions import importer_get, importer_post
from portfolio.models import LinkCheck

PER_PAGE = 50


@require_GET
def todo_item(request: HttpRequest, code: str) -> HttpResponse:
    if code not in TODO_ITEMS:
        raise Http404("no such to-do item")
    found = TODO_ITEMS[code].select(editable(request.user))
    context = {
        "item": TODO_ITEMS[code],
        "listed": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "page_title": TODO_ITEMS[code].heading,
        "header_icon": TODO_ITEMS[code].icon,
    }
    return render(request, "portfolio/admin/content_checks/todo_item.html", context)


@importer_get
def links(request: HttpRequest) -> HttpResponse:
    """The result of the last link check."""
    current = job_context(LinkCheck.objects.exclude(action="").first())
    last = LinkCheck.objects.filter(action="").exclude(checked=0, error="").first()
    context = {
        "last": last,
        "broken": Paginator(last.broken if last else [], PER_PAGE).get_page(request.GET.get("p")),
        **current,
        "page_title": "Links to other sites",
        "header_icon": "link-external",
    }
    return render(request, "portfolio/admin/content_checks/links.html", context)


@importer_get
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    return progress_response(LinkCheck.objects.defer("broken"), pk)


@importer_post
def check_links(request: HttpRequest) -> HttpResponse:
    start_exclusive(request, LinkCheck.objects.all(), LINKS, run_check_job, "A check")
    return redirect("link_check")


@importer_post
def check_all_pages(request: HttpRequest) -> HttpResponse:
    if start_exclusive(request, LinkCheck.objects.all(), PAGES, run_check_job, "A check"):
        messages.success(request, "The pages are being checked. Come back in a moment.")
    return redirect("wagtailadmin_home")
