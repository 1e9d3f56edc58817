"""Throttling of the password forms of pages and documents, and of the password reset form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from portfolio.delivery.throttling.limits import (
    PAGE,
    PAGE_ADDRESS,
    PAGE_AND_ADDRESS,
    RESET_ADDRESS,
    Counted,
    client_address,
    give_back,
    take,
)
from portfolio.delivery.throttling.login import remember_device
from portfolio.delivery.throttling.response import too_many_attempts

# The views that check the password of a page or a collection, and the argument with the restriction.
PASSWORDS = {
    "wagtailcore_authenticate_with_password": "page_view_restriction_id",
    "wagtaildocs_authenticate_with_password": "restriction_id",
}
RESET = "wagtailadmin_password_reset"


class ThrottleMiddleware:
    """Middleware: answer 429 before the view runs when there were too many attempts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        counted = getattr(request, "password_counted", None)
        if counted and response.status_code in (301, 302, 303):  # the password was right
            give_back(counted)
        remember_device(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        if request.method != "POST" or request.resolver_match is None:
            return None
        name, address = request.resolver_match.view_name, client_address(request) or ""
        counted: Counted = ()
        if name in PASSWORDS:
            what = f"{name}\0{kwargs[PASSWORDS[name]]}"
            counted = [(PAGE_AND_ADDRESS, f"{what}\0{address}"), (PAGE_ADDRESS, address), (PAGE, what)]
        elif name == RESET:
            counted = [(RESET_ADDRESS, address)]
        wait = take(counted) if counted else 0
        if wait:
            return too_many_attempts(request, wait)
        if name in PASSWORDS:
            request.password_counted = counted  # type: ignore[attr-defined]
        return None
