"""Progress of an import, an export or a backup, reported while it runs."""

from __future__ import annotations

from collections.abc import Callable

# Called with the step in words, and how much of it is done of how much; a total of 0 is not known.
ReportProgress = Callable[[str, int, int], None]


def no_progress(step: str, done: int, total: int) -> None:
    """Report no progress."""
