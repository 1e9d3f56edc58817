"""Page cache: whole answers for anonymous readers.

The key contains the site version (``SiteVersion``), which grows with every change that a reader could see. So nothing
is invalidated: after a change no request uses the old keys. The version is read from the database for every request
(``site_state``), since only the database has it for all servers.

``conditional_get`` decides what may be stored: an answer with its ETag is the same for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from portfolio.delivery.middleware.conditional_get import is_public_request
from portfolio.delivery.release import release
from portfolio.models.site_state import current_version

ALIAS = "pages"  # of the cache in CACHES
# With any other query a stranger could fill the cache.
PAGE_NUMBER = re.compile(r"|p(?:age)?=[1-9][0-9]{0,3}")  # ``p`` of the sitemap
# With one of these, the answer may be personal.
PERSONAL_COOKIES = frozenset({settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME, "messages"})


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A stored answer with status 200; ``content`` is compressed if the headers say so."""

    headers: tuple[tuple[str, str], ...]
    content: bytes

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer to GET or HEAD, or 304 when the browser has it."""
        response = HttpResponse(b"" if request.method == "HEAD" else self.content, headers=dict(self.headers))
        response.headers["Content-Length"] = str(len(self.content))
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)


def page_cache(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer from the cache, before other middleware runs, or store the answer."""
    code_release = release()
    pages = caches[ALIAS]

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE or not is_cacheable(request):
            return get_response(request)
        # Read before the page is rendered: after a change meanwhile, the answer has a key that nobody uses.
        key = cache_key(request, current_version(), code_release)
        page = pages.get(key)
        request.found_in_page_cache = page is not None  # type: ignore[attr-defined]
        if page is not None:
            return page.response(request)
        response = get_response(request)
        seconds = getattr(response, "max_age", 0)
        if seconds > 0 and is_storable(request, response):
            headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
            pages.set(key, CachedPage(headers, response.content), seconds)
        return response

    return middleware


def is_cacheable(request: HttpRequest) -> bool:
    return (
        is_public_request(request)
        and PERSONAL_COOKIES.isdisjoint(request.COOKIES)
        and PAGE_NUMBER.fullmatch(request.META.get("QUERY_STRING", "")) is not None
    )


def is_storable(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "ETag" in response.headers
    )


def cache_key(request: HttpRequest, version: int, code_release: str) -> str:
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    shared = settings.SHARED_CACHE_SECONDS  # stands in the stored headers
    return sha256(f"{code_release} {version} {shared} {compressed} {request.build_absolute_uri()}".encode()).hexdigest()
