"""Byte ranges: answer a ``Range`` header with 206 or 416 (RFC 9110, section 14).

Players use them to seek in a video, and browsers to resume a download. Several ranges, other units and invalid headers
are ignored and the whole file is sent, as the standard allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

SINGLE_RANGE = re.compile(r"bytes[ \t]*=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
BLOCK_SIZE = 64 * 1024  # bytes read at a time


class RangeNotSatisfiable(ValueError):
    """The range begins after the end of the file."""


def parse_byte_range(header: str, size: int) -> range | None:
    """The offsets that a ``Range`` header requests of a file of ``size`` bytes; None when it is to be ignored.

    Raises ``RangeNotSatisfiable`` when the file ends before the range begins. For an empty file the header is ignored,
    because some clients send a range with each request.
    """
    match = SINGLE_RANGE.fullmatch(header.strip())
    if not match or match[1] == match[2] == "" or not size:
        return None
    if not match[1]:
        length = int(match[2])
        if not length:
            raise RangeNotSatisfiable
        return range(max(0, size - length), size)
    first, last = int(match[1]), int(match[2] or size)
    if match[2] and last < first:
        return None
    if first >= size:
        raise RangeNotSatisfiable
    return range(first, min(last + 1, size))


def range_applies(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether ``If-Range`` matches the current file, by a strong ETag or the exact ``Last-Modified``."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == response.headers.get("ETag") and not condition.startswith("W/")
    return condition == response.headers.get("Last-Modified")


class FilePart:
    """Iterates over the bytes of a file in a range, in blocks. Closing it closes the file."""

    def __init__(self, file: BinaryIO, part: range) -> None:
        self.file, self.part = file, part

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.part.start)
        left = len(self.part)
        while left and (block := self.file.read(min(left, BLOCK_SIZE))):
            left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()


def apply_byte_range(request: HttpRequest, response: FileResponse) -> HttpResponseBase:
    """Apply the ``Range`` header of a GET request to a response with a whole file: 206, 416, or unchanged."""
    response.headers["Accept-Ranges"] = "bytes"
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header or not range_applies(request, response):
        return response
    if "Content-Length" not in response.headers:
        return response
    size = int(response.headers["Content-Length"])
    try:
        part = parse_byte_range(header, size)
    except RangeNotSatisfiable:
        response.file_to_stream.close()  # closing the response would end the request
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    if part is None:
        return response
    partial = StreamingHttpResponse(FilePart(response.file_to_stream, part), status=206, headers=response.headers)
    partial.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    partial.headers["Content-Length"] = str(len(part))
    return partial
