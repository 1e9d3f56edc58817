"""Redis cache backend that works without Redis, only slower.

An adapter to private parts of Django's backend: it replaces the client class (``_class``), its options and its calls.
Django has no setting for the client class. ``tests/delivery/test_redis_cache.py`` fails when they change.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import cache
from math import inf
from time import monotonic
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient, RedisSerializer
from redis.backoff import NoBackoff
from redis.connection import DefaultParser
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeout
from redis.retry import Retry

from portfolio.delivery.circuit_breaker import CircuitBreaker, describe

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

# A cache that takes longer is of no use.
TIMEOUT = 0.2  # seconds, to connect and for each answer


class UnreadableValue(Exception):
    """A cached value cannot be unpickled: another release or program has written it."""


class UnstorableValue(Exception):
    """A value cannot be pickled; the cause says why. An error of the caller, not of the server."""


class CacheSerializer(RedisSerializer):
    """Django's serializer, with exceptions of its own to distinguish broken values from broken connections."""

    def dumps(self, obj: Any) -> Any:
        try:
            return super().dumps(obj)
        except Exception as error:
            raise UnstorableValue from error

    def loads(self, data: Any) -> Any:
        try:
            return super().loads(data)
        except Exception as error:
            raise UnreadableValue from error


class BoundedParser(DefaultParser):
    """redis-py's parser with a time limit for a whole answer; redis-py has one for each read of the socket."""

    _deadline = inf

    def read_response(self, *args: Any, **kwargs: Any) -> Any:
        self._deadline = monotonic() + TIMEOUT
        return super().read_response(*args, **kwargs)

    def read_from_socket(self, *args: Any, **kwargs: Any) -> Any:
        if monotonic() > self._deadline:
            raise RedisTimeout("The answer takes too long")
        return super().read_from_socket(*args, **kwargs)


CONNECTION = {
    "socket_connect_timeout": TIMEOUT,
    "socket_timeout": TIMEOUT,
    "retry": Retry(NoBackoff(), 0),  # by default redis-py waits and retries several times
    "parser_class": BoundedParser,
    "serializer": CacheSerializer,
}


# For an invalid answer redis-py raises many types.
FAILURES = (RedisError, OSError, AttributeError, LookupError, TypeError, ValueError)


@cache
def breaker_for(servers: tuple[str, ...]) -> CircuitBreaker:
    """The circuit breaker of these servers, shared by the cache objects of all threads."""
    return CircuitBreaker("cache")


class FaultTolerantRedisCache(RedisCache):
    """Django's Redis cache that behaves like an empty cache while the server fails.

    Reads find nothing, writes are lost, ``add`` returns True as the dummy cache does, ``incr`` raises ``ValueError`` as
    for a missing key. It has the options of Django's backend.
    """

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = FaultTolerantClient
        self._options = {**CONNECTION, **self._options}

    def check_server(self) -> None:
        """Check the server even while the circuit is open.

        Raises ``redis.RedisError`` or ``OSError`` when it does not answer or does not store a value.
        """
        self._cache.check_server(self.make_and_validate_key("check"))


class FaultTolerantClient(RedisCacheClient):
    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self.breaker = breaker_for(tuple(servers))

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return self._ask(lambda: super(FaultTolerantClient, self).add(key, value, timeout), otherwise=True)

    def get(self, key: str, default: Any) -> Any:
        try:
            return self._ask(lambda: super(FaultTolerantClient, self).get(key, default), otherwise=default)
        except UnreadableValue as error:
            logger.warning("A cached value cannot be read and is deleted: %s (%s)", key, describe(error.__cause__))
            self.delete(key)
            return default

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self._ask(lambda: super(FaultTolerantClient, self).set(key, value, timeout), otherwise=None, changes=[key])

    def touch(self, key: str, timeout: int | None) -> bool:
        return self._ask(lambda: super(FaultTolerantClient, self).touch(key, timeout), otherwise=False)

    def delete(self, key: str) -> bool:
        return self._ask(lambda: super(FaultTolerantClient, self).delete(key), otherwise=False, changes=[key])

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        keys = list(keys)
        try:
            return self._ask(lambda: super(FaultTolerantClient, self).get_many(keys), otherwise={})
        except UnreadableValue:
            missing = object()
            values = {key: self.get(key, missing) for key in keys}
            return {key: value for key, value in values.items() if value is not missing}

    def has_key(self, key: str) -> bool:
        return self._ask(lambda: super(FaultTolerantClient, self).has_key(key), otherwise=False)

    def incr(self, key: str, delta: int) -> int:
        value = self._ask(lambda: super(FaultTolerantClient, self).incr(key, delta), otherwise=None, changes=[key])
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return value

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        self._ask(lambda: super(FaultTolerantClient, self).set_many(data, timeout), otherwise=None, changes=data)

    def delete_many(self, keys: list[str]) -> None:
        self._ask(lambda: super(FaultTolerantClient, self).delete_many(keys), otherwise=None, changes=keys)

    def clear(self) -> bool:
        return self._ask(super().clear, otherwise=False)

    def check_server(self, key: str) -> None:
        begin = monotonic()
        try:
            self._delete_stale()
            super().set(key, 1, 10)
        except FAILURES as error:
            self.breaker.failed(error, monotonic() - begin)
            if isinstance(error, RedisError | OSError):
                raise
            raise RedisError(describe(error)) from error
        self.breaker.succeeded()

    def _ask(self, operation: Callable[[], Result], *, otherwise: Result, changes: Iterable[str] = ()) -> Result:
        """The result of ``operation``, or ``otherwise`` when the server fails or the circuit is open."""
        if not self.breaker.allows():
            self.breaker.missed(changes)
            return otherwise
        begin = monotonic()
        try:
            self._delete_stale()
            result = operation()
        except UnstorableValue as error:
            raise error.__cause__ or error from None
        except FAILURES as error:
            self.breaker.failed(error, monotonic() - begin)
            self.breaker.missed(changes)
            return otherwise
        self.breaker.succeeded()
        return result

    def _delete_stale(self) -> None:
        """Delete the keys that were changed while the server failed."""
        if not self.breaker.stale:
            return
        keys = self.breaker.take_stale()
        try:
            super().delete_many(list(keys))
        except FAILURES:
            self.breaker.missed(keys)
            raise
