"""Run a function once after the current transaction, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


def once_on_commit(function: Callable[[], None], *, robust: bool = False, first: bool = False) -> None:
    """As ``transaction.on_commit``, unless ``function`` is waiting already; with ``first``, before all that waits."""
    connection = transaction.get_connection()
    if any(waiting is function for _, waiting, *_ in connection.run_on_commit):
        return
    transaction.on_commit(function, robust=robust)
    if first and connection.run_on_commit:  # else it has run
        connection.run_on_commit.insert(0, connection.run_on_commit.pop())
