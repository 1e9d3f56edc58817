"""File access that never leaves the source tree and never blocks."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from portfolio.documents.document import Problem, Severity
from portfolio.documents.limits import LONGEST_PATH

CHUNK = 1024 * 1024  # bytes read at once
# Folders that version control, package managers and generators fill.
BUILT = frozenset({
    ".git", ".hg", ".svn", "node_modules", "_site", ".jekyll-cache", ".sass-cache", ".bundle", "__pycache__", ".venv",
})  # fmt: skip


def refusal(path: Path, root: Path) -> Problem | None:
    """Return why ``path`` must not be opened (a link out of ``root``, a device, a pipe, a socket), or None.

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
    """Return the names in ``directory``, sorted; names that are not UTF-8 keep Python's surrogates."""
    return sorted(entry.name for entry in directory.iterdir())


def digest(path: Path, limit: int) -> str | None:
    """Return the SHA-256 of an ordinary file, read in chunks; None if it is longer than ``limit`` bytes.

    The limit matters because a sparse file can be huge without using disk space. Raises ``OSError``.
    """
    checksum = hashlib.sha256()
    with _opened(path) as stream:
        if os.fstat(stream.fileno()).st_size > limit:
            return None
        while chunk := stream.read(CHUNK):
            checksum.update(chunk)
    return checksum.hexdigest()


def files_below(folder: Path, root: Path) -> Iterator[Path]:
    """Yield the ordinary files below ``folder`` in order, without those that are links out of ``root``."""
    if not folder.is_dir() or refusal(folder, root):
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not refusal(path, root):
            yield path


def source_files(root: Path) -> Iterator[str]:
    """Yield the paths of the files that belong to the source, sorted within each folder, links not included.

    Without what programs installed or built (``BUILT``), and names that are not UTF-8 or too long.
    """
    for directory, folders, names in os.walk(root):
        below = Path(directory).relative_to(root).as_posix()
        folders[:] = sorted(name for name in folders if name not in BUILT and not is_link(directory, name))
        for name in sorted(names):
            path = name if below == "." else f"{below}/{name}"
            try:
                is_kept = len(path.encode()) <= LONGEST_PATH and stat.S_ISREG((root / path).lstat().st_mode)
            except (OSError, UnicodeEncodeError):
                continue
            if is_kept:
                yield path


def is_link(directory: str, name: str) -> bool:
    return (Path(directory) / name).is_symlink()


def read_bytes(path: Path, limit: int) -> bytes:
    """Read an ordinary file of at most ``limit`` bytes; never blocks, even if a pipe has replaced the file.

    Raises ``OSError``, and ``ValueError`` if the file is longer.
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
    """Return the start of a file, enough to detect front matter; b"" if it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            return stream.read(256) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
