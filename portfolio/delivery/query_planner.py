"""Query planners of the databases: SQLite's statistics (``PRAGMA optimize``), and PostgreSQL without its JIT."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

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


def switch_off_jit(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Signal handler, for each new connection.

    PostgreSQL compiles queries that it takes for expensive, such as one that joins all page types: seconds of work for
    milliseconds of reading (https://www.postgresql.org/docs/current/jit-decision.html).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
