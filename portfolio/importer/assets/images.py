"""Import images of the source tree into the image library, each content once, under whatever names it is there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model
from wagtail.images import get_image_model

from portfolio.engines.walk import digest
from portfolio.images.files import SanitisedFile
from portfolio.images.sanitise import ImageRefused, check_size, sanitise_image
from portfolio.importer.assets.pending_files import NullFileLog, PendingFileLog
from portfolio.models.ledger import ImportedAsset, ImportSite, outside_path

LONGEST_PATH = 400  # characters of a path in the tree; the old site's base path comes before it
LONGEST_URL = 500  # characters of an address
MAX_DIGEST_BYTES = 256 * 1024 * 1024  # of a file whose digest is taken; the site takes none that is nearly as large

# Downloads the picture at a web address. Raises ``ImageRefused``.
PictureFetch = Callable[[str], bytes]


def locate(root: Path, path: str) -> Path | None:
    """The regular file at ``path`` in the tree at ``root``, never outside it; None when there is none."""
    try:
        resolved = (root / path.lstrip("/")).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    return resolved if resolved.is_file() and resolved.is_relative_to(root.resolve()) else None


def file_digest(root: Path, path: str) -> str | None:
    """The SHA-256 of the file at ``path``; None where there is none, or one that is too large."""
    file = locate(root, path)
    return digest(file, MAX_DIGEST_BYTES) if file else None


@dataclass(slots=True)
class AssetStore:
    """Stores files of the tree at ``root`` once each.

    ``base_path`` is the path that the old site was served under, "" or "/notes". ``copied`` are the files that it
    served unchanged, which are imported whether a page uses them or not.
    ``written`` lists the files stored by this run: a rollback takes back rows and not files, so the caller calls
    ``discard`` then; ``pending`` logs each of them before, in case the process is killed.
    ``made`` has the keys of the images and documents that this run made, and the names of the other files.
    ``fetch`` downloads pictures of other hosts; ``not_fetched`` has, by address, why one could not be.
    ``images`` are those of this run by the digest of their source, ``files`` its other assets by path.
    """

    root: Path
    site: ImportSite
    base_path: str = ""
    pending: PendingFileLog = field(default_factory=NullFileLog)
    copied: frozenset[str] = frozenset()
    made: dict[str, list[Any]] = field(default_factory=lambda: {"image": [], "document": [], "file": []})
    written: list[tuple[Storage, str]] = field(default_factory=list)
    images: dict[str, Model] = field(default_factory=dict)
    files: dict[str, ImportedAsset] = field(default_factory=dict)
    has_logged: bool = False
    fetch: PictureFetch | None = None
    not_fetched: dict[str, str] = field(default_factory=dict)

    def locate(self, path: str) -> Path | None:
        return locate(self.root, path)

    def sha256(self, path: str) -> str | None:
        return file_digest(self.root, path)

    def image(self, path: str, title: str) -> Model:
        """The image at ``path``, stored now or before. Raises ``FileNotFoundError`` or ``ImageRefused``."""
        file = self.locate(path)
        if file is None:
            raise FileNotFoundError(path)
        if len(path) > LONGEST_PATH:
            raise ImageRefused(f"its path is longer than {LONGEST_PATH} characters")
        check_size(file.stat().st_size)
        data = file.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        image = self.images.get(sha256) or self.imported(sha256) or self.create(data, PurePosixPath(path), title)
        self.images[sha256] = image
        ImportedAsset.objects.update_or_create(
            site=self.site,
            path=path.lstrip("/"),
            defaults={"old_url": f"{self.base_path}/{path.lstrip('/')}", "sha256": sha256, "image": image},
        )
        return image

    def outside_image(self, address: str, name: str, data: bytes, title: str) -> Model:
        """The image of a picture that is not in the source, stored now or before. Raises ``ImageRefused``."""
        check_size(len(data))
        sha256 = hashlib.sha256(data).hexdigest()
        image = self.images.get(sha256) or self.imported(sha256) or self.create(data, PurePosixPath(name), title)
        self.images[sha256] = image
        is_web = address.startswith(("http://", "https://"))
        ImportedAsset.objects.update_or_create(
            site=self.site,
            path=outside_path(address),
            defaults={"old_url": address[:LONGEST_URL] if is_web else "", "sha256": sha256, "image": image},
        )
        return image

    def imported(self, sha256: str) -> Model | None:
        """The image that an earlier import made of the same content."""
        asset = ImportedAsset.objects.filter(sha256=sha256, image__isnull=False).select_related("image").first()
        return asset.image if asset else None

    def create(self, data: bytes, path: PurePosixPath, title: str) -> Model:
        file = SanitisedFile(sanitise_image(data), path.name)
        image_model = get_image_model()
        existing = image_model.objects.filter(file_hash=file.sha1).first()
        if existing:
            return existing
        image = image_model(title=(title or path.stem)[:255], description=title[:255])
        self.save_file("image", image, str(file.name), file)
        image.save()
        self.made["image"].append(image.pk)
        return image

    def save_file(self, kind: str, row: Any, name: str, content: File) -> None:
        """Store ``content`` as the file of ``row``, under ``name`` or a free variant of it. The row is not saved."""
        target = row._meta.get_field("file")
        free = target.storage.get_available_name(target.generate_filename(row, name), max_length=target.max_length)
        self.has_logged = True
        self.pending.add(kind, free)
        row.file.save(PurePosixPath(free).name, content, save=False)
        self.written.append((row.file.storage, row.file.name))
        if row.file.name != free:  # another process has just taken the name
            self.pending.add(kind, row.file.name)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A savepoint of the database whose rollback also takes back the files stored since, and forgets their rows."""
        collections = (self.images, self.files, *self.made.values())
        sizes, count = [len(collection) for collection in collections], len(self.written)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            for collection, size in zip(collections, sizes, strict=True):
                while len(collection) > size:
                    collection.popitem() if isinstance(collection, dict) else collection.pop()
            self.delete_files(self.written[count:])
            del self.written[count:]
            raise

    def discard(self) -> None:
        """Delete the files written, after a rollback of their rows."""
        self.delete_files(self.written)
        self.confirm()

    @staticmethod
    def delete_files(files: Iterable[tuple[Storage, str]]) -> None:
        for storage, name in files:
            storage.delete(name)

    def confirm(self) -> None:
        """Clear the log of pending files: those written have their rows, or are deleted."""
        if self.has_logged:
            self.pending.clear()
        self.written.clear()
