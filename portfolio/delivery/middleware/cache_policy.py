"""Cache policy of answers to requests with a session."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"


def private_with_session(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: mark pages sent to a request with a session as ``private, no-store``.

    They may contain the user bar, a private page or a CSRF token, which the next user of the same computer or proxy
    must not get. HTML pages and answers without a policy are marked; files and feeds keep the policy of their views.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES and not response.cookies:
            return response
        policy = response.headers.get("Cache-Control", "")
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not policy or (is_page and not {"private", "no-store"} <= directives(policy)):
            response.headers["Cache-Control"] = PRIVATE
        return response

    return middleware


def directives(policy: str) -> set[str]:
    return {part.strip().lower() for part in policy.split(",")}
