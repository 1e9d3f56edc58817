"""A line for each request, and for each slow query, with the id of the request."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portfolio.delivery.monitoring.request_id import RequestIdFilter
from tests import builders
from tests.project.test_settings import PRODUCTION, start, values

pytestmark = pytest.mark.django_db

MONITORING = [
    "portfolio.delivery.monitoring.request_id.request_id",
    "portfolio.delivery.monitoring.access_log.access_log",
    "portfolio.delivery.monitoring.slow_queries.slow_queries",
]


@pytest.fixture
def logged(settings: Any, caplog: pytest.LogCaptureFixture) -> Any:
    """The records of the access log and the slow query log, with both switched on."""
    settings.MIDDLEWARE = [configured.MIDDLEWARE[0], *MONITORING, *configured.MIDDLEWARE[1:]]
    settings.SLOW_QUERY_MS = 10_000
    caplog.handler.addFilter(RequestIdFilter())
    caplog.set_level(logging.INFO)

    def records(name: str = "portfolio.access") -> list[logging.LogRecord]:
        return [record for record in caplog.records if record.name == name]

    return records


def test_a_line_tells_of_a_request_and_not_of_its_query(client: Client, logged: Any) -> None:
    response = client.get("/robots.txt?token=secret")
    (record,) = logged()
    assert (record.method, record.path, record.status, record.user_id) == ("GET", "/robots.txt", 200, None)
    assert record.client == "127.0.0.1"
    assert record.duration_ms > 0
    assert record.request_id == response.headers["X-Request-ID"]
    assert "secret" not in str(vars(record) | {"request": None})


def test_a_line_break_in_a_path_begins_no_line(client: Client, logged: Any) -> None:
    client.get("/a%0AERROR b")
    assert logged()[0].path == "/a%0AERROR%20b"


@pytest.mark.parametrize("given", ["4bf92f3577b34da6a3ce929d0e0e4736", "a1b2-c3d4.e5"])
def test_the_id_that_a_proxy_gives_is_kept(client: Client, logged: Any, given: str) -> None:
    assert client.get("/robots.txt", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    assert logged()[0].request_id == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "a b c d e f g", "12345678\n9", "<script>123</script>", "é" * 9]
)
def test_another_id_is_replaced(client: Client, logged: Any, given: str) -> None:
    made = client.get("/robots.txt", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert made != given
    assert len(made) == 32
    assert made != client.get("/robots.txt").headers["X-Request-ID"]


def test_the_client_is_named_behind_a_trusted_proxy_only(client: Client, logged: Any, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    client.get("/robots.txt", headers={"X-Forwarded-For": "203.0.113.9"})
    assert logged()[-1].client == "203.0.113.9"
    settings.TRUSTED_PROXIES = []
    Client().get("/robots.txt", headers={"X-Forwarded-For": "203.0.113.9"})
    assert logged()[-1].client == "127.0.0.1"


def test_a_user_is_named_when_the_session_was_read_anyway(client: Client, logged: Any) -> None:
    user = builders.user(is_superuser=True, is_staff=True)
    client.force_login(user)
    client.get("/admin/")
    assert logged()[-1].user_id == str(user.pk)
    with CaptureQueriesContext(connection) as queries:
        client.get("/robots.txt")
    assert logged()[-1].user_id is None
    assert not any("django_session" in query["sql"] for query in queries)


def test_answers_from_the_page_cache_are_logged_and_have_ids_of_their_own(
    client: Client, logged: Any, settings: Any, as_committed: Any
) -> None:
    settings.PAGE_CACHE = True
    caches["pages"].clear()
    builders.post(title="Gauges")
    with as_committed():
        first, second = (client.get("/blog/gauges/") for _ in range(2))
    caches["pages"].clear()
    assert not second.templates, "the second comes from the cache"
    assert [record.status for record in logged()] == [200, 200]
    assert [record.request_id for record in logged()] == [
        first.headers["X-Request-ID"], second.headers["X-Request-ID"]
    ]  # fmt: skip
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_errors_and_refused_hosts_are_logged(client: Client, logged: Any) -> None:
    client.get("/nowhere/")
    client.get("/robots.txt", headers={"Host": "evil.example"})
    assert [record.status for record in logged()] == [404, 400]


def test_health_checks_are_not_logged(client: Client, logged: Any) -> None:
    client.get("/healthz")
    assert logged() == []


def test_a_slow_query_is_logged_with_the_request_and_without_what_was_asked(
    client: Client, logged: Any, settings: Any
) -> None:
    client.get("/search/?q=saltmarsh")
    assert logged("portfolio.slow_queries") == []
    settings.SLOW_QUERY_MS = -1
    response = client.get("/search/?q=saltmarsh")
    slow = logged("portfolio.slow_queries")
    assert {record.request_id for record in slow} == {response.headers["X-Request-ID"]}
    assert any("wagtailcore_page" in record.sql for record in slow)
    assert "saltmarsh" not in "".join(f"{record.getMessage()} {record.sql}" for record in slow)
    assert connection.execute_wrappers == []


def test_neither_is_in_the_stack_unless_asked_for() -> None:
    def stack(**env: str) -> list[str]:
        found = values("MIDDLEWARE", **PRODUCTION, **env)["MIDDLEWARE"]
        assert found[0] == configured.MIDDLEWARE[0]
        return [name.rpartition(".")[2] for name in found if name in MONITORING]

    assert stack() == []
    assert stack(ACCESS_LOG="1") == ["request_id", "access_log"]
    assert stack(SLOW_QUERY_MS="200") == ["request_id", "slow_queries"]


def test_a_line_is_json_with_the_time_and_its_zone() -> None:
    code = (
        "import django; django.setup()\nfrom django.test import Client\nClient().get('/static/x.css', HTTP_HOST='evil')"
    )
    done = start(code, **PRODUCTION, ACCESS_LOG="1")
    line = json.loads(done.stdout.splitlines()[-1])
    assert line["time"].endswith("+00:00")
    assert (line["logger"], line["method"], line["path"]) == ("portfolio.access", "GET", "/static/x.css")
    assert len(line["request_id"]) == 32
