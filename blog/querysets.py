"""Which entries are shown, in which order, and what a list of them needs."""

from __future__ import annotations

from typing import Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class EntryQuerySet(PageQuerySet):
    """The words that index, feed, tag pages and search share. An Entry row holds no body, so lists never load one."""

    def published(self) -> Self:
        """Live and open to everybody, newest first."""
        return self.live().public().newest_first()

    def newest_first(self) -> Self:
        return self.order_by("-date", "-pk")

    def for_listing(self) -> Self:
        """With everything a list shows, in a number of queries that does not grow with the rows."""
        return self.select_related("cover", "series", "content_type").prefetch_related(
            "categories", "tags", "authors", "cover__renditions"
        )


EntryManager = PageManager.from_queryset(EntryQuerySet)
