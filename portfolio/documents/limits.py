"""Resource limits for one document, and how a worker process enforces them."""

from __future__ import annotations

import math
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Accepted years of an entry: a year with fewer or more digits is a typing error or a zero date.
FIRST_YEAR, LAST_YEAR = 1000, 2999
LONGEST_PATH = 500  # characters of a file's path in the source
MAX_FILE = 8 * 1024 * 1024  # bytes of one source document
MAX_OUTPUT = 32 * 1024 * 1024  # characters of one converted document, all nodes together


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for the conversion of one document in a worker.

    ``wall_seconds`` stops a worker that is blocked; ``memory`` is in bytes of address space, in addition to that of a
    new worker.
    """

    cpu_seconds: int = 15
    wall_seconds: int = 60
    memory: int = 512 * 1024 * 1024


DEFAULT_LIMITS = Limits()


def bound_memory(limits: Limits) -> None:
    """Limit the memory of this process, in addition to what it uses now; larger allocations fail."""
    _lower(resource.RLIMIT_AS, _address_space() + limits.memory)
    _lower(resource.RLIMIT_CORE, 0)


def bound_cpu(limits: Limits) -> None:
    """Limit the CPU time of this process from now on; after that the system kills it."""
    _lower(resource.RLIMIT_CPU, math.ceil(_used()) + limits.cpu_seconds)


@contextmanager
def not_counted(most: float) -> Iterator[None]:
    """Do not count CPU time inside the block, up to ``most`` seconds, towards the limit of `bound_cpu`."""
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
        return 512 * 1024 * 1024  # no /proc: a generous estimate for Python and its libraries
