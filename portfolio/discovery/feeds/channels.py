"""Channels: the lists of pages that have a feed, of the whole site and of each term of a taxonomy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portfolio.content.lists import newest_first, relation_to
from portfolio.content.registry import PageList, Taxonomy, dated_lists, kind_of, page_kinds
from portfolio.content.terms import term_lookup

NEWEST = 20


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A page with its body, and the list that it is in."""

    page: Any
    page_list: PageList


@dataclass(frozen=True, slots=True)
class Channel:
    """What one feed is of.

    ``name`` is "" for the whole site; ``page`` is the path of the page that shows the same list; ``entries`` are the
    newest first.
    """

    name: str
    description: str
    page: str
    entries: list[FeedEntry]


def site_channel() -> Channel:
    return Channel("", "", "/", newest(newest_first))


def term_channel(taxonomy: Taxonomy, slug: str) -> Channel:
    """The channel of one term. Raises Http404 when nothing is published under it: a draft must not give it away."""
    term = get_object_or_404(taxonomy.model, slug=slug)

    def under_term(page_list: PageList) -> PageQuerySet:
        if taxonomy.name not in page_list.terms:
            return page_list.model.objects.none()
        return newest_first(page_list).filter(**{term_lookup(page_list, taxonomy): term})

    entries = newest(under_term)
    if not entries:
        raise Http404(f"No entry is published under this {taxonomy.name}")
    return Channel(str(term), getattr(term, "description", ""), reverse(taxonomy.name, args=[slug]), entries)


def newest(pages_of: Callable[[PageList], PageQuerySet]) -> list[FeedEntry]:
    """The newest of all lists in feeds, with their bodies; one query for each list."""
    entries = []
    for page_list in dated_lists():
        if page_list.in_feeds:
            rows = with_bodies(page_list, pages_of(page_list))
            entries += [(getattr(row, page_list.date), row.pk, FeedEntry(page, page_list)) for row, page in rows]
    entries.sort(key=lambda entry: entry[:2], reverse=True)
    return [entry for _, _, entry in entries[:NEWEST]]


def with_bodies(page_list: PageList, pages: PageQuerySet) -> list[tuple[Page, Page]]:
    """The first rows with their pages: the database sorts ids, and only the rows that are shown bring their bodies."""
    relations = {kind: relation_to(kind) for kind in page_kinds() if kind.page_list is page_list}
    joins = [name for name in (*relations.values(), page_list.cover) if name]
    rows = page_list.model.objects.filter(pk__in=pages.values("pk")[:NEWEST])
    if joins:  # without arguments it would follow every relation
        rows = rows.select_related(*joins)
    return [(row, page_of(row, relations[kind])) for row in rows if (kind := kind_of(row)) in relations]


def page_of(row: Page, relation: str) -> Page:
    return reduce(getattr, filter(None, relation.split("__")), row)
