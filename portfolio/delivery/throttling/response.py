"""The answer to too many attempts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import ngettext

MINUTE = 60


def too_many_attempts(request: HttpRequest, seconds: int) -> HttpResponse:
    """429 with ``Retry-After`` (https://www.rfc-editor.org/rfc/rfc6585, section 4) and a page that says how long."""
    response = render(request, "too_many_attempts.html", {"wait": in_words(seconds)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


def in_words(seconds: int) -> str:
    if seconds < MINUTE:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // MINUTE)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
