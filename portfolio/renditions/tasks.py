"""When renditions are made: after a picture is stored, or a page is published that shows one without."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from portfolio.renditions.making import Tell, is_ready, make, remember

logger = logging.getLogger(__name__)

# The pictures whose turn comes together at the end, while somebody stores many; None otherwise.
_waiting: ContextVar[set[int] | None] = ContextVar("renditions_waiting", default=None)


# The queue that has a worker, where the owner has set up one.
BACKEND = "desk" if settings.TASK_QUEUE == "database" else "default"


@task(backend=BACKEND)
def make_renditions(pk: int) -> int:
    """In the background where a worker is set up for it, else at once, after the transaction."""
    return make(get_image_model().objects.filter(pk=pk))


@contextmanager
def together(tell: Tell = lambda done, total: None) -> Iterator[None]:
    """Within, pictures wait; at the end those whose transaction was committed are made, in several processes."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if BACKEND != "default":
        for pk in sorted(waiting):
            make_renditions.enqueue(pk)
    elif waiting:
        try:
            make(get_image_model().objects.filter(pk__in=waiting).order_by("pk"), tell)
        except Exception:  # what was stored is stored, and pictures are shown as they are
            logger.exception("Pictures wait for: manage.py make_renditions")


def when_stored(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    if not raw and not is_ready(instance):
        waiting = _waiting.get()
        later = partial(make_renditions.enqueue, instance.pk) if waiting is None else partial(waiting.add, instance.pk)
        transaction.on_commit(later, robust=True)


def when_published(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Of pictures that were stored before there was anybody to make their renditions."""
    if indexed:
        return  # one of many new pages at once, whose pictures are new as well
    images = get_image_model()
    references = ReferenceIndex.get_references_for_object(instance)
    shown = references.filter(to_content_type=ContentType.objects.get_for_model(images)).values_list("to_object_id")
    for image in images.objects.filter(pk__in=[int(key) for (key,) in shown]):
        when_stored(image)


def when_deleted(instance: Any, **kwargs: Any) -> None:
    """A rendition whose row is deleted is no longer shown; that it is missing is then known, too."""
    image = get_image_model().objects.filter(pk=instance.image_id).first()
    if image is not None and image.made:
        remember(image)
        image.made["of"] = []
        get_image_model()._base_manager.filter(pk=image.pk).update(made=image.made)
