"""Search over everything published, without a script: words, and facets to narrow what they find."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page
from wagtail.search import index

from portfolio.facets import Selection, facets_of, narrowed
from portfolio.markdown.text import visible_text
from portfolio.models.tree import as_what_it_is, every_type
from portfolio.snippets import marked, pattern_of, plain_body, snippet
from portfolio.visibility import open_to_everybody

RESULTS_PER_PAGE = 20
LONGEST_QUERY = 200
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]+")
# An index on another server gives no query to narrow; of that so many of its best results are looked at.
MOST_FROM_ELSEWHERE = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of every result before any is loaded."""

    pk: int
    title: str
    kind: int
    date: datetime | None
    is_entry: bool


def search(request: HttpRequest) -> HttpResponse:
    """``results`` (also ``page_obj``) is a page of found pages, best first; None when nothing was asked for.

    A facet by itself is a question, too: everything of that kind, the newest first.
    """
    query = clean_query(request.GET.get("q", ""))
    # Wagtail puts the words between double quotes for SQLite, so these cannot be part of them.
    words = query.replace('"', " ").split()
    selection = Selection.of(request.GET)
    context: dict[str, Any] = {"query": query, "selection": selection, "results": None, "page_obj": None, "facets": []}
    if words or selection:
        matching = narrowed(matches(words), selection)
        found = in_order(known(matching), words)
        context["page_obj"] = context["results"] = shown(found, words, request.GET.get("page"))
        context["facets"] = facets_of(found, matching, selection, query)
    return render(request, "search.html", context)


def index_again(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Index a page once more when it is published: Wagtail does so before its tags and skills are stored.

    Who publishes many pages at once indexes them together, and says so with ``indexed``.
    """
    if not indexed:
        index.insert_or_update_object(instance)


def clean_query(text: str) -> str:
    """The words of a query; control characters would be an error to PostgreSQL."""
    return " ".join(CONTROL_CHARACTERS.sub(" ", text).split())[:LONGEST_QUERY]


def matches(words: list[str]) -> QuerySet[Page]:
    """The pages everybody may see in which all the words are; all of them without any word."""
    pages = open_to_everybody(Page.objects.live().filter(depth__gt=1))
    if not words:
        return pages
    results = Page.objects.live().search(" ".join(words), order_by_relevance=False)
    if hasattr(results, "get_queryset"):  # the index is in the database
        return pages.filter(pk__in=results.get_queryset().order_by().values("pk"))
    return pages.filter(pk__in=[page.pk for page in results[:MOST_FROM_ELSEWHERE]])


def known(matching: QuerySet[Page]) -> list[Found]:
    fields = ("pk", "title", "content_type", "entry__date", "first_published_at")
    rows = matching.values_list(*fields)
    return [Found(pk, title, kind, date or stored, date is not None) for pk, title, kind, date, stored in rows]


def in_order(found: list[Found], words: list[str]) -> list[Found]:
    """Those with the most of the words in their title first, then the newest: on every database the same."""
    wanted = [word.casefold() for word in words]

    def place(one: Found) -> tuple[int, float, int]:
        title = one.title.casefold()
        return (-sum(word in title for word in wanted), -one.date.timestamp() if one.date else 0.0, -one.pk)

    return sorted(found, key=place)


def shown(found: list[Found], words: list[str], number: str | None) -> Slice:
    """One page of results, each as what it is with the passage of its text that has the words (``snippet``)."""
    page = Paginator(found, RESULTS_PER_PAGE).get_page(number)
    pks = [one.pk for one in page.object_list]
    rows = {row.pk: as_what_it_is(row) for row in Page.objects.filter(pk__in=pks).select_related(*every_type())}
    page.object_list = [rows[pk] for pk in pks if pk in rows]
    for row in page.object_list:
        row.snippet = snippet(
            [visible_text(getattr(row, "summary", "")), row.search_description, plain_body(row)], words
        )
        row.title_marked = marked(row.title, pattern_of(words))
    return page
