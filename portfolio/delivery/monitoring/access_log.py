"""Access log: a line for each request."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri

logger = logging.getLogger("portfolio.access")


def access_log(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around all others, so that answers from the page cache and of other middleware are logged, too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begin = perf_counter()
        response = get_response(request)
        fields = {
            "method": request.method,
            "path": iri_to_uri(request.path),  # without the query, which may hold what somebody has typed
            "status": response.status_code,
            "duration_ms": round((perf_counter() - begin) * 1000, 1),
            "user_id": user_id(request),
            "client": request.META.get("REMOTE_ADDR", ""),  # TrustedProxiesMiddleware has put the client's here
        }
        logger.info("%(method)s %(path)s %(status)s", fields, extra=fields)
        return response

    return middleware


def user_id(request: HttpRequest) -> str | None:
    """The user's primary key, if something has read the session. This reads none from the database."""
    session = getattr(request, "session", None)
    return session.get(SESSION_KEY) if session is not None and session.accessed else None
