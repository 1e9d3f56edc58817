"""Error reports to Sentry, without personal data. Needs the extra ``sentry``."""

from __future__ import annotations

from typing import Any

import sentry_sdk

from portfolio.delivery.release import release


def start_error_reports(dsn: str) -> None:
    """Report what is logged as an error, and nothing else: no traces, no sessions of visitors, no earlier log lines."""
    sentry_sdk.init(
        dsn=dsn,
        release=release(),
        send_default_pii=False,
        include_local_variables=False,  # they may hold what somebody has sent
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=without_visitor,
    )


def without_visitor(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Of the request only its method and its address without the query."""
    event.pop("user", None)
    request = event.get("request", {})
    event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    return event
