"""What the database knows of the amount of content, by which it chooses how to look things up."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction


def count_anew() -> None:
    """Let SQLite look at samples of tables that have grown; PostgreSQL does so by itself.

    Without, it would read ten thousand posts to find four roles (https://sqlite.org/pragma.html#pragma_optimize).
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("PRAGMA optimize = 0x10002")


def when_published(**kwargs: Any) -> None:
    """After the transaction, and once for all pages that it publishes."""
    if not any(function is count_anew for _, function, *_ in transaction.get_connection().run_on_commit):
        transaction.on_commit(count_anew, robust=True)
