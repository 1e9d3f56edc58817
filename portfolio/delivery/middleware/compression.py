"""Compression of pages, but not of stored files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Django's GZipMiddleware, except for answers that support byte ranges.

    A compressed part would not be the requested part, and a compressed file would lose its length and the strong ETag
    with which a player asks for the rest.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Accept-Ranges") or response.has_header("Content-Range"):
            return response
        return super().process_response(request, response)
