"""Public pages: those without a view restriction on themselves or on an ancestor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In
from wagtail.models import Page, PageViewRestriction

from portfolio.models.site_state import cached_for_version

Pages = TypeVar("Pages", bound=QuerySet)


def restricted_paths() -> frozenset[str]:
    """The tree paths of all pages with a view restriction."""
    return cached_for_version("restricted paths", read_restricted_paths)


def read_restricted_paths() -> frozenset[str]:
    return frozenset(PageViewRestriction.objects.order_by().values_list("page__path", flat=True))


def alias_paths() -> frozenset[str]:
    """The tree paths of all aliases."""
    return cached_for_version("alias paths", read_alias_paths)


def read_alias_paths() -> frozenset[str]:
    return frozenset(Page.objects.filter(alias_of__isnull=False).order_by().values_list("path", flat=True))


def is_unrestricted(path: str) -> bool:
    """Whether no view restriction can hold for the page with this tree path.

    False also for an alias and what is below one: the restrictions of the original hold there, and Wagtail looks them
    up.
    """
    restricted = restricted_paths()
    if not restricted:
        return True
    above = {path[:length] for length in range(Page.steplen, len(path) + 1, Page.steplen)}
    return above.isdisjoint(restricted) and above.isdisjoint(alias_paths())


def public(pages: Pages, path: str = "path") -> Pages:
    """The pages without a view restriction on themselves or on an ancestor.

    The same pages as Wagtail's ``public()``, with one condition for each depth at which there are restrictions (usually
    none) instead of a correlated subquery, for which SQLite reads all pages for each row. ``path`` names the field with
    the tree path when the rows are not pages but belong to pages.
    """
    for length, paths in by_length(restricted_paths()).items():
        pages = pages.filter(~Q(In(Left(path, length), paths)))
    return pages


def by_length(paths: Iterable[str]) -> dict[int, list[str]]:
    grouped = defaultdict(list)
    for path in sorted(paths):
        grouped[len(path)].append(path)
    return dict(grouped)
