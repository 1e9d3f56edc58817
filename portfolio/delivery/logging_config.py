"""Logging configuration: one line for each event, to stdout, as JSON in production."""

from __future__ import annotations

from typing import Any


def logging_config(*, debug: bool, request_ids: bool = False, mail_errors: bool = False) -> dict[str, Any]:
    """The value of Django's LOGGING.

    With ``request_ids`` each line of a request has its id, with ``mail_errors`` its unexpected errors are mailed.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{levelname} {name} {message}",
                "style": "{",
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": "time",  # in UTC, with the zone
            },
            "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        },
        "filters": {"request_id": {"()": "portfolio.delivery.monitoring.request_id.RequestIdFilter"}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "plain" if debug else "json",
                "filters": ["request_id"] if request_ids else [],
            },
            "admin_mail": {"class": "portfolio.delivery.monitoring.error_mail.AdminMailHandler"},
        },
        "root": {"handlers": ["stdout"], "level": "INFO"},
        "loggers": {
            # Without Django's own handlers (mail to administrators, a second console).
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"handlers": ["admin_mail"] if mail_errors else []},
            "django.server": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
            "axes": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},  # two lines for each saved page, from Wagtail's index tasks
            "weasyprint": {"level": "WARNING"},  # every step of every page
            "fontTools": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},  # its events are in the audit log
        },
    }
