"""Metrics in the format of Prometheus at ``/metrics``, for whoever has the token.

Needs the extra ``metrics``. With several processes ``PROMETHEUS_MULTIPROC_DIR`` must name a folder that they share:
each then answers for all of them, otherwise for itself only.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from time import perf_counter

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from portfolio.models.heartbeats import Heartbeat

PATH = "/metrics"
METHODS = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS".split())  # any other is "other": anyone can invent some

logger = logging.getLogger(__name__)

registry = CollectorRegistry()
requests = Histogram(
    "portfolio_http_request_duration_seconds",
    "Time until the answer begins, by method and class of the status.",
    ["method", "status"],
    registry=registry,
)
page_cache_lookups = Counter(
    "portfolio_page_cache_lookups",
    "Requests for pages that the page cache may hold, by result: hit or miss.",
    ["result"],
    registry=registry,
)


def metrics(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: measure requests, and answer ``/metrics`` whatever the Host header, as Prometheus asks by address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH:
            return metrics_page(request)
        begin = perf_counter()
        response = get_response(request)
        method = request.method if request.method in METHODS else "other"
        requests.labels(method, f"{response.status_code // 100}xx").observe(perf_counter() - begin)
        found = getattr(request, "found_in_page_cache", None)
        if found is not None:
            page_cache_lookups.labels("hit" if found else "miss").inc()
        return response

    return middleware


@require_safe
@never_cache
def metrics_page(request: HttpRequest) -> HttpResponse:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(token.strip(), settings.METRICS_TOKEN):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    answer = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(answer)
    else:
        answer.register(registry)
    answer.register(SiteCollector())
    return HttpResponse(generate_latest(answer), content_type=CONTENT_TYPE_LATEST)


class SiteCollector:
    """Collector of what the database knows, which is the same in every process."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            yield heartbeat_ages()
            if settings.TASK_QUEUE == "database":
                yield queue_length()
        except DatabaseError:
            logger.exception("The metrics of the database are missing")


def heartbeat_ages() -> GaugeMetricFamily:
    family = GaugeMetricFamily("portfolio_heartbeat_age_seconds", "Seconds since the last heartbeat.", labels=["name"])
    now = timezone.now()
    for heartbeat in Heartbeat.objects.all():
        family.add_metric([heartbeat.name], (now - heartbeat.at).total_seconds())
    return family


def queue_length() -> GaugeMetricFamily:
    from django_tasks_db.models import DBTaskResult  # installed with the queue only

    return GaugeMetricFamily(
        "portfolio_queue_length", "Tasks that wait for the worker.", value=DBTaskResult.objects.ready().count()
    )
