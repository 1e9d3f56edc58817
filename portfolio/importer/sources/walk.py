"""Look at files without following anything out of the source."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from portfolio.importer.document import Problem, Severity


def refusal(path: Path, root: Path) -> Problem | None:
    """Why ``path`` must not be opened, or None: a link that leaves ``root``, a device, a pipe, a socket.

    ``root`` is a resolved directory.
    """
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the link goes round in a circle"
        return Problem(Severity.ERROR, "unreadable-file", f"cannot be read: {reason}")
    if not real.is_relative_to(root):
        return Problem(Severity.ERROR, "link-out-of-source", "is a link to a file outside the source")
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return Problem(Severity.ERROR, "not-a-file", "is not an ordinary file (a device, a pipe or a socket)")
    return None


def entries(directory: Path) -> list[str]:
    """The names in ``directory`` in a stable order; names that are not UTF-8 keep Python's surrogates."""
    return sorted(entry.name for entry in directory.iterdir())


def read_bytes(path: Path, limit: int) -> bytes:
    """At most ``limit`` bytes of an ordinary file; never blocks on a pipe that took the file's place.

    Raises ``OSError``, and ``ValueError`` when the file is longer.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("is not an ordinary file")
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"is longer than {limit // (1024 * 1024)} MB")
    return data


def first_line(path: Path) -> bytes:
    """The start of a file, enough to tell whether it has front matter; empty when it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            return stream.read(256) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
