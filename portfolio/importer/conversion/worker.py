"""Worker processes that convert documents, each held to its share of time and memory."""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.limits import DEFAULT_LIMITS, Limits, bound_cpu, bound_memory
from portfolio.engines.protocol import SiteContext
from portfolio.engines.source import SourceFile, SourceTree
from portfolio.markdown.markup_worker import process_context

Converter = Callable[[SourceFile, SiteContext], Document]
Named = str  # "module:function", for one that only the workers shall load
Rejecter = Callable[..., Document]

_MOST_WORKERS = 4
_STEP_BACK = 3  # of the workers' claim to processors: the process that writes has more to do than each of them
# Small documents go to a worker several at a time: handing one over costs about as much as converting it.
_TOGETHER = 16
_BYTES_TOGETHER = 64 * 1024
_AHEAD = 256  # documents a worker may be ahead of the reader, so that results do not pile up

_convert: Converter
_site: SiteContext
_limits: Limits


def in_workers(
    convert: Converter | Named,
    reject: Rejecter,
    source: SourceTree,
    files: Sequence[SourceFile],
    workers: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Document]:
    """Yield ``convert(file, site)`` for each of ``files`` in order. Functions are importable by name."""
    if not files:
        return
    count = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
    count = max(1, min(count, len(files)))
    context = process_context()
    initargs = (convert, source.site_context(), limits)
    pool = ProcessPool(max_workers=count, initializer=_prepare, initargs=initargs, context=context)
    waiting: deque[tuple[Sequence[SourceFile], ProcessFuture]] = deque()
    with pool:

        def schedule(some: Sequence[SourceFile]) -> ProcessFuture:
            return pool.schedule(_work, (some,), timeout=limits.wall_seconds)

        def results(some: Sequence[SourceFile], future: ProcessFuture) -> Iterator[Document]:
            try:
                packed = future.result()
            except Exception as error:
                if len(some) == 1:
                    yield reject(some[0], "", problem_of(error, limits))
                    return
                # One of them is to blame; the others must not suffer for it.
                for file in some:
                    yield from results((file,), schedule((file,)))
            else:
                # Unpacked one by one, here: the pool's own threads would do it all at once, and hold this one up.
                yield from map(pickle.loads, packed)

        try:
            for some in together(files):
                waiting.append((some, schedule(some)))
                if sum(len(handed) for handed, _ in waiting) >= count * _AHEAD:
                    yield from results(*waiting.popleft())
            while waiting:
                yield from results(*waiting.popleft())
        finally:
            pool.stop() if waiting else pool.close()


def together(files: Sequence[SourceFile]) -> Iterator[Sequence[SourceFile]]:
    """The files in their order, small neighbours together."""
    some: list[SourceFile] = []
    size = 0
    for file in files:
        try:
            length = 0 if file.refused is not None else file.absolute.stat().st_size
        except OSError:
            length = 0  # converting it says what is wrong
        if some and (len(some) == _TOGETHER or size + length > _BYTES_TOGETHER):
            yield some
            some, size = [], 0
        some.append(file)
        size += length
    if some:
        yield some


def in_one_worker(function: Callable[..., Any], *arguments: Any, limits: Limits = DEFAULT_LIMITS) -> Any:
    """``function(*arguments)`` in a process of its own under the limits; the function is importable by name.

    Raises what the function does, and `WorkStopped` when it costs too much or ends its process.
    """
    pool = ProcessPool(max_workers=1, initializer=bound_memory, initargs=(limits,), context=process_context())
    with pool:
        try:
            return pool.schedule(_bounded, (function, arguments, limits), timeout=limits.wall_seconds).result()
        except (FutureTimeout, ProcessExpired, MemoryError, RecursionError) as error:
            raise WorkStopped(problem_of(error, limits).message) from error
        finally:
            pool.close()


class WorkStopped(Exception):
    """A worker was ended; the message says why."""


def _bounded(function: Callable[..., Any], arguments: Sequence[Any], limits: Limits) -> Any:
    bound_cpu(limits)
    return function(*arguments)


def begin_loading() -> None:
    """Have the converter loaded for the workers to come, while the caller goes on with something else."""
    process_context()


def _prepare(convert: Converter | Named, site: SiteContext, limits: Limits) -> None:
    global _convert, _site, _limits
    if isinstance(convert, Named):
        module, _, name = convert.partition(":")
        convert = getattr(importlib.import_module(module), name)
    _convert, _site, _limits = convert, site, limits
    os.nice(_STEP_BACK)
    gc.freeze()  # what the server loaded stays
    gc.set_threshold(20_000, 20, 20)
    bound_memory(limits)


def _work(files: Sequence[SourceFile]) -> list[bytes]:
    """Each file's document, pickled. Every document has the whole of the time."""
    packed = []
    for file in files:
        bound_cpu(_limits)
        packed.append(pickle.dumps(_convert(file, _site), pickle.HIGHEST_PROTOCOL))
    return packed


def problem_of(error: Exception, limits: Limits) -> Problem:
    """What to say of a document whose conversion ended in ``error``."""
    match error:
        case FutureTimeout():
            code, message = "took-too-long", f"took longer than {limits.wall_seconds} seconds"
        case ProcessExpired(exitcode=code) if code == -signal.SIGXCPU:
            code, message = "took-too-long", f"needed more than {limits.cpu_seconds} seconds of work"
        case ProcessExpired():
            code, message = "worker-died", "ended the process that converted it"
        case MemoryError():
            code, message = "too-much-memory", f"needed more than {limits.memory // 1024 // 1024} MB"
        case CancelledError():
            code, message = "not-converted", "the import was stopped"
        case RecursionError():
            code, message = "nested-too-deeply", "is nested too deeply"
        case _:
            code, message = "not-converted", f"could not be converted ({type(error).__name__}: {error})"
    return Problem(Severity.ERROR, code, message)
