"""What Prometheus reads of the site: of one process, and of several."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from portfolio.models.heartbeats import SCHEDULER, Heartbeat
from tests import builders
from tests.project.test_settings import PRODUCTION, start, values

pytest.importorskip("prometheus_client", reason="needs the extra metrics")

pytestmark = pytest.mark.django_db

TOKEN = "low-water-at-six"
ON = {"METRICS": "1", "METRICS_TOKEN": TOKEN}


@pytest.fixture(autouse=True)
def _with_metrics(settings: Any) -> None:
    settings.MIDDLEWARE = [
        configured.MIDDLEWARE[0],
        "portfolio.delivery.monitoring.metrics.metrics",
        *configured.MIDDLEWARE[1:],
    ]
    settings.METRICS_TOKEN = TOKEN


def read(client: Client) -> dict[str, float]:
    """The samples by name and labels."""
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}", "Host": "10.0.3.7"})
    assert response.status_code == 200
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def growth(client: Client, before: dict[str, float], name: str) -> float:
    return read(client).get(name, 0) - before.get(name, 0)


@pytest.mark.parametrize("given", ["", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN}x", "Bearer é"])
def test_without_the_token_there_is_nothing_to_read(client: Client, given: str) -> None:
    response = client.get("/metrics", headers={"Authorization": given})
    assert (response.status_code, response.content) == (401, b"")
    assert "no-store" in response.headers["Cache-Control"]


def test_requests_are_counted_by_method_and_class_of_status(client: Client) -> None:
    before = read(client)
    client.get("/robots.txt")
    client.get("/nowhere/")
    client.generic("TIDES", "/robots.txt")
    client.get("/healthz")
    count = "portfolio_http_request_duration_seconds_count"
    for method, status in (("GET", "2xx"), ("GET", "4xx"), ("other", "4xx")):
        assert growth(client, before, f'{count}{{method="{method}",status="{status}"}}') == 1, (method, status)
    assert growth(client, before, f'{count}{{method="GET",status="2xx"}}') == 1, "its own are not counted"


def test_what_the_page_cache_finds_is_counted(client: Client, settings: Any, as_committed: Any) -> None:
    settings.PAGE_CACHE = True
    caches["pages"].clear()
    builders.post(title="Gauges")
    before = read(client)
    with as_committed():
        for _ in range(3):
            client.get("/blog/gauges/")
        client.get("/search/?q=gauges")
    caches["pages"].clear()
    assert growth(client, before, 'portfolio_page_cache_lookups_total{result="miss"}') == 1
    assert growth(client, before, 'portfolio_page_cache_lookups_total{result="hit"}') == 2


def test_the_age_of_a_heartbeat_is_told(client: Client) -> None:
    name = f'portfolio_heartbeat_age_seconds{{name="{SCHEDULER}"}}'
    assert name not in read(client)
    Heartbeat.objects.create(name=SCHEDULER, at=timezone.now() - timedelta(minutes=5))
    assert read(client)[name] == pytest.approx(300, abs=5)


def test_without_the_database_the_rest_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError

    client.get("/robots.txt")
    monkeypatch.setattr("portfolio.delivery.monitoring.metrics.heartbeat_ages", fail)
    assert any(name.startswith("portfolio_http_request_duration_seconds_count") for name in read(client))


def test_several_processes_with_a_common_folder_add_up_and_the_queue_is_told(tmp_path: Path) -> None:
    environment = {
        **PRODUCTION,
        **ON,
        "TASK_QUEUE": "database",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        "HTTPS": "0",
    }
    (tmp_path / "metrics").mkdir()
    begin = "import django; django.setup()\nfrom django.core.management import call_command\n"
    migrate = "call_command('migrate', verbosity=0)\n"
    ask = "from django.test import Client; Client().get('/robots.txt', headers={'Host': 'example.org'})\n"
    queue = (
        "from django_tasks_db.models import DBTaskResult; DBTaskResult.objects.all().delete()\n"
        "from portfolio.images.renditions.tasks import make_missing_renditions\n"
        "for _ in range(2): make_missing_renditions.enqueue()\n"
    )
    tell = f"print(Client().get('/metrics', headers={{'Authorization': 'Bearer {TOKEN}'}}).content.decode())"
    first, second = start(begin + migrate + ask, **environment), start(begin + ask + queue + tell, **environment)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert 'portfolio_http_request_duration_seconds_count{method="GET",status="2xx"} 2.0' in second.stdout
    assert "portfolio_queue_length 2.0" in second.stdout


def test_metrics_need_a_token_and_the_package() -> None:
    assert "METRICS_TOKEN is not set" in start("import django; django.setup()", **PRODUCTION, METRICS="1").stderr
    code = "import sys; sys.modules['prometheus_client'] = None; import django; django.setup()"
    assert "REQUIREMENTS=requirements-metrics.txt" in start(code, **PRODUCTION, **ON).stderr


def test_metrics_are_in_the_stack_only_when_asked_for() -> None:
    def stack(**env: str) -> list[str]:
        return [name for name in values("MIDDLEWARE", **PRODUCTION, **env)["MIDDLEWARE"] if "metrics" in name]

    assert stack(METRICS_TOKEN=TOKEN) == []
    assert stack(**ON) == ["portfolio.delivery.monitoring.metrics.metrics"]
