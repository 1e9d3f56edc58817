"""Worker processes that convert documents, each held to its share of time and memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from portfolio.importer.document import Document, Problem, Severity
from portfolio.importer.limits import DEFAULT_LIMITS, Limits, bound_cpu, bound_memory
from portfolio.importer.site_context import SiteContext, site_context
from portfolio.importer.sources.model import Source, SourceFile

Converter = Callable[[SourceFile, SiteContext], Document]
Rejecter = Callable[..., Document]

_MOST_WORKERS = 4
_AHEAD = 8  # documents a worker may be ahead of the reader, so that results do not pile up

_convert: Converter
_site: SiteContext
_limits: Limits


def in_workers(
    convert: Converter,
    reject: Rejecter,
    source: Source,
    files: Sequence[SourceFile],
    workers: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Document]:
    """Yield ``convert(file, site)`` for each of ``files`` in order. Both functions are importable by name."""
    if not files:
        return
    count = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
    count = max(1, min(count, len(files)))
    pool = ProcessPool(
        max_workers=count,
        initializer=_prepare,
        initargs=(convert, site_context(source), limits),
        context=_process_context(),
    )
    waiting: deque[tuple[SourceFile, ProcessFuture]] = deque()
    with pool:
        try:
            for file in files:
                waiting.append((file, pool.schedule(_work, (file,), timeout=limits.wall_seconds)))
                if len(waiting) >= count * _AHEAD:
                    yield _result(*waiting.popleft(), reject, limits)
            while waiting:
                yield _result(*waiting.popleft(), reject, limits)
        finally:
            pool.stop() if waiting else pool.close()


def _process_context() -> multiprocessing.context.BaseContext:
    """Processes forked from a clean server that has the converter loaded, so that each starts in milliseconds."""
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(["portfolio.importer.convert"])
    return context


def _prepare(convert: Converter, site: SiteContext, limits: Limits) -> None:
    global _convert, _site, _limits
    _convert, _site, _limits = convert, site, limits
    bound_memory(limits)


def _work(file: SourceFile) -> Document:
    bound_cpu(_limits)
    return _convert(file, _site)


def _result(file: SourceFile, future: ProcessFuture, reject: Rejecter, limits: Limits) -> Document:
    try:
        return future.result()
    except FutureTimeout:
        code, message = "took-too-long", f"took longer than {limits.wall_seconds} seconds"
    except ProcessExpired as error:
        if error.exitcode == -signal.SIGXCPU:
            code, message = "took-too-long", f"needed more than {limits.cpu_seconds} seconds of work"
        else:
            code, message = "worker-died", "ended the process that converted it"
    except MemoryError:
        code, message = "too-much-memory", f"needed more than {limits.memory // 1024 // 1024} MB"
    except CancelledError:
        code, message = "not-converted", "the import was stopped"
    except RecursionError:
        code, message = "nested-too-deeply", "is nested too deeply"
    except Exception as error:
        code, message = "not-converted", f"could not be converted ({type(error).__name__}: {error})"
    return reject(file, "", Problem(Severity.ERROR, code, message))
