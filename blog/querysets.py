"""Which entries are shown, and in which order."""

from __future__ import annotations

from typing import Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portfolio.visibility import open_to_everybody


class EntryQuerySet(PageQuerySet):
    """The words that index, feed, tag pages and search share. An Entry row holds no body, so lists never load one."""

    def published(self) -> Self:
        """Live and open to everybody, newest first."""
        return open_to_everybody(self.live()).newest_first()

    def newest_first(self) -> Self:
        return self.order_by("-date", "-pk")


EntryManager = PageManager.from_queryset(EntryQuerySet)
