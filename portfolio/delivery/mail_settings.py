"""Django's mail settings from environment variables, as each version of Django expects them."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import getaddresses
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured

OPTIONS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "timeout": "EMAIL_TIMEOUT",
}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
TIMEOUT = 10  # seconds to connect and for each answer; without it a mail server that hangs stops all mails


def mail_settings(email_url: Mapping[str, Any]) -> dict[str, Any]:
    """The settings by name: ``MAILERS`` from Django 6.1 on, ``EMAIL_*`` before.

    ``email_url`` is what django-environ has parsed.
    """
    if email_url["EMAIL_BACKEND"] == SMTP:
        email_url = {**email_url, "EMAIL_TIMEOUT": TIMEOUT}
    if django.VERSION < (6, 1):
        return {name: value for name, value in email_url.items() if name.startswith("EMAIL_")}
    options = {option: email_url[name] for option, name in OPTIONS.items() if email_url.get(name)}
    return {"MAILERS": {"default": {"BACKEND": email_url["EMAIL_BACKEND"], "OPTIONS": options}}}


def admin_addresses(text: str) -> list[Any]:
    """``ADMINS`` from addresses that are separated by commas: strings from Django 6.0 on, pairs with a name before."""
    pairs = getaddresses([text]) if text else []
    if not all("@" in address for _, address in pairs):
        raise ImproperlyConfigured(f"ADMINS is {text!r}; it is a list of mail addresses, separated by commas.")
    if django.VERSION < (6, 0):
        return pairs
    return [address for _, address in pairs]
