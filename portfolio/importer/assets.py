"""Images of the source tree as the site's images: one for each content, whatever it is called and wherever it lies."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from django.core.files.storage import Storage
from django.db.models import Model
from wagtail.images import get_image_model

from portfolio.importer.journal import Journal, NoJournal
from portfolio.importer.pictures import PictureError, check_size, prepare
from portfolio.importer.sources.walk import digest
from portfolio.models.ledger import ImportedAsset, ImportSite

LONGEST_ADDRESS = 400  # characters of a path in the tree; the path that the site lay under comes before it
LARGEST = 256 * 1024 * 1024  # bytes of a file that is looked at; the site takes none that is nearly as large


@dataclass(slots=True)
class AssetStore:
    """Reads images from the tree at ``root`` and writes them once each.

    ``base_path`` is the path that the old site lay under, "" or "/notes".
    ``written`` lists the stored files of this run: a transaction that is rolled back takes back rows and not files,
    so the caller calls ``discard`` then; ``journal`` is told of each before, in case there is no caller any more.
    ``made`` has the keys of the images and documents that this run made, and the names of the other files.
    """

    root: Path
    site: ImportSite
    base_path: str = ""
    journal: Journal = field(default_factory=NoJournal)
    made: dict[str, list[Any]] = field(default_factory=lambda: {"image": [], "document": [], "file": []})
    written: list[tuple[Storage, str]] = field(default_factory=list)
    known: dict[str, Model] = field(default_factory=dict)
    files: dict[str, ImportedAsset] = field(default_factory=dict)

    def locate(self, path: str) -> Path | None:
        """The regular file at the tree's ``path``, never outside the tree; None when there is none."""
        found = self.root / path.lstrip("/")
        try:
            resolved = found.resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            return None
        return resolved if resolved.is_file() and resolved.is_relative_to(self.root.resolve()) else None

    def sha256(self, path: str) -> str | None:
        file = self.locate(path)
        return digest(file, LARGEST) if file else None

    def image(self, path: str, title: str) -> Model:
        """The image at ``path``, stored now or before. Raises ``FileNotFoundError`` or ``PictureError``."""
        file = self.locate(path)
        if file is None:
            raise FileNotFoundError(path)
        if len(path) > LONGEST_ADDRESS:
            raise PictureError(f"its address is longer than {LONGEST_ADDRESS} characters")
        check_size(file.stat().st_size)
        data = file.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        image = self.known.get(found) or self.earlier(found) or self.create(data, PurePosixPath(path), title)
        self.known[found] = image
        ImportedAsset.objects.update_or_create(
            site=self.site,
            path=path.lstrip("/"),
            defaults={"old_url": f"{self.base_path}/{path.lstrip('/')}", "sha256": found, "image": image},
        )
        return image

    def earlier(self, digest: str) -> Model | None:
        asset = ImportedAsset.objects.filter(sha256=digest, image__isnull=False).select_related("image").first()
        return asset.image if asset else None

    def create(self, data: bytes, path: PurePosixPath, title: str) -> Model:
        picture = prepare(data)
        image_model = get_image_model()
        file_hash = hashlib.sha1(picture.data, usedforsecurity=False).hexdigest()  # Wagtail's choice of hash
        existing = image_model.objects.filter(file_hash=file_hash).first()
        if existing:
            return existing
        name = f"{path.stem}.{picture.extension}"
        image = image_model(
            title=(title or path.stem)[:255],
            description=title[:255],
            file_size=len(picture.data),
            file_hash=file_hash,
        )
        self.put("image", image, name, ImageFile(io.BytesIO(picture.data), name=name))
        image.save()
        self.made["image"].append(image.pk)
        return image

    def put(self, kind: str, row: Any, name: str, content: File) -> None:
        """Store ``content`` as the file of ``row``, as ``name`` or the nearest that is free. The row is not saved."""
        target = row._meta.get_field("file")
        free = target.storage.get_available_name(target.generate_filename(row, name), max_length=target.max_length)
        self.journal.announce(kind, free)
        row.file.save(PurePosixPath(free).name, content, save=False)
        self.written.append((row.file.storage, row.file.name))
        if row.file.name != free:  # somebody has taken the name just now
            self.journal.announce(kind, row.file.name)

    def discard(self) -> None:
        """Delete the files written, whose rows a rollback has taken back."""
        for storage, name in self.written:
            storage.delete(name)
        self.settle()

    def settle(self) -> None:
        """The files written have their rows, or are gone: nobody need look after them any more."""
        if self.written:
            self.journal.clear()
        self.written.clear()
