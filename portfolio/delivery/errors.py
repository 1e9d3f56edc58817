"""Error pages: 404 with similar pages, 507 when the disk is full."""

from __future__ import annotations

import re
import sys
from difflib import SequenceMatcher

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults
from wagtail.models import Page

from portfolio.content.lists import newest_of
from portfolio.content.registry import kind_named
from portfolio.delivery.disk_full import is_disk_full
from portfolio.models import SiteSettings, StandardPage
from portfolio.models.prefetch import prefetch_references
from portfolio.models.visibility import listed, public

MAX_SUGGESTIONS = 3
POSTS = 6
MAX_CANDIDATES = 60
WORD = re.compile(r"[^\W\d_]{4,}")
MAX_WORDS = 3  # of the address that are searched for
ENDING = re.compile(r"\.(?:html?|php|aspx?|md)$")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page, with similar pages, a search form and the newest entries."""
    context = {
        "own_page": own_page(request),
        "similar_pages": similar_pages(request.path),
        "latest_posts": latest_posts,
    }
    return render(request, "404.html", context, status=404)


def latest_posts() -> list[Page]:
    """Called by the template, once for a version of the site."""
    post = kind_named("post")
    return newest_of(post, POSTS) if post else []


def own_page(request: HttpRequest) -> StandardPage | None:
    """The page whose title and text the owner wants here, if readers can see it."""
    key = SiteSettings.for_request(request).not_found_page_id
    page = public(StandardPage.objects.live().filter(pk=key)).first() if key else None
    if page is not None:
        prefetch_references([page.body], with_pages=True)
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page, or 507 when the disk is full."""
    if is_disk_full(sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]):
        return render(None, "disk_full.html", status=507)
    return defaults.server_error(request)


def similar_pages(path: str) -> list[Page]:
    """Public pages whose slug is most similar to the end of ``path``, from one query."""
    wanted = ENDING.sub("", path.rstrip("/").rpartition("/")[2].lower())[:200]
    words = sorted(set(WORD.findall(wanted)), key=len, reverse=True)[:MAX_WORDS]
    if not words:
        return []
    conditions = Q()
    for word in words:
        conditions |= Q(slug__contains=word[: max(4, len(word) - 2)])  # another inflection matches too
    pages = Page.objects.live().filter(conditions, depth__gt=2, alias_of=None)
    candidates = listed(pages, "search").order_by("-pk")
    scored = ((SequenceMatcher(None, wanted, page.slug).ratio(), page) for page in candidates[:MAX_CANDIDATES])
    likely = sorted((item for item in scored if item[0] > 0.4), key=lambda item: -item[0])
    return [page for _, page in likely[:MAX_SUGGESTIONS]]
