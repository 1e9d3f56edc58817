"""Site state: values that every page needs and that are the same until the site version grows, kept in the process.

Sites with their settings, menus and view restrictions are read once for each site version and not for each request.
Nothing is invalidated: a request reads the version first, and gets the values of that version or reads them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import connection

from portfolio.models.site_version import read_site_version

Value = TypeVar("Value")

# Beyond this, values are read for each request: somebody may ask for any number of keys.
MAX_VALUES = 2000


@dataclass(slots=True)
class SiteState:
    """The values that were read at one site version. Threads share it, so nobody may change a value."""

    version: int
    values: dict[Hashable, Any] = field(default_factory=dict)


_latest = SiteState(-1)
# The state of the current request; None where things may change meanwhile: outside of ``cache_values``.
_current: ContextVar[SiteState | None] = ContextVar("site_state", default=None)


@contextmanager
def cache_values() -> Iterator[None]:
    """Read the site version. Within, ``cached_for_version`` and ``current_version`` answer from it.

    Nothing may be changed.
    """
    token = _current.set(latest_state())
    try:
        yield
    finally:
        _current.reset(token)


def latest_state() -> SiteState:
    global _latest
    version = read_site_version()
    # Of this block alone when others do not see what its transaction has changed, or when nothing was counted yet.
    if in_transaction() or version == 0:
        return SiteState(version)
    if _latest.version != version:
        _latest = SiteState(version)
    return _latest


def in_transaction() -> bool:
    return connection.in_atomic_block


def current_version() -> int:
    """The site version that ``cache_values`` has read, else the present one."""
    state = _current.get()
    return read_site_version() if state is None else state.version


def keeps_values() -> bool:
    """Whether ``cached_for_version`` remembers: in the requests of readers."""
    return _current.get() is not None


def cached_for_version(key: Hashable, read: Callable[[], Value]) -> Value:
    """The value of ``key`` at the current site version; ``read`` is called when it is not known."""
    state = _current.get()
    if state is None:
        return read()
    if key in state.values:
        return cast(Value, state.values[key])
    value = read()
    if len(state.values) < MAX_VALUES:
        state.values[key] = value
    return value


def cached_among(group: Hashable, most: int, key: Hashable, read: Callable[[], Value]) -> Value:
    """As ``cached_for_version``, for one of many keys: of each group so many values are kept."""
    values: dict[Hashable, Value] = cached_for_version(group, dict)
    if key in values:
        return values[key]
    value = read()
    if len(values) < most:
        values[key] = value
    return value
