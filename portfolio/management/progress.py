"""Console and progress bar of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import Progress


def command_console(output: Any) -> Console:
    """Prints to a command's output, without breaking lines or colouring what it did not choose to."""
    return Console(file=output, soft_wrap=True, highlight=False)


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """Gives a function ``progress(step, done, total)``; a total of 0 is not known. Shown on a terminal only."""
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def progress(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total or None)

        yield progress
