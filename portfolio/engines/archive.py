"""Archive: unpack untrusted zip and tar files under limits: only ordinary files, inside the folder."""

from __future__ import annotations

import gzip
import posixpath
import shutil
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from portfolio.engines.source import SourceError

MAX_MEMBERS = 20_000
MAX_FILE = 64 * 1024 * 1024  # bytes of one unpacked file
MAX_TOTAL = 1024 * 1024 * 1024  # bytes of all
MAX_READ = 1024 * 1024  # bytes of one read, which also limits a header
_CHUNK = 256 * 1024
BOUNDED_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Methods of a zip that are read bit by bit; of the others Python reads whole blocks: 50 bytes can hold 45 MB."""
_TAR_ENDINGS = (".tar", ".tar.gz", ".tgz")

Member = tuple[str, Callable[[], IO[bytes] | None]]


def is_archive(path: Path) -> bool:
    return path.name.lower().endswith((".zip", *_TAR_ENDINGS))


def unpack(path: Path) -> tuple[Path, Callable[[], None]]:
    """Unpack into a new private directory; return the site's folder in it and a function that removes it all.

    If the archive holds a single folder, that is the site's folder. Raises `SourceError` for an archive that cannot be
    unpacked safely; nothing is left then.
    """
    scratch = Path(tempfile.mkdtemp(prefix="import-")).resolve()

    def remove() -> None:
        shutil.rmtree(scratch, ignore_errors=True)

    try:
        if path.name.lower().endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                _write(_zip_members(archive, path), scratch, path)
        else:
            open_stream = Path.open if path.suffix.lower() == ".tar" else gzip.open
            with open_stream(path, "rb") as stream:
                bounded: Any = _Bounded(stream)  # has only the methods that reading needs
                with tarfile.open(fileobj=bounded, mode="r:") as tarball:
                    _write(_tar_members(tarball, path), scratch, path)
    except SourceError:
        remove()
        raise
    except (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile, RuntimeError, ValueError) as error:
        # NotImplementedError (an unknown compression) and the error for encrypted members are RuntimeErrors.
        remove()
        raise SourceError(f"{path}: cannot be unpacked: {error}") from error
    except BaseException:
        remove()
        raise
    return _site_folder(scratch), remove


class _Bounded:
    """A stream for ``tarfile`` with a limit for one read, since ``tarfile`` reads a header of any size at once."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= MAX_READ:
            raise ValueError("a header is too long")
        return self._stream.read(size)


def _zip_members(archive: zipfile.ZipFile, path: Path) -> Iterator[Member]:
    for info in archive.infolist():
        mode = info.external_attr >> 16
        if stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise SourceError(f"{path}: {info.filename!r} is a link or a device; archives may hold files only")
        if info.compress_type not in BOUNDED_METHODS:
            raise SourceError(f"{path}: {info.filename!r} is not packed as usual; make the zip with Deflate")
        if not info.is_dir():
            yield info.filename, partial(archive.open, info)


def _tar_members(archive: tarfile.TarFile, path: Path) -> Iterator[Member]:
    for info in archive:
        if not (info.isfile() or info.isdir()):
            raise SourceError(f"{path}: {info.name!r} is a link or a device; archives may hold files only")
        if info.isfile():
            yield info.name, partial(archive.extractfile, info)


def _write(members: Iterator[Member], scratch: Path, path: Path) -> None:
    total = 0
    for count, (name, opened) in enumerate(members, start=1):
        if count > MAX_MEMBERS:
            raise SourceError(f"{path}: holds more than {MAX_MEMBERS} files")
        target = scratch / _safe_name(name, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        stream = opened()
        if stream is None:
            continue
        written = 0
        with stream, target.open("wb") as output:
            while chunk := stream.read(_CHUNK):
                written += len(chunk)
                if written > MAX_FILE or total + written > MAX_TOTAL:
                    raise SourceError(f"{path}: unpacks to more than the limit ({name!r})")
                output.write(chunk)
        total += written


def _safe_name(name: str, path: Path) -> str:
    clean = posixpath.normpath(name.replace("\\", "/"))
    outside = clean.startswith(("/", "../")) or clean in (".", "..") or (len(clean) > 1 and clean[1] == ":")
    if outside or "\0" in name:
        raise SourceError(f"{path}: {name!r} would be written outside the folder")
    return clean


def _site_folder(scratch: Path) -> Path:
    inside = [entry for entry in scratch.iterdir() if entry.name != "__MACOSX"]
    holds_site = len(inside) == 1 and inside[0].is_dir() and not inside[0].name.startswith("_")
    return inside[0] if holds_site else scratch
