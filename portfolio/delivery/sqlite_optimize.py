"""SQLite's ``PRAGMA optimize``: update the statistics by which the query planner chooses indexes."""

from __future__ import annotations

from typing import Any

from django.db import connection

from portfolio.models.on_commit import once_on_commit


def optimize_database() -> None:
    """Analyse samples of tables that have grown (https://sqlite.org/pragma.html#pragma_optimize).

    Otherwise SQLite reads ten thousand posts to find four roles. PostgreSQL does it by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("PRAGMA optimize = 0x10002")


def optimize_on_commit(**kwargs: Any) -> None:
    """Signal handler: once after the transaction, however many pages it publishes."""
    once_on_commit(optimize_database, robust=True)
