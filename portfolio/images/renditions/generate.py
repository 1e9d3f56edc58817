"""Generate missing renditions, and store on the image which files exist (``CustomImage.rendition_index``)."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import DatabaseError
from wagtail.images.models import Filter

from portfolio.images.field_files import is_stored
from portfolio.images.rendition_sizes import EDITION, JPEG, PLAIN, PNG, sizes_for
from portfolio.images.renditions.encode import (
    Crop,
    EncodedRendition,
    ImageShape,
    encode_or_log,
    end_with_parent,
    shape_of,
)
from portfolio.models.site_version import touch_site_version

if TYPE_CHECKING:
    from portfolio.models.images import CustomImage, CustomRendition

MOST_PROCESSES = 4
EXTENSIONS = {JPEG: "jpg"}

ProgressCallback = Callable[[int, int], None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RenditionJob:
    """An image with missing renditions: its bytes, and the crops to encode."""

    image: CustomImage
    data: bytes
    crops: list[Crop]


def source_state(image: CustomImage) -> list[str | int | None]:
    """Everything that renditions depend on. They are up to date while this equals what they were made from."""
    return [
        EDITION,
        image.file.name,
        *(getattr(image, f"focal_point_{name}") for name in ("x", "y", "width", "height")),
    ]


def is_ready(image: CustomImage) -> bool:
    return image.rendition_index.get("of") == source_state(image)


def generate_missing(images: Iterable[CustomImage], progress: ProgressCallback = lambda done, total: None) -> int:
    """Make the missing renditions, several images at a time; return the number of files made.

    An image that cannot be read is logged, and pages show the original.
    """
    waiting = [image for image in images if not is_ready(image)]
    count = 0
    for done, (job, encoded) in enumerate(encode_jobs(waiting), start=1):
        count += store_renditions(job, encoded)
        progress(done, len(waiting))
    return count


def encode_jobs(images: Sequence[CustomImage]) -> Iterator[tuple[RenditionJob, list[EncodedRendition]]]:
    processes = min(MOST_PROCESSES, os.cpu_count() or 1, len(images))
    jobs = (job for image in images if (job := rendition_job(image)) is not None)
    if processes < 2:
        yield from ((job, encode_or_log(job.data, job.crops)) for job in jobs)
        return
    # Spawned, not forked: the workers must not share threads and database connections.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), end_with_parent) as pool:
        for batch in batches(jobs, processes * 2):
            results = pool.map(encode_or_log, [job.data for job in batch], [job.crops for job in batch])
            yield from zip(batch, results, strict=True)


def batches(jobs: Iterable[RenditionJob], size: int) -> Iterator[list[RenditionJob]]:
    """The jobs in lists of ``size``, so that not all images are in memory at once."""
    batch: list[RenditionJob] = []
    for job in jobs:
        batch.append(job)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def rendition_job(image: CustomImage) -> RenditionJob | None:
    """The job for an image; None when its file is missing or unreadable, or another process was faster."""
    try:
        image.refresh_from_db(fields=["rendition_index"])
    except image.DoesNotExist:
        return None
    if is_ready(image):
        return None
    try:
        with image.file.storage.open(image.file.name) as file:
            data = file.read()
        shape = shape_of(data)
    except (OSError, ValueError, SyntaxError):  # what Pillow raises for a file that is no image
        logger.warning("The image %s cannot be read", image.file.name)
        return None
    return RenditionJob(image, data, missing_crops(image, shape))


def missing_crops(image: CustomImage, shape: ImageShape) -> list[Crop]:
    """The crops to encode, without those that exist already."""
    existing = {(row.filter_spec, row.focal_point_key) for row in image.renditions.all()}
    crops = []
    for name, formats in sizes_for(shape.width, moving=shape.moving).items():
        key = focal_point_key(image, name)
        left = tuple(kind for kind in formats if not any((spec, key) in existing for spec in filter_specs(name, kind)))
        if left:
            crops.append(replace(crop_for(image, name, (shape.width, shape.height)), formats=left))
    return crops


def filter_specs(name: str, kind: str) -> list[str]:
    return [f"{name}|format-{kind}" for kind in ((JPEG, PNG) if kind == PLAIN else (kind,))]


def focal_point_key(image: CustomImage, name: str) -> str:
    return Filter(spec=name).get_cache_key(image)


def crop_for(image: CustomImage, name: str, size: tuple[int, int]) -> Crop:
    """The box and size that Wagtail computes from the focal point."""
    transform = Filter(spec=name).get_transform(image, size)
    rect = transform.get_rect()
    box = (max(rect.left, 0), max(rect.top, 0), min(rect.right, size[0]), min(rect.bottom, size[1]))
    width, height = (max(round(side), 1) for side in transform.size)
    return Crop(name, box, (width, height), ())


def store_renditions(job: RenditionJob, encoded: Sequence[EncodedRendition]) -> int:
    """Store the files and their rows, and update ``rendition_index``."""
    model: type[CustomRendition] = job.image.get_rendition_model()
    rows = [rendition_row(model, job.image, rendition) for rendition in encoded]
    try:
        # Another process may have made the same renditions meanwhile; its rows stay.
        model.objects.bulk_create(rows, ignore_conflicts=True)
    except (OSError, DatabaseError):  # a full disk, for example: files without rows would stay for ever
        for row in rows:
            if is_stored(row.file):
                row.file.storage.delete(row.file.name)
        raise
    update_rendition_index(job.image)
    return len(rows)


def rendition_row(model: type[CustomRendition], image: CustomImage, rendition: EncodedRendition) -> CustomRendition:
    """A rendition that is not stored yet. The file's name has a hash of the content, so a file never changes."""
    digest = hashlib.sha256(rendition.data).hexdigest()[:8]
    stem = PurePosixPath(image.file.name).stem[:60]
    name = f"{stem}.{digest}.{rendition.name}.{EXTENSIONS.get(rendition.format, rendition.format)}"
    return model(
        image=image,
        filter_spec=f"{rendition.name}|format-{rendition.format}",
        focal_point_key=focal_point_key(image, rendition.name),
        file=ContentFile(rendition.data, name),
        width=rendition.width,
        height=rendition.height,
    )


def update_rendition_index(image: CustomImage) -> None:
    """Store on the image which files exist; no other field is written."""
    files: dict[str, dict[str, list[str | int]]] = {}
    for row in image.get_rendition_model().objects.filter(image=image).order_by("pk"):
        name, _, kind = row.filter_spec.partition("|format-")
        if kind and row.focal_point_key == focal_point_key(image, name):
            files.setdefault(name, {})[kind] = [row.file.name, row.width, row.height]
    image.rendition_index = {"of": source_state(image), "files": files}
    type(image)._base_manager.filter(pk=image.pk).update(rendition_index=image.rendition_index)
    touch_site_version(type(image))
