"""Heartbeats are no change that a reader could see, and outlast a database that cannot be written."""

from __future__ import annotations

import threading
from unittest.mock import Mock

import pytest
from django.db import DatabaseError

from portfolio.models import heartbeats
from portfolio.models.heartbeats import WORKER, Heartbeat
from portfolio.models.site_version import read_site_version


@pytest.mark.django_db
def test_a_heartbeat_leaves_cached_pages_valid(django_capture_on_commit_callbacks):
    before = read_site_version()
    with django_capture_on_commit_callbacks(execute=True):
        Heartbeat.beat(WORKER)
        Heartbeat.beat(WORKER)
        Heartbeat.objects.filter(name=WORKER).delete()
    assert read_site_version() == before


def test_a_heartbeat_that_fails_is_logged_and_the_next_is_tried(monkeypatch, caplog):
    tried, enough = [], threading.Event()

    def beat(name: str) -> None:
        tried.append(name)
        if len(tried) == 3:
            enough.set()
        raise DatabaseError("database is locked")

    monkeypatch.setattr(Heartbeat, "beat", beat)
    monkeypatch.setattr(Heartbeat, "objects", Mock(**{"filter.side_effect": DatabaseError("database is locked")}))
    monkeypatch.setattr(heartbeats, "INTERVAL", 0.001)
    with heartbeats.heartbeats("tides"):
        assert enough.wait(5)
    assert set(tried) == {"tides"}
    assert "database is locked" in caplog.text
