"""How much one document may cost, and how a worker process is held to it."""

from __future__ import annotations

import math
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LONGEST_PATH = 500  # characters of a file's path in the source
MAX_FILE = 8 * 1024 * 1024  # bytes of one source document
MAX_OUTPUT = 32 * 1024 * 1024  # characters of one converted document, all nodes together


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost its worker.

    ``wall_seconds`` ends a worker that waits for something; ``memory`` is bytes of address space above what a fresh
    worker has.
    """

    cpu_seconds: int = 15
    wall_seconds: int = 60
    memory: int = 512 * 1024 * 1024


DEFAULT_LIMITS = Limits()


def bound_memory(limits: Limits) -> None:
    """Give this process so much more than it has now; past that an allocation fails."""
    _lower(resource.RLIMIT_AS, _address_space() + limits.memory)
    _lower(resource.RLIMIT_CORE, 0)


def bound_cpu(limits: Limits) -> None:
    """Give this process so much time from now on; past that the system ends it."""
    _lower(resource.RLIMIT_CPU, math.ceil(_used()) + limits.cpu_seconds)


@contextmanager
def not_counted(most: float) -> Iterator[None]:
    """Within, the time that `bound_cpu` has given does not run; at most ``most`` seconds of it."""
    given, _ = resource.getrlimit(resource.RLIMIT_CPU)
    if given == resource.RLIM_INFINITY:
        yield
        return
    before = _used()
    _lower(resource.RLIMIT_CPU, given + math.ceil(most))
    try:
        yield
    finally:
        _lower(resource.RLIMIT_CPU, given + math.ceil(min(_used() - before, most)))


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _lower(what: int, value: int) -> None:
    """Set the soft limit, never above the hard one, which stays."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * resource.getpagesize()
    except (OSError, ValueError):
        return 512 * 1024 * 1024  # no /proc here: a generous guess at what Python and its libraries map
