"""A style sheet with the owner's palette, typefaces and accent colour. The policy of pages allows no inline style."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from portfolio.models import SiteSettings


def theme(request: HttpRequest) -> HttpResponse:
    """The theme of the site settings; empty when nothing was chosen.

    Pages link to it with its version in the query string, so caches may keep it for a year.
    """
    css = SiteSettings.for_request(request).theme.css
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": "public, max-age=31536000"})
