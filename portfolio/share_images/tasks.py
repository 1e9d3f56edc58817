"""When the pictures are drawn: after a page is published, after an import, after the owner's settings were saved."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task
from wagtail.models import Page, Site

from portfolio.desk.background import desk_task
from portfolio.models import SiteSettings
from portfolio.models.version import when_changed
from portfolio.renditions.tasks import BACKEND
from portfolio.share_images.cards import make_cards
from portfolio.visibility import open_to_everybody


@task(backend=BACKEND)
def make_share_image(pk: int) -> int:
    """One is drawn in a moment: by a worker where there is one, else at once, after the transaction."""
    return make(pk=pk)


@desk_task
def make_share_images() -> int:
    """All that are missing, in the background."""
    return make()


def make(**chosen: int) -> int:
    made = 0
    for site in Site.objects.select_related("root_page"):
        pages = open_to_everybody(Page.objects.live().descendant_of(site.root_page, inclusive=True)).filter(**chosen)
        made += make_cards(pages.specific().defer_streamfields().iterator(), SiteSettings.for_site(site))
    if made:
        when_changed(SiteSettings)  # the pages show another picture
    return made


def make_all() -> None:
    make_share_images.enqueue()


def make_all_later() -> None:
    """After the transaction, and once for all that it publishes."""
    if not any(function is make_all for _, function, *_ in transaction.get_connection().run_on_commit):
        transaction.on_commit(make_all, robust=True)


def when_published(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """One of many pages that are published together waits for the others."""
    if indexed:
        make_all_later()
    else:
        transaction.on_commit(partial(make_share_image.enqueue, instance.pk), robust=True)


def when_settings_saved(*, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        make_all_later()
