"""Conditional GET: an ETag made of the site's version, and a 304 answer while the page has not changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from portfolio.delivery.release import release
from portfolio.models.site.lookup import find_site
from portfolio.models.site_state import current_version

View = Callable[..., HttpResponse]


FEED_SECONDS = 300
REVALIDATION_SECONDS = 1
ERROR_SECONDS = 300  # a page may be as old as a feed while the server does not answer


class CachePolicy(StrEnum):
    """How long any cache may keep a copy. The value is part of the ETag, so that a 304 repeats the same policy."""

    REVALIDATE = "p"  # pages
    SHORT = "f"  # feeds and other files that programs fetch regularly

    @property
    def cache_control(self) -> str:
        return page_cache_control() if self is CachePolicy.REVALIDATE else f"public, max-age={FEED_SECONDS}"

    def etag(self, state: str) -> str:
        """A weak ETag: the same page may be sent compressed or not."""
        return f'W/"{self}{state}"'


def page_cache_control() -> str:
    """Browsers ask for a page each time. Shared caches may keep it for ``SHARED_CACHE_SECONDS``.

    While a cache fetches the page anew it may show its copy a little longer, so that readers do not wait. Browsers
    follow this too, and nobody can purge them.
    """
    seconds = settings.SHARED_CACHE_SECONDS
    if seconds <= 0:
        return "public, max-age=0, must-revalidate"
    stale = f"stale-while-revalidate={REVALIDATION_SECONDS}, stale-if-error={ERROR_SECONDS}"
    return f"public, max-age=0, s-maxage={seconds}, {stale}"


def conditional_get(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: add an ETag to public answers, and answer 304 without rendering while the ETag is the same.

    A request with a session (signed in, or the password of a page) always gets a fresh answer.
    """
    code_release = release()

    def middleware(request: HttpRequest) -> HttpResponse:
        state = state_for(request, code_release) if is_public_request(request) else ""
        # "*" matches any ETag, and only the view knows whether the page exists.
        if state and request.headers.get("If-None-Match", "*").strip() != "*":
            for policy in CachePolicy:
                not_modified = get_conditional_response(request, etag=policy.etag(state))
                if not_modified is not None and not_modified.status_code == 304:
                    return with_cache_headers(not_modified, policy, state)
        seconds = seconds_until_midnight()  # before the page is made, which may take until after it
        response = get_response(request)
        policy = policy_of(response) if state else None
        if policy is None:
            return response
        modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        response = with_cache_headers(response, policy, state)
        response.max_age = seconds
        return get_conditional_response(request, response.headers["ETag"], modified, response)

    return middleware


def is_public_request(request: HttpRequest) -> bool:
    # With DEBUG on, templates change while the server runs.
    return (
        not settings.DEBUG
        and request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith((settings.ADMIN_PREFIX, settings.MEDIA_URL, settings.STATIC_URL))
    )


def state_for(request: HttpRequest, code_release: str) -> str:
    """A hash of everything that the answer depends on.

    The date is part of it, because the length of a current role changes each day.
    """
    if find_site(request) is None:
        return ""
    key = f"{code_release} {current_version()} {timezone.localdate()} {request.build_absolute_uri()}"
    return sha256(key.encode()).hexdigest()[:32]


def seconds_until_midnight() -> int:
    """Seconds until the owner's midnight."""
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    return int((midnight - now).total_seconds())


def short_cache(view: View) -> View:
    """View decorator: let caches keep the answer for five minutes. For what programs fetch regularly, such as feeds."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers["Cache-Control"] = CachePolicy.SHORT.cache_control
        return response

    return answer


def policy_of(response: HttpResponse) -> CachePolicy | None:
    """The cache policy of an answer; None when it sets a cookie, is streamed, or its view has set another policy."""
    if response.status_code != 200 or response.streaming or response.cookies or "ETag" in response.headers:
        return None
    if "Cache-Control" in response.headers:
        return CachePolicy.SHORT if response.headers["Cache-Control"] == CachePolicy.SHORT.cache_control else None
    return CachePolicy.REVALIDATE if response.headers.get("Content-Type", "").startswith("text/html") else None


def with_cache_headers(response: HttpResponse, policy: CachePolicy, state: str) -> HttpResponse:
    response.headers["ETag"] = policy.etag(state)
    response.headers["Cache-Control"] = policy.cache_control
    if policy is CachePolicy.REVALIDATE:
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])  # a 304 repeats the page's own header
    return response
