"""Worker processes that convert documents, each held to its share of time and memory."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from portfolio.importer.document import Document, Problem, Severity
from portfolio.importer.limits import CPU_SECONDS, MEMORY, WALL_SECONDS, bound_cpu, bound_memory
from portfolio.importer.site_context import SiteContext, site_context
from portfolio.importer.sources.model import Source, SourceFile

Converter = Callable[[SourceFile, SiteContext], Document]
Rejecter = Callable[..., Document]

_MOST_WORKERS = 4
_AHEAD = 8  # documents a worker may be ahead of the reader, so that results do not pile up

_convert: Converter
_site: SiteContext


def in_workers(
    convert: Converter, reject: Rejecter, source: Source, files: Sequence[SourceFile], workers: int | None
) -> Iterator[Document]:
    """Yield ``convert(file, site)`` for each of ``files`` in order. Both functions are importable by name."""
    if not files:
        return
    count = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
    count = max(1, min(count, len(files)))
    pool = ProcessPool(
        max_workers=count,
        initializer=_prepare,
        initargs=(convert, site_context(source)),
        context=_process_context(),
    )
    waiting: deque[tuple[SourceFile, ProcessFuture]] = deque()
    with pool:
        try:
            for file in files:
                waiting.append((file, pool.schedule(_work, (file,), timeout=WALL_SECONDS)))
                if len(waiting) >= count * _AHEAD:
                    yield _result(*waiting.popleft(), reject)
            while waiting:
                yield _result(*waiting.popleft(), reject)
        finally:
            pool.stop() if waiting else pool.close()


def _process_context() -> multiprocessing.context.BaseContext:
    """Processes forked from a clean server that has the converter loaded, so that each starts in milliseconds."""
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    context.set_forkserver_preload(["portfolio.importer.convert"])
    return context


def _prepare(convert: Converter, site: SiteContext) -> None:
    global _convert, _site
    _convert, _site = convert, site
    bound_memory()


def _work(file: SourceFile) -> Document:
    bound_cpu()
    return _convert(file, _site)


def _result(file: SourceFile, future: ProcessFuture, reject: Rejecter) -> Document:
    try:
        return future.result()
    except FutureTimeout:
        code, message = "took-too-long", f"took longer than {WALL_SECONDS} seconds"
    except ProcessExpired:
        code, message = "took-too-long", f"needed more than {CPU_SECONDS} seconds of work, or ended its process"
    except MemoryError:
        code, message = "too-much-memory", f"needed more than {MEMORY // 1024 // 1024} MB"
    except CancelledError:
        code, message = "not-converted", "the import was stopped"
    except RecursionError:
        code, message = "nested-too-deeply", "is nested too deeply"
    except Exception as error:
        code, message = "not-converted", f"could not be converted ({type(error).__name__}: {error})"
    return reject(file, "", Problem(Severity.ERROR, code, message))
