"""Files of an imported site answer at their old addresses."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from portfolio.models import ImportedAsset

# Clients may keep the answer for a day and no longer: an editor can give the picture or document a new file.
CACHED = "public, max-age=86400"


def old_file_url(path: str) -> str | None:
    """Where the file is now that the old site served at ``path`` (decoded, case as in the file's name).

    The path that the old site lay under may be there or not. None when no import took in such a file, or when an
    editor has deleted what it became.
    """
    if path.endswith("/") or "\0" in path:
        return None
    found = ImportedAsset.objects.filter(Q(old_url=path) | Q(path=path.removeprefix("/")))
    assets = sorted(found.select_related("image", "document"), key=lambda asset: (asset.old_url != path, -asset.pk))
    return next((url for asset in assets if (url := asset.url)), None)


def old_files(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Redirect to the stored file where nothing else answered; other responses cost nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        url = old_file_url(request.path)
        if url is None or url == quote(request.path):
            return response
        return HttpResponsePermanentRedirect(url, headers={"Cache-Control": CACHED})

    return middleware
