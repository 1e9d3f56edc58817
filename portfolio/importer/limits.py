"""How much one document may cost, and how a worker process is held to it."""

from __future__ import annotations

import math
import resource
from pathlib import Path

MAX_FILE = 8 * 1024 * 1024  # bytes of one source document
MAX_OUTPUT = 32 * 1024 * 1024  # characters of one converted document, all nodes together
CPU_SECONDS = 15
WALL_SECONDS = 60  # a worker that waits for something is ended too
MEMORY = 512 * 1024 * 1024  # bytes of address space above what a fresh worker has


def bound_memory() -> None:
    """Give this process ``MEMORY`` bytes more than it has now; past that an allocation fails."""
    limit = _address_space() + MEMORY
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def bound_cpu() -> None:
    """Give this process ``CPU_SECONDS`` from now on; past that the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime) + CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _address_space() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * resource.getpagesize()
    except (OSError, ValueError):
        return 512 * 1024 * 1024  # no /proc here: a generous guess at what Python and its libraries map
