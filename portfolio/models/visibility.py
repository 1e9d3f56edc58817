"""Public pages, without a view restriction on themselves or on an ancestor, and which of them lists show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In
from wagtail.models import Page, PageViewRestriction, get_page_models

from portfolio.models.site_state import cached_for_version

Pages = TypeVar("Pages", bound=QuerySet)

# Where a page can be left out although it is public. For each there is a field of ``TreePage``: ``out_of_lists``.
PLACES = ("lists", "search", "sitemap")


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


def is_public(path: str) -> bool:
    """Whether the page with this tree path and those above it have no view restriction."""
    restricted = restricted_paths()
    return not restricted or ancestors(path).isdisjoint(restricted)


def ancestors(path: str) -> set[str]:
    """The tree paths of a page and of those above it."""
    return {path[:length] for length in range(Page.steplen, len(path) + 1, Page.steplen)}


def is_unrestricted(path: str) -> bool:
    """Whether no view restriction can hold for the page with this tree path.

    False also for an alias and what is below one: the restrictions of the original hold there, and Wagtail looks them
    up.
    """
    return not restricted_paths() or (is_public(path) and ancestors(path).isdisjoint(alias_paths()))


def public(pages: Pages, path: str = "path") -> Pages:
    """The pages without a view restriction on themselves or on an ancestor.

    The same pages as Wagtail's ``public()``, with one condition for each depth at which there are restrictions (usually
    none) instead of a correlated subquery, for which SQLite reads all pages for each row. ``path`` names the field with
    the tree path when the rows are not pages but belong to pages.
    """
    for length, paths in by_length(restricted_paths()).items():
        pages = pages.filter(~Q(In(Left(path, length), paths)))
    return pages


def listed(pages: Pages, place: str) -> Pages:
    """The public pages that are shown in one of the ``PLACES``."""
    pages, name = public(pages), f"out_of_{place}"
    if has_field(pages.model, name):
        return pages.filter(**{name: False})
    paths = cached_for_version("unlisted paths", read_unlisted_paths)[place]
    return pages.exclude(path__in=paths) if paths else pages


def read_unlisted_paths() -> dict[str, list[str]]:
    """The tree paths of the pages that are left out, by place, from one query."""
    fields = [f"out_of_{place}" for place in PLACES]
    models = [model for model in get_page_models() if has_field(model, fields[0], own=True)]
    everywhere = dict.fromkeys(fields, False)
    first, *others = (
        model._base_manager.exclude(**everywhere).order_by().values_list("path", *fields) for model in models
    )
    rows = list(first.union(*others, all=True))
    return {place: [path for path, *is_left_out in rows if is_left_out[index]] for index, place in enumerate(PLACES)}


def has_field(model: type[Model], name: str, *, own: bool = False) -> bool:
    """Whether the model has the field; with ``own``, in a column of its table."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return not own or field.model is model


def by_length(paths: Iterable[str]) -> dict[int, list[str]]:
    grouped = defaultdict(list)
    for path in sorted(paths):
        grouped[len(path)].append(path)
    return dict(grouped)
