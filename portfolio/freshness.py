"""What a reader has already: answered with 304, without making it again."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from portfolio.models.current import find_site

View = Callable[..., HttpResponse]


class Kept(StrEnum):
    """How long a copy may be kept by anybody. The value stands in the ETag, so that a 304 can say so once more."""

    page = "p"
    file = "f"

    @property
    def said(self) -> str:
        """A page is asked for each time; what programs fetch regularly may be five minutes old."""
        return {"p": "public, max-age=0, must-revalidate", "f": "public, max-age=300"}[self]

    def tag(self, state: str) -> str:
        """Weak, since the same page may come compressed or not."""
        return f'W/"{self}{state}"'


def release() -> int:
    """When the newest of the site's own files was written: a new version of the site makes its pages anew."""
    folders = (settings.BASE_DIR / name for name in ("templates", "portfolio", "blog", "experience"))
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".html", ".css", ".js"))
    return max((file.stat().st_mtime_ns for file in files), default=0)


def freshness(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give what is for everybody an ETag of the state of the site that it shows, and answer 304 while it is the same.

    Somebody who is logged in, or has given a page's password, has a session and gets what is made for them.
    """
    made_by = release()

    def middleware(request: HttpRequest) -> HttpResponse:
        state = state_for(request, made_by) if may_be_kept(request) else ""
        if state and request.headers.get("If-None-Match"):
            for kept in Kept:
                known = get_conditional_response(request, etag=kept.tag(state))
                if known is not None and known.status_code == 304:
                    return dressed(known, kept, state)
        response = get_response(request)
        kept = kept_of(response) if state else None
        if kept is None:
            return response
        modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        response = dressed(response, kept, state)
        return get_conditional_response(request, response.headers["ETag"], modified, response)

    return middleware


# What says that the process is alive must not need the database.
ASK_NOTHING = ("/healthz", "/readyz")


def may_be_kept(request: HttpRequest) -> bool:
    # While somebody works on the templates a page may change without the site.
    return (
        not settings.DEBUG
        and request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith((settings.ADMIN_PREFIX, settings.MEDIA_URL, settings.STATIC_URL))
        and request.path not in ASK_NOTHING
    )


def state_for(request: HttpRequest, made_by: int) -> str:
    """What the answer is made of, in a few letters. The day is in it: what goes on today is longer tomorrow."""
    site = find_site(request)
    number = getattr(site, "version", None)
    if number is None:
        return ""
    said = f"{made_by} {number} {timezone.localdate()} {request.build_absolute_uri()}"
    return sha256(said.encode()).hexdigest()[:32]


def for_programs(view: View) -> View:
    """A view whose answers programs fetch again and again: a feed, the sitemap, a page as Markdown."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = Kept.file.said
        return response

    return answer


def kept_of(response: HttpResponse) -> Kept | None:
    """How an answer may be kept: a whole one that sets no cookie and of which no view has said anything else."""
    if response.status_code != 200 or response.streaming or response.cookies or "ETag" in response.headers:
        return None
    if "Cache-Control" in response.headers:
        return Kept.file if response.headers["Cache-Control"] == Kept.file.said else None
    return Kept.page if response.headers.get("Content-Type", "").startswith("text/html") else None


def dressed(response: HttpResponse, kept: Kept, state: str) -> HttpResponse:
    response.headers["ETag"] = kept.tag(state)
    response.headers["Cache-Control"] = kept.said
    if kept is Kept.page:
        patch_vary_headers(response, ["Cookie"])
    return response
