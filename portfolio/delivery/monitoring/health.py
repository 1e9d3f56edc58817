"""Health checks: ``/healthz`` for the process, ``/readyz`` for the services that it needs.

A middleware answers them before any other, so that a load balancer can ask by IP address and without HTTPS. An answer
contains nothing of the request, and no reasons: those are in the log.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portfolio.delivery.monitoring.readiness import FAILING, OK, current_states


def health_checks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer the health checks, whatever the Host header."""
    views = {"/healthz": healthz, "/readyz": readyz}

    def middleware(request: HttpRequest) -> HttpResponse:
        return views.get(request.path_info, get_response)(request)

    return middleware


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process runs."""
    return JsonResponse({"status": OK})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every service works, else 503 with the names of the failing ones."""
    states = current_states()
    ready = FAILING not in states.values()
    return JsonResponse({"status": OK if ready else FAILING, **states}, status=200 if ready else 503)
