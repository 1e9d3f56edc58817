"""Web app manifest, for phones that install the site as an app (https://www.w3.org/TR/appmanifest/)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portfolio.discovery.icons import icon_address
from portfolio.markdown.characters import controls_removed
from portfolio.models import SiteSettings

ICONS = (
    ("mark.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


@require_safe
@cache_control(public=True, max_age=60 * 60)
def manifest(request: HttpRequest) -> HttpResponse:
    site = SiteSettings.for_request(request)
    name = site.owner_name or request.get_host()
    paper = site.theme.palette.light_paper
    document: dict[str, Any] = {
        "name": name,
        "short_name": (name.split() or [name])[0],
        "description": site.headline,
        "lang": site.language_code,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {"src": icon_address(file, site.icon_version), "sizes": sizes, "type": kind, "purpose": purpose}
            for file, sizes, kind, purpose in ICONS
            if not (site.icon_version and file.endswith(".svg"))
        ],
    }
    text = json.dumps(controls_removed({key: value for key, value in document.items() if value}), ensure_ascii=False)
    return HttpResponse(text, content_type="application/manifest+json")
