"""Querysets of entries: published, newest first."""

from __future__ import annotations

from typing import Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portfolio.models.visibility import listed


class EntryQuerySet(PageQuerySet):
    """The words that index, feed, tag pages and search share. An Entry row holds no body, so lists never load one."""

    def published(self) -> Self:
        """Live, open to everybody and listed, newest first. An alias is left out: its original is what it shows."""
        return listed(self.live().filter(alias_of=None), "lists").newest_first()

    def newest_first(self) -> Self:
        return self.order_by("-date", "-pk")

    def pinned_first(self) -> Self:
        return self.order_by("-pinned", "-date", "-pk")


EntryManager = PageManager.from_queryset(EntryQuerySet)
