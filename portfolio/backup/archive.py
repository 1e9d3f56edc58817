"""Backup archive: written beside its place and moved there when it is whole; read only after it was checked."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import caches
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from portfolio.backup.database import (
    applied_migrations,
    dump_database,
    restore_database,
    row_counts,
    unknown_migrations,
)
from portfolio.backup.errors import BackupError, RestoreIncomplete
from portfolio.backup.manifest import (
    FileDigest,
    Manifest,
    differences,
    digest_of,
    is_relative_name,
    read_manifest,
    stored_names,
)
from portfolio.delivery.release import release
from portfolio.documents.progress import ReportProgress
from portfolio.models.site_version import increment_site_version

MANIFEST, DUMP, MEDIA = "manifest.json", "database", "media/"
PAGES_OF_A_NEW_SITE = 4  # the root, the front page and the two sections that the migrations make


def backup(target: Path, progress: ReportProgress) -> Manifest:
    """Write database and media files to ``target``, a ``.tar`` or ``.tar.gz``; an older file there is replaced.

    The database comes first, so every row has its file; a file that is deleted meanwhile is left out, and the
    manifest names it. Raises
    `BackupError` and ``OSError`` with an older file at ``target`` untouched.
    """
    mode = archive_mode(target)
    with tempfile.TemporaryDirectory(prefix="backup-") as scratch, replacing(target) as unfinished:
        dump = Path(scratch) / DUMP
        progress("Database", 0, 1)
        counts, migrations = row_counts(), applied_migrations()
        dump_database(dump)
        with dump.open("rb") as stream:
            dumped = digest_of(stream)
        names = list(stored_names(default_storage))
        files: dict[str, FileDigest] = {}
        deleted: list[str] = []
        with tarfile.open(unfinished, f"w:{mode}") as archive:
            archive.add(dump, DUMP)
            for done, name in enumerate(names, start=1):
                progress("Files", done, len(names))
                try:
                    with default_storage.open(name) as stored:
                        files[name] = add_file(archive, MEDIA + name, stored)
                except FileNotFoundError:
                    deleted.append(name)
            manifest = Manifest(
                created=timezone.now().isoformat(timespec="seconds"),
                release=release(),
                database=connection.vendor,
                migrations=migrations,
                tables=counts,
                dump=dumped,
                files=files,
                deleted=deleted,
            )
            data = manifest.to_json()
            archive.addfile(member(MANIFEST, len(data)), io.BytesIO(data))
    return manifest


@dataclass(frozen=True, slots=True)
class RestoredSite:
    """What was restored, and how it differs from the backup: nothing, if all went well."""

    manifest: Manifest
    differences: list[str]


def restore(source: Path, progress: ReportProgress, *, replace: bool = False) -> RestoredSite:
    """Put database and media files of a backup in the place of an empty site's, or of any site's with ``replace``.

    The archive is unpacked and compared with its manifest before anything is changed. An older release's database is
    migrated afterwards. Raises `BackupError` with nothing changed, and
    `RestoreIncomplete` when files cannot be stored.
    """
    if not replace and not is_empty_site():
        raise BackupError("This site has content. To put the backup in its place, say so with --replace.")
    with tempfile.TemporaryDirectory(prefix="restore-") as scratch:
        progress("Unpacking", 0, 1)
        folder = Path(scratch)
        manifest = unpack_checked(source, folder, progress)
        if manifest.database != connection.vendor:
            raise BackupError(f"This is a backup of {manifest.database}; this site's database is {connection.vendor}.")
        if unknown := unknown_migrations(manifest.migrations):
            raise BackupError(f"A newer release made this backup: it has {unknown[0]}. Restore it with that release.")
        progress("Database", 0, 1)
        restore_database(folder / DUMP)
        changed = differences(manifest.tables, row_counts(), "Table")
        try:
            restore_files(manifest, folder / MEDIA, progress)
        except OSError as error:
            raise RestoreIncomplete(f"The database was restored, but not every file: {error}.") from error
    call_command("migrate", verbosity=0, interactive=False)
    increment_site_version()
    for each in caches.all(initialized_only=False):
        each.clear()
    return RestoredSite(manifest, [*changed, *differences(manifest.files, files_here(progress), "File")])


def is_empty_site() -> bool:
    """Whether there is nothing to lose: no table of pages yet, or no page but those that the migrations make."""
    if Page._meta.db_table not in connection.introspection.table_names():
        return True
    edited = Revision.objects.exists() or Redirect.objects.exists() or any(stored_names(default_storage))
    return Page.objects.count() <= PAGES_OF_A_NEW_SITE and not edited


def unpack_checked(source: Path, folder: Path, progress: ReportProgress) -> Manifest:
    """Unpack an archive; every file it holds is in its manifest, with the same size and digest."""
    try:
        with tarfile.open(source) as archive:
            unpack_files(archive, folder)
        manifest = read_manifest((folder / MANIFEST).read_bytes())
    except (OSError, EOFError, ValueError, tarfile.TarError, zlib.error) as error:
        raise BackupError(f"{source} is not a whole backup: {error}") from error
    names = [DUMP, *(MEDIA + name for name in manifest.files)]
    found = {}
    for done, name in enumerate(names, start=1):
        progress("Checking", done, len(names))
        if (folder / name).is_file():
            with (folder / name).open("rb") as stream:
                found[name] = digest_of(stream)
    expected = {DUMP: manifest.dump, **{MEDIA + name: value for name, value in manifest.files.items()}}
    if damaged := differences(expected, found, "File"):
        raise BackupError(f"{source} is damaged: {damaged[0]}" + (f" and {len(damaged) - 1} more" * (len(damaged) > 1)))
    return manifest


def unpack_files(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack the files, all below the folder; a backup holds nothing else.

    ``extractall`` has no safe filter before Python 3.11.4, and Debian 12 has 3.11.2.
    """
    for info in archive:
        if not is_relative_name(info.name) or not (content := archive.extractfile(info) if info.isfile() else None):
            raise BackupError(f"This backup holds something other than files of a site: {info.name!r}.")
        target = folder / info.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("xb") as unpacked:
            shutil.copyfileobj(content, unpacked)


def restore_files(manifest: Manifest, folder: Path, progress: ReportProgress) -> None:
    """Store the files under their own names, then delete what is stored here and not in the backup."""
    for done, name in enumerate(manifest.files, start=1):
        progress("Files", done, len(manifest.files))
        default_storage.delete(name)
        with (folder / name).open("rb") as stream:
            stored = default_storage.save(name, File(stream, name=name))
        if stored != name:
            raise OSError(f"{name} was stored as {stored}: the storage does not take this name")
    for name in list(stored_names(default_storage)):
        if name not in manifest.files:
            default_storage.delete(name)


def files_here(progress: ReportProgress) -> dict[str, FileDigest]:
    found = {}
    for name in stored_names(default_storage):
        progress("Comparing", len(found), 0)
        with default_storage.open(name) as stored:
            found[name] = digest_of(stored)
    return found


def add_file(archive: tarfile.TarFile, name: str, stored: File) -> FileDigest:
    """Copy a stored file into the archive by way of a temporary one, as the header needs its size."""
    with tempfile.SpooledTemporaryFile(max_size=16 << 20) as copy:
        for chunk in stored.chunks():
            copy.write(chunk)
        copy.seek(0)
        described = digest_of(copy)
        copy.seek(0)
        archive.addfile(member(name, described.size), copy)
    return described


def member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(timezone.now().timestamp())
    return info


def archive_mode(target: Path) -> str:
    if target.name.endswith((".tar.gz", ".tgz")):
        return "gz"
    if target.suffix == ".tar":
        return ""
    raise BackupError(f"{target}: name a file that ends in .tar or .tar.gz.")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A file beside ``target``, for its owner's eyes only: it takes its place when all went well, or is removed."""
    if not target.parent.is_dir():
        raise BackupError(f"{target.parent}: there is no such directory.")
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
