"""Health checks: ``/healthz`` for the process, ``/readyz`` for database and cache."""

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
    """200 as long as the process runs."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database and cache work, else 503 with the name of the failing one; the log has the reason."""
    checks = {"database": passes(check_database), "cache": passes(check_cache)}
    ready = all(checks.values())
    states = {name: "ok" if passed else "failing" for name, passed in checks.items()}
    return JsonResponse({"status": "ok" if ready else "failing", **states}, status=200 if ready else 503)


def passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:  # drivers raise many types
        logger.exception("Not ready: %s failed", check.__name__)
        return False
    return True


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> None:
    if hasattr(cache, "check_server"):  # ask Redis even while its circuit is open
        cache.check_server()
    cache.set("readyz", "here", timeout=10)
    if cache.get("readyz") != "here":
        raise RuntimeError("the cache does not store values")
