"""A cache that does not work costs nothing but speed."""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client, override_settings

from portfolio.delivery import circuit_breaker
from portfolio.delivery.redis_cache import breaker_for
from tests import builders
from tests.delivery.redis_servers import BROKEN, NOBODY, RedisServer, broken_server, has_redis

needs_redis = pytest.mark.skipif(not has_redis(), reason="no redis-server on this machine")
HOW = [NOBODY, *BROKEN]


def using(address: str) -> override_settings:
    backend = "portfolio.delivery.redis_cache.FaultTolerantRedisCache"
    return override_settings(
        CACHES={
            "default": {"BACKEND": backend, "LOCATION": address},
            "pages": {"BACKEND": backend, "LOCATION": address, "KEY_PREFIX": "pages"},
            "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        }
    )


@pytest.fixture(params=HOW)
def broken(request: pytest.FixtureRequest) -> Iterator[str]:
    with broken_server(request.param) as address, using(address):
        yield address


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    with using(server.url):
        yield server
    server.stop()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Time as the circuit breaker sees it; ``clock.now`` may be set."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr(circuit_breaker, "monotonic", lambda: Clock.now)
    return Clock


def ask_everything() -> None:
    """Every operation that Django's cache has, with what it gives when nothing is there."""
    assert cache.get("a") is None
    assert cache.get("a", "else") == "else"
    cache.set("a", [1])
    assert cache.add("a", 1) is True
    assert cache.get_or_set("b", lambda: 7) == 7
    assert cache.get_many(["a", "b"]) == {}
    assert cache.set_many({"a": 1, "b": 2}) == []
    assert not cache.has_key("a")
    assert "a" not in cache
    assert not cache.touch("a", 5)
    assert not cache.delete("a")
    cache.delete_many(["a", "b"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")
    cache.clear()


def test_no_operation_fails_or_waits(broken: str) -> None:
    begin = time.monotonic()
    for _ in range(5):
        ask_everything()
    assert time.monotonic() - begin < 2


@pytest.mark.django_db
def test_site_answers_from_the_database(broken: str, client: Client) -> None:
    builders.post(title="Tides", tags=["gauges"])
    addresses = ["/", "/blog/", "/blog/tides/", "/tags/gauges/", "/feed/", "/feed.json", "/sitemap.xml", "/archive/"]
    begin = time.monotonic()
    for address in [*addresses, "/search/?q=tides", "/resume.json", "/robots.txt", "/llms.txt"]:
        assert client.get(address).status_code == 200, address
    assert client.get("/healthz").status_code == 200
    assert "Tides" in client.get("/").content.decode()
    assert time.monotonic() - begin < 10


@pytest.mark.django_db
def test_people_sign_in_and_write(broken: str, client: Client) -> None:
    owner = builders.user(is_superuser=True, is_staff=True)
    owner.set_password("low-water-at-six")
    owner.save()
    wrong = client.post("/admin/login/", {"username": owner.username, "password": "high-water"})
    assert wrong.status_code == 200
    client.post("/admin/login/", {"username": owner.username, "password": "low-water-at-six"})
    page = builders.post(title="Tides")
    for address in ["/admin/", "/admin/pages/", f"/admin/pages/{page.pk}/edit/", "/admin/images/", "/admin/users/"]:
        assert client.get(address, follow=True).status_code == 200, address
    assert client.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302
    page.refresh_from_db()
    assert not page.live


@pytest.mark.django_db
def test_readiness_tells_and_liveness_does_not(broken: str, client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"], answer.json()["database"]) == (503, "failing", "ok")
    assert client.get("/healthz").json() == {"status": "ok"}


def test_failure_is_logged_once_a_minute(clock: Any, caplog: pytest.LogCaptureFixture) -> None:
    with broken_server("never answers") as address, using(address), caplog.at_level(logging.INFO):
        for second in range(0, 130, 2):
            clock.now = 1000.0 + second
            cache.get("a")
    messages = [record.getMessage() for record in caplog.records if "does not work" in record.getMessage()]
    assert len(messages) == 3
    assert "Timeout" in messages[0]


def test_of_many_requests_one_tries_again(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    breaker = circuit_breaker.CircuitBreaker("cache")
    breaker.failed(OSError("away"), 0.2)
    assert [breaker.allows() for _ in range(3)] == [False, False, False]
    clock.now += circuit_breaker.PAUSE
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.allows() for _ in range(3)] == [True, True, True]


def test_long_failure_is_followed_by_a_long_pause(clock: Any) -> None:
    breaker = circuit_breaker.CircuitBreaker("cache")
    breaker.failed(OSError("no such name"), 10)
    clock.now += 100
    assert not breaker.allows()
    clock.now += 101
    assert breaker.allows()


@needs_redis
def test_values_are_kept_as_long_as_it_answers(server: RedisServer) -> None:
    cache.set("a", {"b": [1]})
    assert cache.get_many(["a", "c"]) == {"a": {"b": [1]}}
    cache.set("n", 1)
    assert cache.incr("n", 2) == 3
    assert cache.add("a", 1) is False
    assert cache.delete("a") is True
    cache.clear()
    assert cache.get("n") is None


@needs_redis
@pytest.mark.parametrize("junk", [b"", b"\x80\x05junk!", b"cmissing_module\nGone\n.", b"not a number", b"\xff" * 40])
def test_value_that_cannot_be_read_is_a_miss_and_is_deleted(server: RedisServer, junk: bytes) -> None:
    cache.set("good", [1])
    with redis.Redis.from_url(server.url) as raw:
        raw.set(cache.make_key("bad"), junk)
        assert cache.get("bad", "else") == "else"
        assert not raw.exists(cache.make_key("bad"))
        raw.set(cache.make_key("bad"), junk)
        assert cache.get_many(["good", "bad"]) == {"good": [1]}
    assert cache.get("good") == [1]


@needs_redis
def test_value_that_cannot_be_stored_is_the_callers_fault(server: RedisServer) -> None:
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        cache.set("a", lambda: None)
    cache.set("b", 2)
    assert cache.get("b") == 2


@needs_redis
def test_it_is_used_again_when_it_comes_back(server: RedisServer, clock: Any, caplog: pytest.LogCaptureFixture) -> None:
    cache.set("a", 1)
    server.stop()
    assert cache.get("a") is None
    server.start()
    cache.set("a", 2)
    assert cache.get("a") is None, "left alone for a moment"
    clock.now += circuit_breaker.PAUSE
    with caplog.at_level(logging.INFO):
        cache.set("a", 3)
    assert cache.get("a") == 3
    assert "The cache works again." in caplog.messages


@needs_redis
@pytest.mark.django_db
def test_readiness_notices_at_once_that_it_is_back(server: RedisServer, client: Client) -> None:
    server.stop()
    assert client.get("/readyz").status_code == 503
    server.start()
    assert client.get("/readyz").json()["cache"] == "ok"
    cache.set("a", 1)
    assert cache.get("a") == 1


@needs_redis
@pytest.mark.parametrize("change", ["set", "delete", "set_many", "delete_many", "incr"])
def test_value_changed_while_it_was_away_is_not_read_as_it_was(change: str, server: RedisServer, clock: Any) -> None:
    cache.set("a", 1)
    breaker_for((server.url,)).failed(OSError("the network is cut"), 0)
    if change == "incr":
        with pytest.raises(ValueError, match="not found"):
            cache.incr("a")
    else:
        arguments = {"set": ("a", 2), "delete": ("a",), "set_many": ({"a": 2},), "delete_many": (["a"],)}[change]
        getattr(cache, change)(*arguments)
    clock.now += circuit_breaker.PAUSE
    assert cache.get("a") is None
