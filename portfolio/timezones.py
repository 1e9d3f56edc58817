"""Dates in the time zone of the site's owner."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portfolio.models import SiteSettings
from portfolio.models.current import find_site

# Answered without a look at the database's settings.
WITHOUT = ("/healthz", "/readyz", "/static/", "/media/")


def owners_time_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Show every date as the owner's calendar has it: a post of the evening keeps its day.

    The settings are read once a request; templates read the same ones. The admin shows each editor's own zone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT):
            return get_response(request)
        find_site(request)
        try:
            zone = ZoneInfo(SiteSettings.for_request(request).time_zone)
        except (SiteSettings.DoesNotExist, ValueError, KeyError):
            return get_response(request)
        with timezone.override(zone):
            return get_response(request)

    return middleware
