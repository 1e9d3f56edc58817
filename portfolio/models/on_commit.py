"""Run a function once after the current transaction, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


def once_on_commit(function: Callable[[], None], *, robust: bool = False) -> None:
    """As ``transaction.on_commit``, unless ``function`` is waiting already."""
    if not any(waiting is function for _, waiting, *_ in transaction.get_connection().run_on_commit):
        transaction.on_commit(function, robust=robust)
