"""Logging configuration: one line for each event, to stdout, as JSON in production."""

from __future__ import annotations

from typing import Any


def logging_config(*, debug: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            },
            "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "plain" if debug else "json",
            }
        },
        "root": {"handlers": ["stdout"], "level": "INFO"},
        "loggers": {
            # Without Django's own handlers (mail to administrators, a second console).
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
            "axes": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},  # two lines for each saved page, from Wagtail's index tasks
            "weasyprint": {"level": "WARNING"},  # every step of every page
            "fontTools": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},  # its events are in the audit log
        },
    }
