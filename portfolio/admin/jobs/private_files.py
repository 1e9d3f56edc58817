"""Private files: uploads to import, exports to download and progress files, in a folder that is never served.

They may hold drafts, so they must not be below MEDIA_ROOT, which a web server hands out to everybody.
"""

from __future__ import annotations

import re
import shutil
import time
import uuid
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.conf import settings

MAX_UPLOAD = 256 * 1024 * 1024  # bytes; the import limits what an archive unpacks to
MAX_AGE = 7 * 24 * 3600  # seconds
ARCHIVE_SUFFIXES = (".zip", ".tar.gz", ".tgz", ".tar")
UNSAFE = re.compile(r"[^\w.-]+")


def private_folder() -> Path:
    folder = Path(settings.PRIVATE_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def private_path(name: str) -> Path:
    """The path of the private file ``name``. Raises ``ValueError`` for a name that leads out of the folder."""
    path = (private_folder() / name).resolve()
    if not name or not path.is_relative_to(private_folder().resolve()):
        raise ValueError(f"{name!r} is not a private file")
    return path


def store_upload(original: str, chunks: Iterable[bytes]) -> str:
    """Store an upload in a new folder and return its name. The file keeps its own name, which may name the site."""
    clean = UNSAFE.sub("-", PurePosixPath(original.replace("\\", "/")).name).lstrip(".-")[-150:] or "site.zip"
    name = f"{uuid.uuid4().hex}/{clean}"
    path = private_path(name)
    path.parent.mkdir(mode=0o700)
    try:
        with path.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
    except OSError:
        delete_private_file(name)
        raise
    return name


def delete_private_file(name: str) -> None:
    """Delete a private file, and the folder that was made for it. An empty name is ignored."""
    if not name:
        return
    path = private_path(name)
    path.unlink(missing_ok=True)
    if path.parent != private_folder().resolve() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def delete_expired_files() -> None:
    """Delete private files that are older than a week."""
    oldest = time.time() - MAX_AGE
    for path in private_folder().glob("*/*"):
        if path.is_file() and path.stat().st_mtime < oldest:
            delete_private_file(str(path.relative_to(private_folder())))
    for path in private_folder().glob("export-*"):  # left by an export that was killed
        if path.is_dir() and path.stat().st_mtime < oldest:
            shutil.rmtree(path, ignore_errors=True)
    for path in private_folder().glob("progress-*.json"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
