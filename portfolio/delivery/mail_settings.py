"""Django's mail settings from ``EMAIL_URL``: ``MAILERS`` from Django 6.1 on, ``EMAIL_*`` before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django

OPTIONS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
}


def mail_settings(email_url: Mapping[str, Any]) -> dict[str, Any]:
    """The settings by name; ``email_url`` is what django-environ has parsed."""
    if django.VERSION < (6, 1):
        return {name: value for name, value in email_url.items() if name.startswith("EMAIL_")}
    options = {option: email_url[name] for option, name in OPTIONS.items() if email_url.get(name)}
    return {"MAILERS": {"default": {"BACKEND": email_url["EMAIL_BACKEND"], "OPTIONS": options}}}
