"""The query planner: the database knows how much there is of what, and compiles nothing."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest
from django.db import connection
from wagtail.signals import page_published

from portfolio.delivery.query_planner import optimize_database, switch_off_jit
from tests import builders

pytestmark = pytest.mark.django_db


def test_sqlite_counts_and_other_databases_do_so_by_themselves():
    builders.post(tags=["a"])
    optimize_database()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'wagtailcore_page'")
            assert cursor.fetchone()[0] > 0


def test_pages_published_together_are_counted_once():
    connection.run_on_commit.clear()
    for page in (builders.post(), builders.post()):
        page_published.send(sender=type(page), instance=page, indexed=True)
    assert [function for _, function, *_ in connection.run_on_commit].count(optimize_database) == 1


@pytest.mark.parametrize(("vendor", "asked"), [("postgresql", ["SET jit = off"]), ("sqlite", [])])
def test_new_connections_compile_no_queries(vendor, asked):
    new = MagicMock(vendor=vendor)
    switch_off_jit(new)
    cursor = new.cursor.return_value.__enter__.return_value
    assert [call.args[0] for call in cursor.execute.call_args_list] == asked


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL itself")
def test_postgresql_compiles_no_queries():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
