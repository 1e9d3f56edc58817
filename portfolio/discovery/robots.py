"""``/robots.txt``: what crawlers may read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=60 * 60)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin, and searches, of which there is no end (https://www.rfc-editor.org/rfc/rfc9309)."""
    lines = [
        "User-agent: *",
        f"Disallow: {settings.ADMIN_PREFIX}",
        f"Disallow: {reverse('search')}?",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
