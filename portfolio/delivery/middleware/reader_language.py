"""Middleware: speak the site's language to readers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portfolio.delivery.middleware.owner_time_zone import EXEMPT_PATHS
from portfolio.languages.reader_language import use_site_language
from portfolio.models import SiteSettings


def reader_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The language depends on the site settings and on the page, never on the browser: one answer for everybody.

    The admin speaks the language of the person who is signed in.
    """
    without = (settings.ADMIN_PREFIX, *EXEMPT_PATHS)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(without):
            return get_response(request)
        try:
            code = SiteSettings.for_request(request).language_code
        except SiteSettings.DoesNotExist:
            return get_response(request)
        with use_site_language(code):
            return get_response(request)

    return middleware
