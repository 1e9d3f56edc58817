"""Automatic redirects for addresses that readers could know, reported to the editor.

Wagtail makes a redirect whenever the slug of a stored page changes. Autosave stores a draft while its slug is typed, so
each half-typed slug would leave a redirect. Here a page gets a redirect only when it was live at its old address, and
so does every live page below it. ``WAGTAILREDIRECTS_AUTO_CREATE`` switches Wagtail's own handlers off.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

SiteRequest = tuple[Site, HttpRequest]

# The old addresses that got a redirect during this request; None outside of a request.
_created: ContextVar[list[str] | None] = ContextVar("redirects created in this request", default=None)


def connect_redirect_handlers() -> None:
    page_slug_changed.connect(redirect_after_slug_change, dispatch_uid="portfolio.admin.redirects.slug_change")
    post_page_move.connect(redirect_after_move, dispatch_uid="portfolio.admin.redirects.move")


def redirect_after_slug_change(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    create_redirects(instance, instance_before.url_path, was_live=instance_before.live)


def redirect_after_move(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    if url_path_before != url_path_after:
        create_redirects(instance.specific, url_path_before, was_live=instance.live)


def create_redirects(page: Page, url_path_before: str, *, was_live: bool) -> None:
    """Redirect the old addresses of ``page``, if it was live, and of every live page below it."""
    # One request for each site: Wagtail caches the root paths of the sites on it.
    requests = [(site, get_dummy_request(site=site)) for site in sites_of(page, url_path_before)]
    if not requests:
        return
    batch = BatchRedirectCreator(max_size=2000, ignore_conflicts=True)
    descendants = page.get_descendants().live().defer_streamfields().specific().iterator()
    created = _created.get()
    for target in live_pages(page, descendants, was_live=was_live):
        new = page_addresses(target, requests)
        target.url_path = url_path_before + target.url_path[len(page.url_path) :]
        for site, old_path, route_path in page_addresses(target, requests) - new:
            batch.add(
                old_path=old_path,
                site=site,
                redirect_page=target,
                redirect_page_route_path=route_path,
                automatically_created=True,
            )
            if created is not None and route_path in ("", "/"):
                created.append(old_path)
    if batch.items:  # an empty batch would delete every automatic redirect
        batch.process()


def live_pages(page: Page, descendants: Iterable[Page], *, was_live: bool) -> Iterator[Page]:
    if was_live:
        yield copy.copy(page)  # the loop changes its ``url_path``
    yield from descendants


def sites_of(page: Page, url_path_before: str) -> list[Site]:
    """The sites that the page is in now and was in before, but not as their home page, whose address stays."""
    current = {root.site_id for root in Site.get_site_root_paths() if page.url_path.startswith(root.root_path)}
    sites = Site.objects.filter(pk__in=current).exclude(root_page=page).select_related("root_page")
    return [site for site in sites if url_path_before.startswith(site.root_page.url_path)]


def page_addresses(page: Page, requests: Sequence[SiteRequest]) -> set[tuple[Site, str, str]]:
    """Site, path and route of every address of a page, in the form in which ``Redirect`` stores them."""
    addresses = set()
    for site, request in requests:
        parts = page.get_url_parts(request)
        if parts is None or not parts[2]:
            continue
        for route_path in page.get_route_paths():
            route = Redirect.normalise_page_route_path(route_path)
            addresses.add((site, Redirect.normalise_path(parts[2].rstrip("/") + (route or "/")), route))
    return addresses


@contextmanager
def record_redirects() -> Iterator[list[str]]:
    created: list[str] = []
    token = _created.set(created)
    try:
        yield created
    finally:
        _created.reset(token)


def report_redirects(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: tell the editor which old addresses now redirect to the new ones."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(settings.ADMIN_PREFIX):
            return get_response(request)
        with record_redirects() as created:
            response = get_response(request)
        if created:
            messages.info(request, redirect_message(sorted(set(created))))
        return response

    return middleware


def redirect_message(old: list[str]) -> str:
    if len(old) == 1:
        return f"The old address {old[0]} now redirects to the new one."
    return f"{len(old)} old addresses now redirect to the new ones, for example {old[0]}."
