"""Which roles are shown, and what a list of them needs."""

from __future__ import annotations

from typing import Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portfolio.visibility import open_to_everybody


class RoleQuerySet(PageQuerySet):
    def published(self) -> Self:
        """Live and open to everybody, in no order: who shows them has one (``timeline``).

        To have them in the tree's order the database would walk past every page.
        """
        return open_to_everybody(self.live()).order_by()

    def for_listing(self) -> Self:
        """With organisations, logos and skills, in a number of queries that does not grow with the rows."""
        return self.select_related("organisation__logo").prefetch_related("skills")


RoleManager = PageManager.from_queryset(RoleQuerySet)
