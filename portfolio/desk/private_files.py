"""A folder of the server that nobody can ask for by address: uploads to import, exports to take away, progress.

An archive may hold drafts, so none of this may lie with the media, which a web server hands out to everybody.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.conf import settings

MAX_UPLOAD = 256 * 1024 * 1024  # bytes; what it unpacks to is limited by the import itself
KEPT = 7 * 24 * 3600  # seconds that a file lies there unless it is removed before
ENDINGS = (".zip", ".tar.gz", ".tgz", ".tar")
UNSAFE = re.compile(r"[^\w.-]+")


def folder() -> Path:
    place = Path(settings.PRIVATE_ROOT)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def place_of(name: str) -> Path:
    """Where the private file of that name lies. Raises ``ValueError`` for a name that leads elsewhere."""
    place = (folder() / name).resolve()
    if not name or not place.is_relative_to(folder().resolve()):
        raise ValueError(f"{name!r} is no private file")
    return place


def keep_upload(original: str, chunks: Iterable[bytes]) -> str:
    """Store an upload in a folder of its own, under the name it had, which may be how its site is known."""
    clean = UNSAFE.sub("-", PurePosixPath(original.replace("\\", "/")).name).lstrip(".-")[-150:] or "site.zip"
    name = f"{uuid.uuid4().hex}/{clean}"
    place = place_of(name)
    place.parent.mkdir(mode=0o700)
    with place.open("wb") as stream:
        for chunk in chunks:
            stream.write(chunk)
    return name


def forget(name: str) -> None:
    """Remove a private file, and the folder that was made for it."""
    if not name:
        return
    place = place_of(name)
    place.unlink(missing_ok=True)
    if place.parent != folder().resolve() and not any(place.parent.iterdir()):
        place.parent.rmdir()


def forget_old() -> None:
    """Remove what has lain there for a week: nobody will come for it."""
    oldest = time.time() - KEPT
    for place in folder().glob("*/*"):
        if place.is_file() and place.stat().st_mtime < oldest:
            forget(str(place.relative_to(folder())))
    for place in folder().glob("progress-*.json"):
        if place.stat().st_mtime < oldest:
            place.unlink(missing_ok=True)
