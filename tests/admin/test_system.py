"""The System page tells administrators what works, and no passwords."""

from __future__ import annotations

import smtplib
import socket
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import django
import pytest
import wagtail
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portfolio.admin.system import facts
from portfolio.admin.system.facts import SystemFact, system_facts
from portfolio.admin.system.trial_mail import reason_of
from portfolio.delivery.monitoring import readiness
from portfolio.delivery.monitoring.readiness import ReadinessCheck
from portfolio.models.heartbeats import BACKUP, SCHEDULER, WORKER, Heartbeat
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(builders.user(is_superuser=True, email="mara@tides.example"))
    return client


def by_name() -> dict[str, SystemFact]:
    return {fact.name: fact for group in system_facts().values() for fact in group}


def test_the_settings_menu_leads_administrators_there(administrator: Client) -> None:
    assert reverse("system") in administrator.get("/admin/").content.decode()
    html = administrator.get(reverse("system")).content.decode()
    for version in (django.get_version(), wagtail.__version__):
        assert version in html
    assert "mara@tides.example" in html


def test_a_service_that_fails_is_marked(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("password of the owner")

    assert not by_name()["Cache"].warning
    monkeypatch.setitem(readiness.CHECKS, "media", ReadinessCheck("media", fail))
    assert by_name()["Media"] == SystemFact("Media", "failing; the log has the reason", warning=True)
    html = administrator.get(reverse("system")).content.decode()
    assert '<strong class="portfolio-failing">failing' in html
    assert "password of the owner" not in html


def test_what_has_not_run_for_long_is_marked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASK_QUEUE = "database"
    monkeypatch.setitem(readiness.CHECKS, "queue", ReadinessCheck("queue", lambda: None))
    names = ("Worker", "Scheduled pages", "Backup")
    assert [by_name()[name].warning for name in names] == [True, True, False], "a backup may be another program's"
    now = timezone.now()
    for name in (WORKER, SCHEDULER, BACKUP):
        Heartbeat.objects.create(name=name, at=now)
    found = by_name()
    assert not any(found[name].warning for name in names)
    assert f"{timezone.localtime(now):%Y, %H:%M}" in found["Backup"].value
    Heartbeat.objects.update(at=now - timedelta(days=8))
    assert all(by_name()[name].warning for name in names)


def test_without_a_queue_no_worker_is_missed() -> None:
    assert not by_name()["Worker"].warning


def test_little_free_space_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert by_name()["Free disk space"].value
    monkeypatch.setattr(facts, "LOW_SPACE", 1 << 62)
    assert by_name()["Free disk space"].warning


def test_servers_are_named_without_their_passwords(settings: Any) -> None:
    settings.EMAIL_URL = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_PASSWORD": "secret",
    }
    assert by_name()["Mail server"].value == "mail.example:587"
    settings.EMAIL_URL = {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    assert by_name()["Mail server"].value == "console"


def test_a_mail_is_sent_to_whoever_asks(administrator: Client) -> None:
    answer = administrator.post(reverse("system_trial_mail"), follow=True)
    assert [message.to for message in mail.outbox] == [["mara@tides.example"]]
    assert "A mail was sent to mara@tides.example" in answer.content.decode()


def test_why_a_mail_cannot_be_sent_is_told(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("portfolio.admin.system.trial_mail.send_mail", refuse)
    html = administrator.post(reverse("system_trial_mail"), follow=True).content.decode()
    assert "No mail was sent to mara@tides.example. No mail server answers at" in html


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "the user name or the password"),
        (smtplib.SMTPSenderRefused(550, b"no", "site@tides.example"), "does not accept the sender"),
        (smtplib.SMTPRecipientsRefused({}), "does not accept your address"),
        (smtplib.SMTPServerDisconnected("closed"), "answered: closed"),
        (socket.gaierror(-2, "unknown"), "is not known"),
        (TimeoutError(), "did not answer in time"),
        (OSError("no route"), "The mail could not be sent: no route"),
    ],
)
def test_reasons_are_in_words(error: Exception, words: str) -> None:
    assert words in reason_of(error)


def test_without_an_address_there_is_no_button(client: Client) -> None:
    client.force_login(builders.user(is_superuser=True, email=""))
    assert reverse("system_trial_mail") not in client.get(reverse("system")).content.decode()
    answer = client.post(reverse("system_trial_mail"), follow=True)
    assert "Your account has no mail address" in answer.content.decode()
    assert mail.outbox == []


def test_a_forged_form_sends_nothing() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(builders.user(is_superuser=True, email="mara@tides.example"))
    assert browser.post(reverse("system_trial_mail")).status_code == 403
    assert mail.outbox == []


def test_the_command_for_backups_leaves_a_sign_when_it_has_written_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    command = "portfolio.management.commands.backup.backup"
    monkeypatch.setattr(command, Mock(side_effect=OSError("disk full")))
    with pytest.raises(CommandError):
        call_command("backup", tmp_path / "a.tar", stdout=StringIO())
    assert by_name()["Backup"].value == "none of manage.py backup"
    monkeypatch.setattr(command, Mock(return_value=Mock(tables={}, files={}, deleted=[])))
    call_command("backup", tmp_path / "a.tar", stdout=StringIO())
    assert by_name()["Backup"].value.startswith("last at")
