"""Slow query log: queries of requests that take longer than ``SLOW_QUERY_MS``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

MOST_CHARACTERS = 2000  # of a logged query

logger = logging.getLogger("portfolio.slow_queries")


def slow_queries(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: time each query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with connection.execute_wrapper(log_slow_query):
            return get_response(request)

    return middleware


def log_slow_query(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute a query, and log it without its parameters if it was slow, even if it failed."""
    begin = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        duration = (perf_counter() - begin) * 1000
        if duration > settings.SLOW_QUERY_MS:
            fields = {"duration_ms": round(duration, 1), "sql": str(sql)[:MOST_CHARACTERS]}
            logger.warning("Slow query: %(duration_ms)s ms, %(sql)s", fields, extra=fields)
