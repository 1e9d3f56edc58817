"""What a load balancer and a monitor ask."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portfolio.delivery.monitoring import readiness
from portfolio.delivery.monitoring.readiness import MissingMigrations, ReadinessCheck
from portfolio.models.heartbeats import WORKER, Heartbeat
from tests.project.test_settings import PRODUCTION, start

ALL_WELL = {"status": "ok", "database": "ok", "migrations": "ok", "cache": "ok", "media": "ok"}


def replace_check(monkeypatch, name, ask) -> None:
    monkeypatch.setitem(readiness.CHECKS, name, ReadinessCheck(name, ask))


def test_the_process_is_alive_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_site_is_ready_when_every_service_answers(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, ALL_WELL)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.0.3.7", "10.0.3.7:8000", "a b", "evil.example", ""])
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_any_host_header_is_answered_over_plain_http_and_not_repeated(client, settings, path, host):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 200
    assert not host or host not in f"{response.headers}{response.content}"
    settings.SECURE_SSL_REDIRECT = False
    assert client.get("/robots.txt", headers={"Host": host}).status_code == 400, "only the health checks"


def test_the_health_checks_come_before_all_other_middleware(settings):
    assert settings.MIDDLEWARE[0] == "portfolio.delivery.monitoring.health.health_checks"


def test_the_health_checks_are_only_read(client):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").content == b""


@pytest.mark.django_db
def test_a_failing_database_is_named_and_the_reason_is_in_the_log(client, monkeypatch, caplog):
    def fail() -> None:
        raise DatabaseError("password of the owner")

    replace_check(monkeypatch, "database", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == ALL_WELL | {"status": "failing", "database": "failing"}
    assert "password of the owner" in caplog.text


@pytest.mark.django_db
def test_a_cache_that_forgets_is_named(client, monkeypatch):
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: None)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"] == "failing"


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "state"), [(None, "not running"), (50, "running"), (70, "not running")])
def test_the_state_of_the_worker_is_told_and_a_site_without_one_is_ready(client, settings, monkeypatch, seconds, state):
    settings.TASK_QUEUE = "database"
    replace_check(monkeypatch, "queue", lambda: None)  # its table is there with the setting only
    if seconds is not None:
        Heartbeat.objects.create(name=WORKER, at=timezone.now() - timedelta(seconds=seconds))
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, ALL_WELL | {"queue": "ok", "worker": state})


def test_a_media_folder_must_be_writable_or_possible(monkeypatch, tmp_path, caplog):
    check = readiness.CHECKS["media"]
    monkeypatch.setattr(readiness, "default_storage", FileSystemStorage(tmp_path / "not" / "there" / "yet"))
    assert check.state() == "ok"
    monkeypatch.setattr(readiness.os, "access", lambda path, mode: Path(path) != tmp_path)
    assert check.state() == "failing"
    assert f"{tmp_path} is not writable" in caplog.text


def test_another_media_storage_must_answer(monkeypatch):
    class Bucket(InMemoryStorage):
        def exists(self, name: str) -> bool:
            raise ConnectionError("no bucket")

    monkeypatch.setattr(readiness, "default_storage", InMemoryStorage())
    assert readiness.CHECKS["media"].state() == "ok"
    monkeypatch.setattr(readiness, "default_storage", Bucket())
    assert readiness.CHECKS["media"].state() == "failing"


@pytest.mark.django_db
def test_a_missing_migration_is_looked_for_until_none_is_missing(monkeypatch, caplog):
    plans = [[("portfolio.0099_tides", False)], []]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda executor, targets: plans.pop(0))
    check = ReadinessCheck("migrations", MissingMigrations())
    assert check.state() == "failing"
    assert "portfolio.0099_tides" in caplog.text
    assert [check.state(), check.state()] == ["ok", "ok"], "the second is not asked: there is no plan left"


def test_a_check_that_hangs_fails_in_time_and_takes_one_thread(monkeypatch):
    monkeypatch.undo()  # checks run in threads again
    released, begun = threading.Event(), []

    def hang() -> None:
        begun.append(threading.current_thread())
        released.wait(10)

    monkeypatch.setattr(readiness, "CHECKS", {"media": ReadinessCheck("media", hang)})
    monkeypatch.setattr(readiness, "TIME_LIMIT", 0.05)
    assert [readiness.current_states() for _ in range(2)] == [{"media": "failing"}] * 2
    assert len(begun) == 1
    released.set()
    begun[0].join()
    monkeypatch.setattr(readiness, "TIME_LIMIT", 5)
    assert readiness.current_states() == {"media": "ok"}


def test_a_thread_leaves_no_database_connection_and_the_queue_is_asked(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from django.test import Client\n"
        "from django.db.backends.base.base import BaseDatabaseWrapper as Wrapper\n"
        "opened, closed = [], []\n"
        "connect, close = Wrapper.connect, Wrapper.close\n"
        "Wrapper.connect = lambda self: (opened.append(id(self)), connect(self))\n"
        "Wrapper.close = lambda self: (closed.append(id(self)), close(self))\n"
        "print(Client().get('/readyz').json()['status'])\n"
        "call_command('migrate', verbosity=0); opened.clear(); closed.clear()\n"
        "from portfolio.models.heartbeats import WORKER, Heartbeat; Heartbeat.beat(WORKER)\n"
        "print(Client().get('/readyz').json()); print(len(opened) > 1, set(opened) <= set(closed))\n"
    )
    environment = {"TASK_QUEUE": "database", "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    done = start(code, **PRODUCTION, **environment, MEDIA_ROOT=str(tmp_path))
    lines = [line for line in done.stdout.splitlines() if not line.startswith('{"')]
    ready = ALL_WELL | {"queue": "ok", "worker": "running"}
    assert lines == ["failing", str(ready), "True True"], done.stdout + done.stderr
