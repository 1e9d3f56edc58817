"""Look at files without following anything out of the source."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from portfolio.importer.document import Problem, Severity

PIECE = 1024 * 1024  # bytes read at once


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


def digest(path: Path, limit: int) -> str | None:
    """The SHA-256 of an ordinary file, read piece by piece; None for one longer than ``limit`` bytes.

    A sparse file takes no room on the disk and may say that it is as long as it likes. Raises ``OSError``.
    """
    found = hashlib.sha256()
    with _opened(path) as stream:
        if os.fstat(stream.fileno()).st_size > limit:
            return None
        while piece := stream.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def files_below(folder: Path, root: Path) -> Iterator[Path]:
    """The ordinary files of ``folder`` and the folders in it, in order, without any that a link leads out to."""
    if not folder.is_dir() or refusal(folder, root):
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not refusal(path, root):
            yield path


def read_bytes(path: Path, limit: int) -> bytes:
    """At most ``limit`` bytes of an ordinary file; never blocks on a pipe that took the file's place.

    Raises ``OSError``, and ``ValueError`` when the file is longer.
    """
    with _opened(path) as stream:
        too_long = os.fstat(stream.fileno()).st_size > limit
        data = b"" if too_long else stream.read(limit + 1)
        if too_long or len(data) > limit:
            raise ValueError(f"is longer than {limit // (1024 * 1024)} MB")
    return data


def _opened(path: Path) -> BinaryIO:
    stream = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError("is not an ordinary file")
    return stream


def first_line(path: Path) -> bytes:
    """The start of a file, enough to tell whether it has front matter; empty when it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            return stream.read(256) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
