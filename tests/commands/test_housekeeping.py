"""What nobody needs any more is deleted once a day, and only that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessFailureLog
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from portfolio.management import housekeeping
from portfolio.models.heartbeats import HOUSEKEEPING, Heartbeat
from tests import builders

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=400)


def session(age: timedelta) -> str:
    store = SessionStore()
    store.create()
    Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() - age)
    return store.session_key


def revisions() -> set[int]:
    return set(Revision.objects.values_list("pk", flat=True))


def test_what_is_old_goes_and_what_is_not_stays(settings: Any) -> None:
    settings.REVISION_DAYS = 30
    expired, current = session(timedelta(days=1)), session(timedelta(days=-1))
    for moment in (LONG_AGO, timezone.now()):
        failure = AccessFailureLog.objects.create(username="mara")
        AccessFailureLog.objects.filter(pk=failure.pk).update(attempt_time=moment)
    page = builders.post()
    old = page.save_revision()
    published = page.save_revision()
    published.publish()
    recent = page.save_revision()
    latest = page.save_revision()
    Revision.objects.exclude(pk=recent.pk).update(created_at=LONG_AGO)
    call_command("housekeeping")
    assert {expired, current} & set(Session.objects.values_list("pk", flat=True)) == {current}
    assert AccessFailureLog.objects.count() == 1
    assert old.pk not in revisions()
    assert {published.pk, recent.pk, latest.pk} <= revisions()


def test_versions_of_pages_are_kept_by_default() -> None:
    page = builders.post()
    old, _ = page.save_revision(), page.save_revision()
    Revision.objects.filter(pk=old.pk).update(created_at=LONG_AGO)
    call_command("housekeeping")
    assert Revision.objects.filter(pk=old.pk).exists()


def test_the_scheduler_cleans_up_once_a_day() -> None:
    expired = session(timedelta(days=1))
    call_command("publish_scheduled")
    assert not Session.objects.filter(pk=expired).exists()
    expired = session(timedelta(days=1))
    call_command("publish_scheduled")
    assert Session.objects.filter(pk=expired).exists()
    Heartbeat.objects.filter(name=HOUSEKEEPING).update(at=timezone.now() - housekeeping.INTERVAL)
    call_command("publish_scheduled")
    assert not Session.objects.filter(pk=expired).exists()
