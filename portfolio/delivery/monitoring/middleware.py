"""Monitoring middleware: only what is switched on is in the stack, so what is off costs nothing."""

from __future__ import annotations

PACKAGE = "portfolio.delivery.monitoring"


def monitoring_middleware(*, metrics: bool, access_log: bool, slow_queries: bool) -> list[str]:
    """The middleware around everything but the health checks, the outermost first."""
    return [
        *([f"{PACKAGE}.metrics.metrics"] if metrics else []),
        *([f"{PACKAGE}.request_id.request_id"] if access_log or slow_queries else []),
        *([f"{PACKAGE}.access_log.access_log"] if access_log else []),
        *([f"{PACKAGE}.slow_queries.slow_queries"] if slow_queries else []),
    ]
