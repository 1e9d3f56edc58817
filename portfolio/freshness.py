"""Pages that a reader has already: answered with 304, without making them again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from portfolio.models.current import find_site

# A copy may be kept by anybody who asks each time whether it still holds.
KEEP = "public, max-age=0, must-revalidate"


def release() -> int:
    """When the newest of the site's own files was written: a new version of the site makes its pages anew."""
    folders = (settings.BASE_DIR / name for name in ("templates", "portfolio", "blog", "experience"))
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".html", ".css", ".js"))
    return max((file.stat().st_mtime_ns for file in files), default=0)


def freshness(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give pages for everybody an ETag of the state of the site that they show, and answer 304 while it is the same.

    Somebody who is logged in, or has given a page's password, has a session and gets what is made for them.
    """
    made_by = release()

    def middleware(request: HttpRequest) -> HttpResponse:
        tag = tag_for(request, made_by) if may_be_kept(request) else ""
        if tag and request.headers.get("If-None-Match"):
            known = get_conditional_response(request, etag=tag)
            if known is not None and known.status_code == 304:
                return dressed(known, tag)
        response = get_response(request)
        if tag and is_page(response):
            dressed(response, tag)
        return response

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


def tag_for(request: HttpRequest, made_by: int) -> str:
    """Weak, since the same page may come compressed or not. The day is in it: what goes on today is longer tomorrow."""
    site = find_site(request)
    number = getattr(site, "version", None)
    if number is None:
        return ""
    said = f"{made_by} {number} {timezone.localdate()} {request.build_absolute_uri()}"
    return f'W/"{sha256(said.encode()).hexdigest()[:32]}"'


def is_page(response: HttpResponse) -> bool:
    """A whole page that no view has said anything about, and that sets no cookie."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response.headers
        and "ETag" not in response.headers
        and response.headers.get("Content-Type", "").startswith("text/html")
    )


def dressed(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = KEEP
    patch_vary_headers(response, ["Cookie"])
    return response
