"""Circuit breaker: do not use a failed service for a while, so that not every request waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from time import monotonic

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds
# A slow failure (a name that cannot be resolved) is followed by a pause this many times as long.
PAUSE_FACTOR = 20
LOG_EVERY = 60.0  # seconds
# The number of changed keys to remember; other changed values stay in the cache until they expire.
MOST_STALE_KEYS = 10_000


class CircuitBreaker:
    """The state of one service, shared by all threads of a process.

    ``stale`` are keys that were changed while the service failed. They must be deleted before it is read again.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.stale: set[str] = set()
        self._lock = threading.Lock()
        self._retry_at: float | None = None
        self._logged_at: float | None = None

    @property
    def is_open(self) -> bool:
        return self._retry_at is not None

    def allows(self) -> bool:
        """Whether to use the service. After the pause one caller may try; the others still go without it."""
        if self._retry_at is None:
            return True
        with self._lock:
            if self._retry_at is not None and monotonic() < self._retry_at:
                return False
            if self._retry_at is not None:
                self._retry_at = monotonic() + PAUSE
            return True

    def failed(self, error: Exception, seconds: float) -> None:
        """Open the circuit after a failure that took ``seconds``. Logged at most once a minute."""
        now = monotonic()
        with self._lock:
            self._retry_at = now + max(PAUSE, PAUSE_FACTOR * seconds)
            silent = self._logged_at is not None and now - self._logged_at < LOG_EVERY
            if not silent:
                self._logged_at = now
        if not silent:
            logger.error("The %s does not work (%s); the site runs without it.", self.name, describe(error))

    def succeeded(self) -> None:
        if self._retry_at is None:
            return
        with self._lock:
            self._retry_at = None
        logger.info("The %s works again.", self.name)

    def missed(self, keys: Iterable[str]) -> None:
        """Remember keys that were changed while the service failed."""
        with self._lock:
            if len(self.stale) < MOST_STALE_KEYS:
                self.stale.update(keys)

    def take_stale(self) -> set[str]:
        with self._lock:
            keys, self.stale = self.stale, set()
        return keys


def describe(error: Exception) -> str:
    """The kind of error and its message, without line breaks."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
