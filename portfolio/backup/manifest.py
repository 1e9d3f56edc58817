"""Manifest: what a backup holds, so that a restored site can be compared with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.storage import Storage

from portfolio.backup.errors import BackupError

FORMAT = 1
CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class FileDigest:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``database`` is the vendor, "sqlite" or "postgresql"; ``tables`` counts rows; ``files`` are by media name.

    ``deleted`` are files that were there when the backup began, and no longer when it came to them.
    """

    created: str
    release: str
    database: str
    migrations: list[str]
    tables: dict[str, int]
    dump: FileDigest
    files: dict[str, FileDigest] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False).encode()


def read_manifest(data: bytes) -> Manifest:
    """Raises `BackupError` for what is no manifest of a format that this release knows."""
    try:
        values: dict[str, Any] = json.loads(data)
        if values["format"] != FORMAT:
            raise BackupError(f"This backup has format {values['format']}; this release reads format {FORMAT}.")
        files = {name: FileDigest(**value) for name, value in values.pop("files").items()}
        for name in files:
            if not is_relative_name(name):
                raise BackupError(f"The manifest of this backup names a file outside the media folder: {name!r}.")
        return Manifest(**{**values, "dump": FileDigest(**values["dump"]), "files": files})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError("The manifest of this backup cannot be read: the file is damaged.") from error


def is_relative_name(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def digest_of(stream: IO[bytes]) -> FileDigest:
    size, digest = 0, sha256()
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        digest.update(chunk)
    return FileDigest(size, digest.hexdigest())


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Names of all files in a storage, folder by folder."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    for name in sorted(names):
        yield f"{folder}/{name}" if folder else name
    for inner in sorted(folders):
        yield from stored_names(storage, f"{folder}/{inner}" if folder else inner)


def differences(expected: Mapping[str, object], present: Mapping[str, object], what: str) -> list[str]:
    """One line for each name whose value is missing, is too many or differs."""
    lines = []
    for name in sorted({*expected, *present}):
        if name not in present:
            lines.append(f"{what} {name} is missing")
        elif name not in expected:
            lines.append(f"{what} {name} is not in the backup")
        elif expected[name] != present[name]:
            lines.append(f"{what} {name} differs: {expected[name]} in the backup, {present[name]} here")
    return lines
