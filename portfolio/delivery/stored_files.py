"""Stored files: validators, conditional requests and byte ranges for uploads and documents."""

from __future__ import annotations

import io
import mimetypes
import os

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from portfolio.delivery.byte_ranges import apply_byte_range

# Media types by compression. The type of the content would make browsers decompress the file.
COMPRESSED_TYPES = {
    "br": "application/x-brotli",
    "bzip2": "application/x-bzip",
    "compress": "application/x-compress",
    "gzip": "application/gzip",
    "xz": "application/x-xz",
}


def content_type_of(name: str) -> str:
    """The media type of a file as stored: ``application/gzip`` for ``data.csv.gz``."""
    inner, compression = mimetypes.guess_type(name)
    return (COMPRESSED_TYPES.get(compression) if compression else inner) or "application/octet-stream"


def deliver_file(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Apply conditional and range headers to a response with a whole file: 200, 206, 304, 412 or 416.

    ``Content-Encoding`` is removed: it would make a browser decompress a file that the reader wants compressed. Any
    answer but a 200 with an open file is passed on.
    """
    file = getattr(response, "file_to_stream", None)
    if response.status_code != 200 or not isinstance(response, FileResponse) or file is None:
        return response
    del response.headers["Content-Encoding"]
    add_validators(response)
    modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    answer = get_conditional_response(request, response.headers.get("ETag"), modified, response)
    if answer is not response:
        response.file_to_stream.close()  # closing the response would end the request
        return answer
    return apply_byte_range(request, response)


def add_validators(response: FileResponse) -> None:
    """Add ``Last-Modified`` and a strong ``ETag`` for a file on disk, unless the view has set them."""
    if not isinstance(response.file_to_stream, io.BufferedReader):
        return
    state = os.fstat(response.file_to_stream.fileno())
    response.headers.setdefault("Last-Modified", http_date(state.st_mtime))
    if response.headers.get("ETag", '""') == '""':  # a document whose hash was never computed
        response.headers["ETag"] = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
