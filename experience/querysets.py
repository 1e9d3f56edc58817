"""Querysets of roles and of work such as projects: published, and with the related rows that a list shows."""

from __future__ import annotations

from typing import Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portfolio.models.visibility import listed


class RoleQuerySet(PageQuerySet):
    def published(self) -> Self:
        """Live, open to everybody and listed, without aliases, in no order: who shows them has one (``timeline``).

        To have them in the tree's order the database would walk past every page.
        """
        return listed(self.live().filter(alias_of=None), "lists").order_by()

    def for_listing(self) -> Self:
        """With organisations, logos and skills, in a number of queries that does not grow with the rows."""
        return self.select_related("organisation__logo").prefetch_related("skills")


RoleManager = PageManager.from_queryset(RoleQuerySet)


class WorkQuerySet(PageQuerySet):
    """Projects, publications and talks. Their lists sort in memory: there are tens of them, not thousands."""

    def published(self) -> Self:
        """Live, open to everybody and listed, without aliases, in no order."""
        return listed(self.live().filter(alias_of=None), "lists").order_by()

    def for_listing(self) -> Self:
        """With pictures and skills and without bodies, in a number of queries that does not grow with the rows."""
        return self.select_related("cover").prefetch_related("skills").defer("body")


WorkManager = PageManager.from_queryset(WorkQuerySet)
