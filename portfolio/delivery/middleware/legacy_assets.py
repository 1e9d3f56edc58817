"""Legacy assets: redirect the old addresses of an imported site's files to the stored files."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from portfolio.models import ImportedAsset

# Caches may keep the redirect for a day and no longer: an editor can replace the file of an image or document.
CACHED = "public, max-age=86400"


def legacy_asset_url(path: str) -> str | None:
    """The URL of the file that the old site served at ``path`` (decoded, case-sensitive).

    ``path`` may include the old site's base path or not. None when no import brought such a file, or it was deleted.
    """
    if path.endswith("/") or "\0" in path:
        return None
    found = ImportedAsset.objects.filter(Q(old_url=path) | Q(path=path.removeprefix("/")))
    assets = sorted(found.select_related("image", "document"), key=lambda asset: (asset.old_url != path, -asset.pk))
    return next((url for asset in assets if (url := asset.url)), None)


def legacy_assets(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: redirect to the stored file instead of answering 404. Other answers are passed on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        url = legacy_asset_url(request.path)
        if url is None or url == quote(request.path):
            return response
        return HttpResponsePermanentRedirect(url, headers={"Cache-Control": CACHED})

    return middleware
