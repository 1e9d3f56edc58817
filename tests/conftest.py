"""What every test may use."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import settings

from portfolio.delivery.monitoring.readiness import ReadinessCheck
from portfolio.models.site_version import increment_site_version
from tests.template_database import postgres_template, template_database

# The same examples in every run: a failure found by chance is found again by whoever looks into it.
settings.register_profile("reproducible", derandomize=True)
settings.load_profile("reproducible")


def pytest_configure(config: pytest.Config) -> None:
    # Wagtail leaves the file of a new rendition to the garbage collector (generate_rendition_file).
    config.addinivalue_line("filterwarnings", "ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
    # Django closes no connection to a database in memory, also not that of a thread that has ended.
    unclosed = "Exception ignored in. <sqlite3.Connection:pytest.PytestUnraisableExceptionWarning"
    config.addinivalue_line("filterwarnings", f"ignore:{unclosed}")


# Modules with tests of many seconds come first, so that what is left to one worker at the end is short. None of their
# tests may need a transaction of its own: those come last.
LONG = (
    "tests/drills/",
    "tests/sites/",
    "tests/hostile/",
    "tests/admin/test_many_pages.py",
    "tests/admin/test_roles.py",
    "tests/pages/test_stored_",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session", autouse=True)
def _migrated_database() -> Iterator[None]:
    """Let the test database begin as a copy of one that is migrated."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = postgres_template(os.environ["DATABASE_URL"])

    def load(name: str, *arguments: Any, **options: Any) -> None:
        if name == "migrate" and options.get("run_syncdb"):  # as only the set-up of a test database asks
            connection.ensure_connection()
            if connection.vendor == "sqlite":
                with closing(sqlite3.connect(template_database())) as template:
                    template.backup(connection.connection)
        else:
            call_command(name, *arguments, **options)

    with patch("django.core.management.call_command", load):
        yield


@pytest.fixture(scope="module")
def module_content(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a fixture of a module stores stays for all of its tests, and is taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def as_committed() -> Callable[[], AbstractContextManager[None]]:
    """A block in which requests keep the site state, as they do when what the test has made is committed."""

    @contextmanager
    def block() -> Iterator[None]:
        increment_site_version()
        with patch("portfolio.models.site_state.in_transaction", lambda: False):
            yield

    return block


@pytest.fixture
def count_queries(client: Client, as_committed: Callable[[], AbstractContextManager[None]]) -> Callable[[str], int]:
    """Number of queries of a page that has been asked for before, as a visitor meets it in a running site."""

    def count(address: str) -> int:
        client.get(address)  # which makes the rows that the first visitor finds missing
        with as_committed():
            assert client.get(address).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
        return len(queries)

    return count


@pytest.fixture(autouse=True)
def _checks_in_this_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readiness checks see what the test has stored, and use its connection."""

    def begin(check: ReadinessCheck) -> Future[str]:
        run: Future[str] = Future()
        run.set_result(check.state())
        return run

    monkeypatch.setattr(ReadinessCheck, "begin", begin)


@pytest.fixture
def own_media(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A media folder without the files that other tests left, whose rows are gone."""
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
