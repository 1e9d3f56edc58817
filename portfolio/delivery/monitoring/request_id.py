"""Request id: names one request in every log line and in its answer (``X-Request-ID``)."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# From anyone: a proxy, or a stranger. So it is short, and safe in a log and a header.
ACCEPTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")


def request_id(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: use the id that a proxy has given to the request, or make one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex
        token = current_request_id.set(name)
        try:
            response = get_response(request)
        finally:
            current_request_id.reset(token)
        response.headers[HEADER] = name
        return response

    return middleware


class RequestIdFilter(logging.Filter):
    """Logging filter that adds the id of the current request to a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        if name := current_request_id.get():
            record.request_id = name
        return True
