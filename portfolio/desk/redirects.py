"""Redirects for addresses that readers could know, and for no others; and the editor is told of them.

Wagtail makes a redirect whenever the slug of a stored page changes. It saves a draft while its slug is being typed, so
each half-typed slug would leave a redirect behind, and the drafts' addresses would stand in a list that everybody's
browser may ask for. Here a redirect is made for a page that was live at its old address, with every live page below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects import signal_handlers
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

# What was made in the course of one request, to be told at its end.
_made: ContextVar[list[str] | None] = ContextVar("redirects made in this request", default=None)


def take_over() -> None:
    """Stand in for Wagtail's own handlers, which WAGTAILREDIRECTS_AUTO_CREATE keeps still."""
    page_slug_changed.connect(slug_changed, dispatch_uid="portfolio.desk.slug_changed")
    post_page_move.connect(moved, dispatch_uid="portfolio.desk.moved")


def slug_changed(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    redirect_readers(instance, instance_before.url_path, was_live=instance_before.live)


def moved(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    if url_path_before != url_path_after:
        redirect_readers(instance.specific, url_path_before, was_live=instance.live)


def redirect_readers(page: Page, path_before: str, *, was_live: bool) -> None:
    """From every address at which the page or one below it was live to where it is now."""
    sites = sites_of(page, path_before)
    if not sites:
        return
    batch = signal_handlers.BatchRedirectCreator(max_size=2000, ignore_conflicts=True)
    below = page.get_descendants().live().defer_streamfields().specific().iterator()
    told = _made.get()
    for known in live_pages(page, below, was_live=was_live):
        new = signal_handlers._page_urls_for_sites(known, sites, cache_target=page)
        known.url_path = path_before + known.url_path[len(page.url_path) :]
        old = signal_handlers._page_urls_for_sites(known, sites, cache_target=page)
        for site, old_path, route_path in old - new:
            batch.add(
                old_path=old_path,
                site=site,
                redirect_page=known,
                redirect_page_route_path=route_path,
                automatically_created=True,
            )
            if told is not None and route_path in ("", "/"):
                told.append(old_path)
    if batch.items:  # with none, Wagtail's batch would delete every redirect that was made automatically
        batch.process()


def live_pages(page: Page, below: Iterable[Page], *, was_live: bool) -> Iterator[Page]:
    if was_live:
        itself = type(page)()
        itself.__dict__.update(page.__dict__)  # its path is changed to what it was, and the caller's page must not be
        yield itself
    yield from below


def sites_of(page: Page, path_before: str) -> tuple[Site, ...]:
    """The sites the page is in now and was in before; of a site's own front page the address never changes."""
    now = {root.site_id for root in page._get_relevant_site_root_paths(cache_object=page)}
    sites = Site.objects.filter(pk__in=now).exclude(root_page=page).select_related("root_page")
    return tuple(site for site in sites if path_before.startswith(site.root_page.url_path))


@contextmanager
def noting() -> Iterator[list[str]]:
    made: list[str] = []
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)


def tell_of_redirects(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: say in the admin which old addresses now lead to the new ones."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(settings.ADMIN_PREFIX):
            return get_response(request)
        with noting() as made:
            response = get_response(request)
        if made:
            messages.info(request, in_words(sorted(set(made))))
        return response

    return middleware


def in_words(old: list[str]) -> str:
    if len(old) == 1:
        return f"The old address {old[0]} leads to the new one from now on."
    return f"{len(old)} old addresses lead to the new ones from now on, {old[0]} among them."
