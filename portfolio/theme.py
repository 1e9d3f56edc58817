"""The owner's colour, as a stylesheet of one rule: the site's own policy allows no style inside a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from portfolio.models import SiteSettings


def theme(request: HttpRequest) -> HttpResponse:
    """``--owner-accent`` as set in the admin; nothing when it is not set.

    Pages ask for it with the colour in the query, so the answer may be kept for a year.
    """
    colour = SiteSettings.for_request(request).accent_colour
    css = f":root {{ --owner-accent: {colour}; }}\n" if colour else ""
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": "public, max-age=31536000"})
