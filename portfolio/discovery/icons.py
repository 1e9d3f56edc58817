"""Icons at the fixed addresses where browsers ask for them, whatever the pages say: the owner's, or the design's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portfolio.models import SiteSettings
from portfolio.models.site.icons import icon_data

# The design's icons where their names differ.
FILES = {"favicon.ico": "icon.ico", "apple-touch-icon.png": "icon-180.png"}


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24)
def icon(request: HttpRequest, name: str) -> HttpResponse:
    picture = SiteSettings.for_request(request).icon
    data = icon_data(picture, name) if picture is not None else None
    if data is None:
        return HttpResponseRedirect(static(f"portfolio/img/{FILES.get(name, name)}"))
    return HttpResponse(data, content_type="image/x-icon" if name.endswith(".ico") else "image/png")


def icon_address(name: str, version: str) -> str:
    """The address of an icon; ``version`` is that of the owner's picture, "" without one."""
    return f"/{name}?{version}" if version else static(f"portfolio/img/{name}")
