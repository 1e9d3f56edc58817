"""Admin parameters: answer 400 when a Wagtail view fails on an invalid parameter or form field.

Wagtail reads many parameters and fields without validation (``int(request.GET["p"])``, ``request.POST["body-count"]``).
Links and forms of the admin are always valid, but a signed-in user may send any request.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from traceback import walk_tb
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError, ObjectDoesNotExist, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import NoReverseMatch
from modelsearch.backends.base import FieldError as SearchFieldError

logger = logging.getLogger(__name__)

# Raised for text that is not the expected number, date, field name or part of an address.
UNREADABLE = (
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    OverflowError,
    ValidationError,
    FieldError,
    SearchFieldError,
    NoReverseMatch,
    DataError,
    ObjectDoesNotExist,
)
# In our own code the same exceptions are bugs, and must not be hidden.
OWN_PACKAGES = frozenset({"portfolio", "blog", "experience"})


class AdminParametersMiddleware:
    """Middleware for requests to Wagtail's views; our own views validate their parameters and forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return bad_request(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """An answer with status 400 when the exception comes from what was sent to a Wagtail view, else None."""
    if not request.path.startswith(settings.ADMIN_PREFIX) or not isinstance(exception, UNREADABLE):
        return None
    if not is_wagtail_view(request.resolver_match) or not is_request_error(request, exception):
        return None
    logger.warning("A parameter or a field of %s cannot be read", request.path, exc_info=exception)
    message = "This address has a parameter" if request.method in ("GET", "HEAD") else "This form has a field"
    return HttpResponseBadRequest(f"{message} that cannot be read.", content_type="text/plain")


def is_request_error(request: HttpRequest, exception: Exception) -> bool:
    """Whether the request can be the cause: it has parameters, or the exception is not from our own code."""
    if request.method in ("GET", "HEAD"):
        return bool(request.GET)
    return request.method == "POST" and raised_in(exception) not in OWN_PACKAGES


def raised_in(exception: Exception) -> str:
    """The package whose code raised the exception, or called the standard library that did."""
    frames = [frame.f_globals.get("__name__", "") for frame, _ in walk_tb(exception.__traceback__)]
    packages = [name.partition(".")[0] for name in frames]
    return next((name for name in reversed(packages) if name not in sys.stdlib_module_names), "")


def is_wagtail_view(match: Any) -> bool:
    """Whether Wagtail's code reads the parameters: its own view, or a subclass of one."""
    if match is None:
        return False
    view = getattr(match.func, "view_class", None) or getattr(match.func, "cls", None)
    parts = view.__mro__ if view else [match.func]
    return any(part.__module__.partition(".")[0] == "wagtail" for part in parts)
