"""Memory while thousands of pages pile up."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (20_000, 20, 20)  # new objects before the garbage collector looks; 700 and twice ten is what it begins with


@contextmanager
def settled_memory() -> Iterator[None]:
    """Spare the garbage collector what was there before, and let it look at the rest as pages pile up less often."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
