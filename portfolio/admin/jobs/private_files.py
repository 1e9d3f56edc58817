"""Private files: uploads to import and exports to download, in the storage ``private`` that every machine can read.

They may hold drafts, so they must not be below MEDIA_ROOT, which a web server hands out to everybody.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from portfolio.models.jobs import JobProgress

MAX_UPLOAD = 256 * 1024 * 1024  # bytes; the import limits what an archive unpacks to
MAX_AGE = timedelta(days=7)
ARCHIVE_SUFFIXES = (".zip", ".tar.gz", ".tgz", ".tar")
UNSAFE = re.compile(r"[^\w.-]+")
SCRATCH = "scratch-"
JOB_FOLDER = re.compile(r"[0-9a-f]{32}")


def private_storage() -> Storage:
    return storages["private"]


def private_folder() -> Path:
    """The folder of this machine for its log and for files that are needed no longer than a process runs."""
    folder = Path(settings.PRIVATE_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder, where a site fits: ``/tmp`` may be in memory."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=private_folder()) as folder:
        yield Path(folder)


def store_upload(original: str, upload: File) -> str:
    """Store an upload in a new folder and return its name. The file keeps its own name, which may name the site."""
    clean = UNSAFE.sub("-", PurePosixPath(original.replace("\\", "/")).name).lstrip(".-")[-150:] or "site.zip"
    return store_private_file(clean, upload)


def store_private_file(name: str, content: File) -> str:
    """Store a file in a new folder; its name with the folder's."""
    whole = f"{uuid.uuid4().hex}/{name}"
    try:
        return private_storage().save(whole, content)
    except OSError:
        delete_private_file(whole)
        raise


def has_private_file(name: str) -> bool:
    return bool(name) and private_storage().exists(name)


@contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """The path of a private file, or of a copy if its storage is no disk. The last part of its name is kept."""
    storage = private_storage()
    try:
        path = storage.path(name)
    except NotImplementedError:
        with scratch_folder() as folder, storage.open(name) as stored:
            copy = folder / PurePosixPath(name).name
            with copy.open("wb") as stream:
                shutil.copyfileobj(stored, stream, 1 << 20)
            yield copy
    else:
        yield Path(path)


def download_response(name: str) -> HttpResponseBase:
    """A response with a private file, or a redirect to its signed URL. Raises ``FileNotFoundError``."""
    storage = private_storage()
    try:
        return HttpResponseRedirect(storage.url(name))
    except NotImplementedError:
        return FileResponse(storage.open(name), as_attachment=True, filename=PurePosixPath(name).name)


def delete_private_file(name: str) -> None:
    """Delete a private file, and the folder that was made for it. An empty name is ignored."""
    if not name:
        return
    private_storage().delete(name)
    if folder := str(PurePosixPath(name).parent).strip("."):
        with suppress(OSError):  # it has another file
            private_storage().delete(folder)


def delete_expired_files() -> None:
    """Delete private files and progress older than a week, and what killed processes have left on this machine."""
    storage = private_storage()
    oldest = timezone.now() - MAX_AGE
    with suppress(FileNotFoundError):  # nothing was ever stored
        for folder in filter(JOB_FOLDER.fullmatch, storage.listdir("")[0]):
            for name in storage.listdir(folder)[1]:
                if storage.get_modified_time(f"{folder}/{name}") < oldest:
                    delete_private_file(f"{folder}/{name}")
    long_ago = time.time() - MAX_AGE.total_seconds()
    JobProgress.objects.filter(at__lt=long_ago).delete()
    for path in [*private_folder().glob(f"{SCRATCH}*"), *private_folder().glob("progress-*.json")]:
        if path.stat().st_mtime < long_ago:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
