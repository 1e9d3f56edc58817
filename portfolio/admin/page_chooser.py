"""Page chooser: it begins at the page that the form is about, and not at the root of all sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

CHOOSER = "wagtailadmin_choose_page"  # without a page to begin at
ANY_PAGE = ("", "wagtailcore.page")
FORMS = {"wagtailadmin_pages:edit": "page_id", "wagtailadmin_pages:add": "parent_page_id"}


class PageChooserMiddleware:
    """Middleware: a chooser of any page opens beside the page of the form that asks for it, else at the home page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name != CHOOSER or not request.user.is_authenticated:
            return None
        if request.GET.get("page_type", "") not in ANY_PAGE or "can_choose_root" in request.GET:
            return None
        start = page_to_begin_at(request)
        return view(request, parent_page_id=start.pk) if start else None


def page_to_begin_at(request: HttpRequest) -> Page | None:
    """The page whose children stand beside the page of the form."""
    try:
        form = resolve(urlsplit(request.headers.get("referer", "")).path)
    except (Resolver404, ValueError):
        form = None
    key = form.kwargs.get(FORMS.get(form.view_name, "")) if form else None
    page = Page.objects.filter(pk=key).first() if key else None
    if page is not None and form.view_name == "wagtailadmin_pages:edit" and page.depth > 2:
        page = page.get_parent()
    site = None if page else Site.find_for_request(request)
    return page or (site.root_page if site else None)
