"""Relax the garbage collector during a bulk import."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (20_000, 20, 20)  # new objects before a collection; Python begins with (700, 10, 10)


@contextmanager
def relaxed_gc() -> Iterator[None]:
    """Relax the garbage collector during a bulk import: pages pile up, and few of their objects are garbage."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
