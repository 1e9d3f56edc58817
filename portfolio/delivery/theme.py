"""A style sheet with the owner's accent colour. The Content-Security-Policy allows no inline style."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from portfolio.models import SiteSettings


def theme(request: HttpRequest) -> HttpResponse:
    """``--owner-accent`` as set in the site settings; an empty style sheet when it is not set.

    Pages link to it with the colour in the query string, so caches may keep it for a year.
    """
    colour = SiteSettings.for_request(request).accent_colour
    css = f":root {{ --owner-accent: {colour}; }}\n" if colour else ""
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": "public, max-age=31536000"})
