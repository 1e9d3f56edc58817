"""Middleware: activate the time zone of the site settings."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portfolio.models import SiteSettings
from portfolio.models.site.lookup import find_site

# Answered without reading the site settings.
EXEMPT_PATHS = ("/static/", "/media/")


def owner_time_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show dates in the owner's time zone, so that a post of the evening keeps its day.

    The settings are read once for each request, and templates use the same object. The admin uses it too, or
    the one that an editor has chosen (``portfolio.admin.time_zone``).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(EXEMPT_PATHS):
            return get_response(request)
        find_site(request)
        try:
            zone = ZoneInfo(SiteSettings.for_request(request).time_zone)
        except (SiteSettings.DoesNotExist, ValueError, KeyError):
            return get_response(request)
        with timezone.override(zone):
            return get_response(request)

    return middleware
