"""Share image tasks: run after a page is published, after an import, and after the site settings are saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django_tasks import task
from wagtail.models import Page, Site

from portfolio.images.renditions.tasks import BACKEND
from portfolio.images.share_images.share_image import create_missing, delete_files, share_image_for, stored_names
from portfolio.models import SiteSettings
from portfolio.models.on_commit import gather_on_commit, once_on_commit
from portfolio.models.site_version import touch_site_version
from portfolio.models.visibility import public


@task(backend=BACKEND)
def make_share_image(pk: int) -> int:
    """Make the share image of one page: by the worker when the site has one, else at once after the transaction."""
    return create_for(pk=pk)


@task(backend="background")
def make_share_images() -> int:
    """Make all missing share images, in the background."""
    return create_for()


def create_for(**filters: int) -> int:
    count = 0
    for site, pages in public_pages(**filters):
        count += create_missing(pages, site)
    if count:
        touch_site_version(SiteSettings)  # the pages name another share image
    return count


def public_pages(**filters: int) -> Iterator[tuple[SiteSettings, Iterator[Page]]]:
    """For each site its settings and its public pages."""
    for site in Site.objects.select_related("root_page"):
        pages = public(Page.objects.live().descendant_of(site.root_page, inclusive=True)).filter(**filters)
        yield SiteSettings.for_site(site), pages.specific().defer_streamfields().iterator()


def delete_unused() -> None:
    """Delete share images that no published page shows, such as those of earlier titles."""
    stored = stored_names()  # before the pages are read, so that an image made meanwhile stays
    used = {share_image_for(page, site).name for site, pages in public_pages() for page in pages} if stored else set()
    delete_files(name for name in stored if name not in used)


def delete_unused_on_commit() -> None:
    transaction.on_commit(delete_unused, robust=True)


def delete_orphans() -> None:
    """Delete the share images of deleted pages. A file's name begins with the page's primary key."""
    names = {name: name.rpartition("/")[2].partition("-")[0] for name in stored_names()}
    existing = {str(pk) for pk in Page.objects.values_list("pk", flat=True)} if names else set()
    delete_files(name for name, key in names.items() if key not in existing)


def delete_orphans_on_commit(**kwargs: Any) -> None:
    """Once after the transaction, however many pages it deletes."""
    once_on_commit(delete_orphans, robust=True)


def enqueue_all() -> None:
    make_share_images.enqueue()


def enqueue_all_on_commit() -> None:
    """Once after the transaction, however many pages it publishes."""
    once_on_commit(enqueue_all, robust=True)


def enqueue_share_image(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Signal handler. Those of a bulk import (``indexed``) and of several pages in a transaction are made together."""
    if indexed:
        enqueue_all_on_commit()
    else:
        gather_on_commit(enqueue_some, instance.pk)


def enqueue_some(keys: list[int]) -> None:
    if len(keys) == 1:
        make_share_image.enqueue(keys[0])
    else:
        make_share_images.enqueue()


def enqueue_after_settings_change(*, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        enqueue_all_on_commit()
