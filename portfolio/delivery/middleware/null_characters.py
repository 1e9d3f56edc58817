"""Middleware: refuse null characters in paths and parameters.

PostgreSQL cannot store or compare text with a zero byte, so each query with one would be a server error.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse


def refuse_null_characters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer 404 for a path with a zero byte and 400 for a parameter; ignore a cookie with one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404("No address has a zero byte")
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            raise BadRequest("No parameter has a zero byte")
        # A quoted cookie may contain one as \000 (https://www.rfc-editor.org/rfc/rfc2109).
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware
