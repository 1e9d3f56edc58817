"""A worker process for slow conversions: each has so much time and memory, and the process is ended when it needs more.

A thread cannot be ended and a signal waits for a regular expression, so it is a process. It is forked from a server
that has the parsers loaded, which takes some milliseconds.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

from portfolio.markdown.markup_source import MAX_MARKUP, Kind, MarkupSource, make

SMALL = 10_000  # characters that are converted here and now where no process can be started


@dataclass(frozen=True, slots=True)
class MarkupLimits:
    """``cpu_seconds`` for one listing or formula, ``document_seconds`` for the Markdown or HTML of one page.

    ``wall_seconds`` (by the clock) ends a conversion that waits for something, ``all_seconds`` are for all of one call.
    ``memory`` is bytes of address space above what a fresh worker has.
    """

    cpu_seconds: float = 2
    document_seconds: float = 10
    wall_seconds: float = 60
    all_seconds: float = 60
    memory: int = 512 * 1024 * 1024

    def of(self, source: MarkupSource) -> float:
        return self.document_seconds if source.kind in (Kind.MARKDOWN, Kind.HTML) else self.cpu_seconds


DEFAULT_LIMITS = MarkupLimits()


@dataclass(frozen=True, slots=True)
class RenderedMarkup:
    """``html`` of one source; ``stopped`` says that it was given up, and the source is to be shown as it is."""

    html: str
    stopped: bool = False


STOPPED = RenderedMarkup("", stopped=True)


# What the server loads: all that its processes need, converting a document the most. By name, because the forkserver
# imports it itself, in a process of its own; an import here would be a circle, as the importer imports this module.
PRELOADED = "portfolio.importer.conversion.convert"


def process_context() -> ForkServerContext | SpawnContext:
    """Processes forked from a clean server that has the parsers loaded, so that each starts in milliseconds."""
    if not hasattr(os, "fork"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    forkserver.ensure_running()  # it loads what it needs while the caller goes on
    return context


def make_all(
    sources: Iterable[MarkupSource], limits: MarkupLimits = DEFAULT_LIMITS
) -> Iterator[tuple[MarkupSource, RenderedMarkup]]:
    """Yield each source with what was made of it. Those for which no time is left are not yielded."""
    end = time.monotonic() + limits.all_seconds
    worker = Worker(limits)
    try:
        for source in sources:
            left = end - time.monotonic()
            if left <= 0:
                return
            yield source, worker.make(source, min(left, limits.wall_seconds))
    finally:
        worker.end()


def make_many(
    sources: Sequence[MarkupSource], workers: int, limits: MarkupLimits = DEFAULT_LIMITS
) -> list[tuple[MarkupSource, RenderedMarkup]]:
    """`make_all` in several processes."""
    count = max(1, min(workers, len(sources)))
    with ThreadPoolExecutor(count) as pool:
        parts = pool.map(lambda part: list(make_all(part, limits)), [sources[start::count] for start in range(count)])
        return [pair for part in parts for pair in part]


class Worker:
    """One process at a time; the next one is started when that was ended."""

    def __init__(self, limits: MarkupLimits) -> None:
        self.limits = limits
        self.process: multiprocessing.process.BaseProcess | None = None
        self.connection: Connection | None = None

    def make(self, source: MarkupSource, seconds: float) -> RenderedMarkup:
        try:
            connection = self.connection or self.start()
        except (OSError, AssertionError, EOFError):  # no process may be started here
            return RenderedMarkup(make(source)) if len(source.text) <= SMALL else STOPPED
        try:
            connection.send(source)
            if connection.poll(seconds):
                made: RenderedMarkup = connection.recv()
                return made
        except (OSError, EOFError):
            pass  # it was ended by the system
        self.end()
        return STOPPED

    def start(self) -> Connection:
        context = process_context()
        self.connection, other = context.Pipe()
        self.process = context.Process(target=serve, args=(other, self.limits), daemon=True)
        self.process.start()
        other.close()
        return self.connection

    def end(self) -> None:
        connection, process = self.connection, self.process
        self.connection = self.process = None
        if connection is not None:
            connection.close()
        if process is not None and process.pid is not None:
            with contextlib.suppress(OSError):
                process.kill()
            process.join()
            process.close()


def serve(connection: Connection, limits: MarkupLimits) -> None:
    """In the worker: answer until nobody asks any more."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends the process
    bound_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):
        while True:
            source = connection.recv()
            signal.setitimer(signal.ITIMER_PROF, limits.of(source))
            try:
                html = make(source)
                made = RenderedMarkup(html) if len(html) <= MAX_MARKUP else STOPPED
            except Exception:  # MemoryError, RecursionError, or a fault in a parser
                made = STOPPED
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send(made)


def bound_memory(more: int) -> None:
    """Give this process so many bytes of address space more than it has now."""
    try:
        has = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return  # no /proc here
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = has + more
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
