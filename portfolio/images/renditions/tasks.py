"""Rendition tasks: run after an image is stored, or when a page is published that shows an image without renditions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from portfolio.images.renditions.generate import ProgressCallback, generate_missing, is_ready, update_rendition_index

logger = logging.getLogger(__name__)

# Keys of the images stored inside ``batch_renditions``; None outside of it.
_waiting: ContextVar[set[int] | None] = ContextVar("renditions_waiting", default=None)

# Makes the renditions of images, whose keys it gets.
BatchMaker = Callable[[Collection[int], ProgressCallback], None]

# The queue that a worker process serves, when the site has one.
BACKEND = "background" if settings.TASK_QUEUE == "database" else "default"


@task(backend=BACKEND)
def make_renditions(pk: int) -> int:
    """Make the renditions of one image: by the worker when the site has one, else at once after the transaction."""
    return generate_missing(get_image_model().objects.filter(pk=pk))


@task(backend="background")
def make_missing_renditions() -> int:
    """Make the missing renditions of all images, in the background."""
    return generate_missing(get_image_model().objects.order_by("pk"))


def make_at_once(keys: Collection[int], progress: ProgressCallback) -> None:
    """Make the renditions here, in several processes."""
    try:
        generate_missing(get_image_model().objects.filter(pk__in=keys).order_by("pk"), progress)
    except Exception:  # the images are stored, and pages show the originals
        logger.exception("Renditions are missing; run manage.py make_renditions")


def leave_to_worker(keys: Collection[int]) -> None:
    for key in sorted(keys):
        make_renditions.enqueue(key)


def make_or_enqueue(keys: Collection[int], progress: ProgressCallback) -> None:
    """Leave the renditions to the worker when the site has one, else make them here."""
    if BACKEND == "default":
        make_at_once(keys, progress)
    else:
        leave_to_worker(keys)


@contextmanager
def batch_renditions(
    make: BatchMaker = make_or_enqueue, progress: ProgressCallback = lambda done, total: None
) -> Iterator[None]:
    """Collect the images stored inside the block, and let ``make`` make their renditions together at its end.

    Images whose transaction was rolled back are left out.
    """
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        make(waiting, progress)


def enqueue_renditions(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    if not raw and not is_ready(instance):
        waiting = _waiting.get()

        def later() -> None:  # no partial, since Django names a function that failed
            make_renditions.enqueue(instance.pk) if waiting is None else waiting.add(instance.pk)

        transaction.on_commit(later, robust=True)


def enqueue_missing_renditions(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Make the missing renditions of images that the page shows."""
    if indexed:
        return  # a bulk import, which makes the renditions of its images itself
    images = get_image_model()
    references = ReferenceIndex.get_references_for_object(instance)
    shown = references.filter(to_content_type=ContentType.objects.get_for_model(images)).values_list("to_object_id")
    for image in images.objects.filter(pk__in=[int(key) for (key,) in shown]):
        enqueue_renditions(image)


def remove_deleted_rendition(instance: Any, **kwargs: Any) -> None:
    """Take a deleted rendition out of the image's ``rendition_index``: it is not shown, and is made again later."""
    image = get_image_model().objects.filter(pk=instance.image_id).first()
    if image is not None and image.rendition_index:
        update_rendition_index(image)
        image.rendition_index["of"] = []
        get_image_model()._base_manager.filter(pk=image.pk).update(rendition_index=image.rendition_index)
