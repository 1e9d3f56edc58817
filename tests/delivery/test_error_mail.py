"""Administrators are mailed unexpected errors, without the visitor and without a flood."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from portfolio.delivery.mail_settings import admin_addresses
from portfolio.delivery.monitoring import error_mail
from portfolio.delivery.monitoring.error_mail import INTERVAL, AdminMailHandler
from tests.project.test_settings import PRODUCTION, start, values


@pytest.fixture
def logger(settings: Any) -> logging.Logger:
    """A logger that mails errors to an administrator."""
    settings.ADMINS = admin_addresses("Mara <mara@tides.example>")
    logger = logging.Logger("tides")
    logger.addHandler(AdminMailHandler())
    return logger


def fail(logger: logging.Logger, **attributes: Any) -> None:
    request = RequestFactory().get("/gauges/?q=typed-in", HTTP_COOKIE="sessionid=secret")
    try:
        raise ValueError("no water")
    except ValueError as error:
        log_response(
            "Internal Server Error:\n%s", request.path, response=HttpResponse(status=500), request=request,
            logger=logger, exception=error,
        )  # fmt: skip


def test_an_error_is_mailed_with_its_traceback_and_without_the_visitor(logger: logging.Logger) -> None:
    fail(logger)
    (message,) = mail.outbox
    assert message.to == ["mara@tides.example"]
    assert "Internal Server Error: /gauges/" in message.subject
    assert 'raise ValueError("no water")' in message.body
    assert "typed-in" not in message.body
    assert "secret" not in message.body


def test_the_next_mail_is_sent_after_a_while(logger: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        fail(logger)
    assert len(mail.outbox) == 1
    monkeypatch.setattr(error_mail, "INTERVAL", -INTERVAL)
    fail(logger)
    assert len(mail.outbox) == 2


def test_an_answer_that_was_meant_is_not_mailed(logger: logging.Logger) -> None:
    logger.error("Service Unavailable: /readyz")
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_is_no_further_error(
    logger: logging.Logger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr(error_mail, "mail_admins", refuse)
    fail(logger)
    assert "no mail server" in capsys.readouterr().err


def test_errors_of_requests_are_mailed_when_there_are_administrators() -> None:
    def handlers(**env: str) -> list[str]:
        return values("LOGGING", **PRODUCTION, **env)["LOGGING"]["loggers"]["django.request"]["handlers"]

    assert handlers() == []
    assert handlers(ADMINS="mara@tides.example") == ["admin_mail"]


def test_addresses_come_from_the_environment() -> None:
    code = (
        "import django; django.setup()\nfrom django.core import mail\n"
        "mail.mail_admins('High water', 'At six.'); mail.send_mail('a', 'b', None, ['reader@tides.example'])\n"
    )
    env = {**PRODUCTION, "EMAIL_URL": "consolemail://", "ADMINS": "Mara <mara@tides.example>, ops@tides.example"}
    told = start(code, **env).stdout
    assert "To: mara@tides.example, ops@tides.example" in told
    assert "Subject: [example.org] High water" in told
    assert told.count("From: noreply@example.org") == 2
    told = start(code, **env, DEFAULT_FROM_EMAIL="Tides <site@tides.example>").stdout
    assert told.count("From: Tides <site@tides.example>") == 2


def test_what_is_no_list_of_addresses_is_refused_at_the_start() -> None:
    assert "ADMINS is 'mara'" in start("import django; django.setup()", **PRODUCTION, ADMINS="mara").stderr


def test_a_mail_server_has_ten_seconds() -> None:
    code = (
        "import django; django.setup()\nfrom django.core import mail\n"
        "print(mail.mailers['default'].timeout if django.VERSION >= (6, 1) else mail.get_connection().timeout)\n"
    )
    assert start(code, **PRODUCTION, EMAIL_URL="smtp+tls://user:password@mail.example:587").stdout.split() == ["10"]
