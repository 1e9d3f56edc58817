"""Media transfer: copy uploaded and private files between this machine's disk and the bucket, and prove each copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import FileField, Model

from portfolio.backup.manifest import FileDigest, digest_of, stored_names
from portfolio.delivery.storage.media import MediaStorage
from portfolio.delivery.storage.private import PrivateStorage
from portfolio.documents.progress import ReportProgress

BUCKET, DISK = "s3", "local"
# Names in the private folder that only mean something on this machine: its log, progress and unfinished files.
OF_THIS_MACHINE = ("background.log", "progress-", "scratch-", "task-")


@dataclass(slots=True)
class TransferReport:
    """The names of files by what was done. ``different`` are files that both sides have, with other content."""

    copied: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return not (self.different or self.failed or self.missing)


@dataclass(frozen=True, slots=True)
class TransferPair:
    """Two storages that hold the same files under the same names."""

    label: str
    source: Storage
    target: Storage

    def names(self) -> list[str]:
        return [name for name in stored_names(self.source) if not name.startswith(OF_THIS_MACHINE)]


def transfer_pairs(target: str) -> list[TransferPair]:
    """Media and private files, from the bucket or to it."""
    from portfolio.delivery.storage.bucket import BucketMedia, PrivateFiles  # installed with a bucket only

    disk, bucket = (MediaStorage(location=settings.MEDIA_ROOT), PrivateStorage()), (BucketMedia(), PrivateFiles())
    sources, targets = (disk, bucket) if target == BUCKET else (bucket, disk)
    labels = ("media", "private")
    return [TransferPair(*values) for values in zip(labels, sources, targets, strict=True)]


def transfer(target: str, progress: ReportProgress, *, delete: bool = False) -> TransferReport:
    """Copy what the target lacks and compare every file. With ``delete``, delete what the target proved to have.

    It may be stopped and run again at any time. Nothing that differs is replaced, and nothing is deleted before the
    whole transfer is complete.
    """
    report = TransferReport()
    pairs = [(pair, pair.names()) for pair in transfer_pairs(target)]
    total, done = sum(len(names) for _, names in pairs), 0
    for pair, names in pairs:
        for name in names:
            done += 1
            progress("Files", done, total)
            copy_file(pair, name, report)
    report.missing = list(missing_names(pairs[0][0].target))
    if delete and report.is_complete:
        for pair, names in pairs:
            for name in names:
                pair.source.delete(name)
                report.deleted.append(f"{pair.label}/{name}")
    return report


def copy_file(pair: TransferPair, name: str, report: TransferReport) -> None:
    label = f"{pair.label}/{name}"
    try:
        digest = digest_in(pair.source, name)
        if pair.target.exists(name):
            same = digest_in(pair.target, name) == digest
            (report.present if same else report.different).append(label)
            return
        with pair.source.open(name) as stream:
            stored = pair.target.save(name, File(stream, name=name))
        if stored == name and digest_in(pair.target, name) == digest:
            report.copied.append(label)
            return
        pair.target.delete(stored)  # this process has just made it
        report.failed.append(f"{label}: the copy differs")
    except Exception as error:  # of the disk, or one of botocore's many
        report.failed.append(f"{label}: {error}")


def digest_in(storage: Storage, name: str) -> FileDigest:
    with storage.open(name) as stream:
        return digest_of(stream)


def missing_names(storage: Storage) -> Iterator[str]:
    """Files that rows of the database name and the storage of media lacks: ``label of the model: name``."""
    present = set(stored_names(storage))
    for model in apps.get_models():
        for column in media_fields(model):
            names = model._base_manager.exclude(**{column: ""}).exclude(**{column: None}).order_by("pk")
            for name in names.values_list(column, flat=True).iterator():
                if name not in present:
                    yield f"{model._meta.label}: {name}"


def media_fields(model: type[Model]) -> list[str]:
    return [column.name for column in model._meta.local_concrete_fields if isinstance(column, FileField)]
