"""Run a function once after the current transaction, however often it is asked for, or once with all the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction


def once_on_commit(function: Callable[[], None], *, robust: bool = False, first: bool = False) -> None:
    """As ``transaction.on_commit``, unless ``function`` is waiting already; with ``first``, before all that waits."""
    connection = transaction.get_connection()
    if any(waiting is function for _, waiting, *_ in connection.run_on_commit):
        return
    transaction.on_commit(function, robust=robust)
    if first and connection.run_on_commit:  # else it has run
        connection.run_on_commit.insert(0, connection.run_on_commit.pop())


def gather_on_commit(function: Callable[[list[int]], None], key: int) -> None:
    """Call ``function`` after the transaction, once, with all the primary keys that were given during it."""
    queued = (hook for _, hook, *_ in transaction.get_connection().run_on_commit)
    for hook in queued:
        if isinstance(hook, GatheredKeys) and hook.function is function and hook.keys:
            hook.keys.append(key)
            return
    transaction.on_commit(GatheredKeys(function, [key]), robust=True)


@dataclass(eq=False)
class GatheredKeys:
    """A hook of a transaction with the keys that it is to call ``function`` with; it has none once it ran."""

    function: Callable[[list[int]], None]
    keys: list[int]

    def __post_init__(self) -> None:
        self.__qualname__ = self.function.__qualname__  # by which Django logs a hook that fails

    def __call__(self) -> None:
        keys, self.keys = list(dict.fromkeys(self.keys)), []
        self.function(keys)
