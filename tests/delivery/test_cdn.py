"""After a change the caches of a CDN are purged, and one that is away stops nobody."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection, transaction
from wagtail.contrib.frontend_cache.backends import BaseBackend

from portfolio.delivery.cdn import cloudflare, purge
from portfolio.models import SiteVersion
from portfolio.models.site_version import increment_site_version, site_version_changed
from tests import builders

purged: list[str] = []


class RecordingBackend(BaseBackend):
    def purge_batch(self, urls: list[str]) -> None:
        purged.extend(urls)


class AbsentBackend(BaseBackend):
    def purge_batch(self, urls: list[str]) -> None:
        raise ConnectionError("no route to host")


RECORDING = {"BACKEND": f"{__name__}.RecordingBackend"}
ABSENT = {"BACKEND": f"{__name__}.AbsentBackend"}


@pytest.fixture(autouse=True)
def _nothing_purged() -> None:
    purged.clear()


@pytest.fixture
def purger(monkeypatch: pytest.MonkeyPatch) -> Iterator[purge.Purger]:
    """One of its own, with a short pause."""
    running = purge.Purger()
    monkeypatch.setattr(purge, "purger", running)
    monkeypatch.setattr(purge, "PAUSE", 0.2)
    yield running
    running.finish()


@pytest.mark.django_db
def test_a_change_purges_everything_once(settings, purger, django_capture_on_commit_callbacks):
    settings.WAGTAILFRONTENDCACHE = {"recording": RECORDING}
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        builders.post()
        builders.post()
    purger.finish()
    assert purged == ["http://localhost/*"]


@pytest.mark.django_db
def test_without_a_cdn_nothing_is_started(settings, purger, django_capture_on_commit_callbacks):
    settings.WAGTAILFRONTENDCACHE = {}
    with django_capture_on_commit_callbacks(execute=True):
        builders.post()
    assert purger.thread is None


def test_changes_during_the_pause_are_purged_together(settings, purger):
    settings.WAGTAILFRONTENDCACHE = {"recording": RECORDING}
    for _ in range(20):
        purger.request()
    time.sleep(0.5)
    assert 1 <= len(purged) <= 2
    purger.request()
    purger.finish()
    assert 2 <= len(purged) <= 3


def test_a_cdn_that_is_away_is_logged_and_the_others_are_purged(settings, purger, caplog):
    settings.WAGTAILFRONTENDCACHE = {"absent": ABSENT, "recording": RECORDING}
    with caplog.at_level(logging.ERROR):
        purger.request()
        purger.finish()
    assert purged == ["http://localhost/*"]
    assert "The cache absent was not purged" in caplog.text


def test_a_wrong_configuration_is_logged(settings, purger, caplog):
    settings.WAGTAILFRONTENDCACHE = {"missing": {"BACKEND": "nowhere.Backend"}}
    with caplog.at_level(logging.ERROR):
        purger.request()
        purger.finish()
    assert "not configured correctly" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_it_begins_when_the_new_version_can_be_read():
    seen: list[tuple[int, bool]] = []

    def receiver(**kwargs: Any) -> None:
        seen.append((SiteVersion.objects.get().number, connection.in_atomic_block))

    site_version_changed.connect(receiver)
    try:
        with transaction.atomic():
            increment_site_version()
            assert seen == []
    finally:
        site_version_changed.disconnect(receiver)
    assert seen == [(SiteVersion.objects.get().number, False)]


class Answer:
    reason = "Forbidden"

    def __init__(self, status: int) -> None:
        self.status = status


class Connection:
    """Takes one request and answers with a status."""

    def __init__(self, status: int) -> None:
        self.status, self.sent, self.closed = status, [], False

    def request(self, *arguments: Any) -> None:
        self.sent.append(arguments)

    def getresponse(self) -> Answer:
        return Answer(self.status)

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("status", [200, 403])
def test_cloudflare_is_asked_to_purge_the_zone(status, monkeypatch):
    connection, hosts = Connection(status), []
    monkeypatch.setattr(cloudflare, "connection_to", lambda *host: hosts.append(host) or connection)
    backend = cloudflare.CloudflareZoneBackend({"ZONEID": "z1", "BEARER_TOKEN": "secret"})
    with nullcontext() if status == 200 else pytest.raises(cloudflare.PurgeRefused, match="403 Forbidden"):
        backend.purge_batch(["https://example.org/*"])
    assert hosts == [("https", "api.cloudflare.com", 443)]
    [(method, path, body, headers)] = connection.sent
    assert (method, path) == ("POST", "/client/v4/zones/z1/purge_cache")
    assert json.loads(body) == {"purge_everything": True}
    assert headers["Authorization"] == "Bearer secret"
    assert connection.closed
