"""Middleware: read the site version, and keep what depends on it alone (``portfolio.models.site_state``)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portfolio.delivery.middleware.owner_time_zone import EXEMPT_PATHS
from portfolio.models.site_state import cache_values


def site_state(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep values in requests of readers. Other methods and the admin may change things, and read each time."""
    without = (settings.ADMIN_PREFIX, *EXEMPT_PATHS)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith(without):
            return get_response(request)
        with cache_values():
            return get_response(request)

    return middleware
