"""Serve uploaded files that are on the site's own disk."""

from __future__ import annotations

import errno
import os
import posixpath
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from portfolio.delivery.stored_files import content_type_of, deliver_file

# Formats that a browser shows without running anything in them; any other is sent as a download.
SHOWN_IN_PLACE = ("image/avif", "image/gif", "image/jpeg", "image/png", "image/webp", "video/", "audio/")
NO_SUCH_NAME = {errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EILSEQ, errno.EINVAL}


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file at ``path`` below MEDIA_ROOT; 404 when there is none. With a bucket, a redirect to its URL there.

    A web server in front may serve ``/media/`` itself. Wagtail gives changed files new names, so caches may keep them
    for long.
    """
    path = posixpath.normpath(path).lstrip("/")  # "//documents/a" and "x/../documents/a" are documents too
    if path.split("/", 1)[0].casefold() == "documents":
        raise Http404  # documents have a view that checks who may read them
    if settings.AWS_STORAGE_BUCKET_NAME:
        return redirect_to_bucket(path)
    content_type = content_type_of(path)
    response = FileResponse(
        open_below(settings.MEDIA_ROOT, path),
        content_type=content_type,
        as_attachment=not content_type.startswith(SHOWN_IN_PLACE),
    )
    response = deliver_file(request, response)
    response.headers["Cache-Control"] = "public, max-age=2592000"
    # An SVG may contain a style sheet; nothing in it runs or fetches.
    styles = " style-src 'unsafe-inline';" if content_type == "image/svg+xml" else ""
    response.headers["Content-Security-Policy"] = f"default-src 'none';{styles} sandbox"
    return response


def redirect_to_bucket(path: str) -> HttpResponseRedirect:
    """For URLs that others know from the time when the files were on this machine."""
    try:
        response = HttpResponseRedirect(default_storage.url(path))
    except (OSError, ValueError, SuspiciousOperation) as error:  # no name of a public file
        raise Http404("No such file") from error
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def open_below(root: str, path: str) -> BinaryIO:
    """Open the file at ``path`` below ``root``. Raises ``Http404`` for a name that no file has or can have.

    Symbolic links are followed: an administrator may have put a folder of the media on another disk.
    """
    try:
        file = Path(os.path.abspath(Path(root) / path))  # noqa: PTH100 - resolve() would follow links
        if not file.is_relative_to(os.path.abspath(root)):  # noqa: PTH100
            raise Http404("No file can have this name")
        if file.is_file():
            return file.open("rb")
    except ValueError as error:  # a zero byte
        raise Http404("No file can have this name") from error
    except OSError as error:
        if error.errno not in NO_SUCH_NAME:
            raise  # a failing disk is not a missing file
        raise Http404("No file can have this name") from error
    raise Http404("No such file")
