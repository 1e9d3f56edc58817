"""Lazy views: views that are imported at their first request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

View = Callable[..., HttpResponseBase]


def lazy_view(name: str) -> View:
    """The view with that dotted name.

    For views that import, convert or export, or call a large library: what they take is half of all code, and every
    command and the start of a web server would load it.
    """

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return import_string(name)(request, *args, **kwargs)

    return view
