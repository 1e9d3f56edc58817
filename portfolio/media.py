"""Uploaded files, served by the site itself when they lie on its own disk."""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# Formats a browser shows without running anything in them; everything else is offered as a download.
SHOWN_IN_PLACE = ("image/avif", "image/gif", "image/jpeg", "image/png", "image/webp", "video/", "audio/")


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file at ``path`` below MEDIA_ROOT; 404 when there is none or the files live in a bucket.

    A web server in front may answer ``/media/`` itself; this view keeps a single-process installation whole. Wagtail
    names files anew when their content changes, so they may be cached for long.
    """
    path = posixpath.normpath(path).lstrip("/")  # as ``serve`` reads it: "//documents/a" and "x/../documents/a" too
    if settings.AWS_STORAGE_BUCKET_NAME or path.split("/", 1)[0].casefold() == "documents":
        raise Http404  # documents go through Wagtail's view, which checks who may read them
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = "public, max-age=2592000"
    # A drawing shown by a page may carry a style sheet of its own; nothing in it runs or fetches.
    styles = " style-src 'unsafe-inline';" if response.headers["Content-Type"] == "image/svg+xml" else ""
    response.headers["Content-Security-Policy"] = f"default-src 'none';{styles} sandbox"
    if isinstance(response, FileResponse) and not response.headers["Content-Type"].startswith(SHOWN_IN_PLACE):
        response.headers["Content-Disposition"] = "attachment"
    return response
