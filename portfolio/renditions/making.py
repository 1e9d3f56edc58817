"""Making what is missing of pictures' renditions and remembering on the picture what there is."""

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
from wagtail.images.models import Filter

from portfolio.models.version import when_changed
from portfolio.renditions.encode import Cut, Encoded, size_of, tried
from portfolio.renditions.sizes import EDITION, JPEG, PLAIN, PNG, wanted

if TYPE_CHECKING:
    from portfolio.models.images import CustomImage, CustomRendition

MOST_PROCESSES = 4
EXTENSIONS = {JPEG: "jpg"}

Tell = Callable[[int, int], None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A picture whose renditions are missing: its bytes, and what is to be cut from them."""

    image: CustomImage
    data: bytes
    cuts: list[Cut]


def state_of(image: CustomImage) -> list[str | int | None]:
    """What renditions depend on. They are up to date as long as it is the one they were made of."""
    return [
        EDITION,
        image.file.name,
        *(getattr(image, f"focal_point_{name}") for name in ("x", "y", "width", "height")),
    ]


def is_ready(image: CustomImage) -> bool:
    return image.made.get("of") == state_of(image)


def make(images: Iterable[CustomImage], tell: Tell = lambda done, total: None) -> int:
    """Make what is missing, several pictures at a time when there are several; return how many files were made.

    A picture that cannot be read is told of in the log and shown as it is.
    """
    waiting = [image for image in images if not is_ready(image)]
    made = 0
    for done, (job, encoded) in enumerate(worked_through(waiting), start=1):
        made += store(job, encoded)
        tell(done, len(waiting))
    return made


def worked_through(images: Sequence[CustomImage]) -> Iterator[tuple[Job, list[Encoded]]]:
    processes = min(MOST_PROCESSES, os.cpu_count() or 1, len(images))
    jobs = (job for image in images if (job := job_for(image)) is not None)
    if processes < 2:
        yield from ((job, tried(job.data, job.cuts)) for job in jobs)
        return
    # Not forked: threads and database connections of this process are no business of theirs.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        for some in batches(jobs, processes * 2):
            results = pool.map(tried, [job.data for job in some], [job.cuts for job in some])
            yield from zip(some, results, strict=True)


def batches(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    """A few at a time, so that not all pictures are in memory at once."""
    batch: list[Job] = []
    for job in jobs:
        batch.append(job)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def job_for(image: CustomImage) -> Job | None:
    """None when the file is gone: there is nothing to make then, and nothing to remember."""
    try:
        with image.file.storage.open(image.file.name) as file:
            data = file.read()
        size = size_of(data)
    except (OSError, ValueError, SyntaxError):  # what Pillow raises for a file that is no picture
        logger.warning("The picture %s cannot be read", image.file.name)
        return None
    return Job(image, data, missing(image, size) if size else [])


def missing(image: CustomImage, size: tuple[int, int]) -> list[Cut]:
    """What is to be cut, without what there is already."""
    there = {(row.filter_spec, row.focal_point_key) for row in image.renditions.all()}
    cuts = []
    for name, formats in wanted(size[0]).items():
        cut = cut_for(image, name, size)
        left = tuple(
            kind for kind in formats if not any((spec, key_of(image, name)) in there for spec in specs(name, kind))
        )
        if left:
            cuts.append(replace(cut, formats=left))
    return cuts


def specs(name: str, kind: str) -> list[str]:
    return [f"{name}|format-{kind}" for kind in ((JPEG, PNG) if kind == PLAIN else (kind,))]


def key_of(image: CustomImage, name: str) -> str:
    return Filter(spec=name).get_cache_key(image)


def cut_for(image: CustomImage, name: str, size: tuple[int, int]) -> Cut:
    """The part and size that Wagtail would give: it knows about focal points."""
    transform = Filter(spec=name).get_transform(image, size)
    rect = transform.get_rect()
    box = (max(rect.left, 0), max(rect.top, 0), min(rect.right, size[0]), min(rect.bottom, size[1]))
    width, height = (max(round(side), 1) for side in transform.size)
    return Cut(name, box, (width, height), ())


def store(job: Job, encoded: Sequence[Encoded]) -> int:
    """Store the files and their rows, and remember on the picture what there is now."""
    rendition: type[CustomRendition] = job.image.get_rendition_model()
    rows = [row_of(rendition, job.image, piece) for piece in encoded]
    # Another process may have made the same in the meantime: its rows stand.
    rendition.objects.bulk_create(rows, ignore_conflicts=True)
    remember(job.image)
    return len(rows)


def row_of(rendition: type[CustomRendition], image: CustomImage, piece: Encoded) -> CustomRendition:
    """The name holds a hash of the content, so that a file never changes under its name."""
    digest = hashlib.sha256(piece.data).hexdigest()[:8]
    stem = PurePosixPath(image.file.name).stem[:60]
    name = f"{stem}.{digest}.{piece.name}.{EXTENSIONS.get(piece.format, piece.format)}"
    return rendition(
        image=image,
        filter_spec=f"{piece.name}|format-{piece.format}",
        focal_point_key=key_of(image, piece.name),
        file=ContentFile(piece.data, name),
        width=piece.width,
        height=piece.height,
    )


def remember(image: CustomImage) -> None:
    """Write on the picture which files pages may show; nothing else of it is touched."""
    files: dict[str, dict[str, list[str | int]]] = {}
    for row in image.get_rendition_model().objects.filter(image=image).order_by("pk"):
        name, _, kind = row.filter_spec.partition("|format-")
        if kind and row.focal_point_key == key_of(image, name):
            files.setdefault(name, {})[kind] = [row.file.name, row.width, row.height]
    image.made = {"of": state_of(image), "files": files}
    type(image)._base_manager.filter(pk=image.pk).update(made=image.made)
    when_changed(type(image))
