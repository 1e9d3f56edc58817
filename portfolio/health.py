"""Whether the site is alive, and whether it can answer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database and cache answer, else 503 and which of them does not; the reason is for the log only."""
    parts = {"database": works(ask_database), "cache": works(ask_cache)}
    ready = all(parts.values())
    states = {name: "ok" if fine else "failing" for name, fine in parts.items()}
    return JsonResponse({"status": "ok" if ready else "failing", **states}, status=200 if ready else 503)


def works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever a driver raises means the same here
        logger.exception("Not ready: %s failed", ask.__name__)
        return False
    return True


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_cache() -> None:
    cache.set("readyz", "here", timeout=10)
    if cache.get("readyz") != "here":
        raise RuntimeError("the cache does not keep what it is given")
