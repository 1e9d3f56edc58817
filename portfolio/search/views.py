"""Search over all published pages, without a script: words, and facets to narrow the results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page
from wagtail.search import index

from portfolio.content.lists import from_page, light, newest_first
from portfolio.content.registry import dated_lists
from portfolio.markdown.text import visible_text
from portfolio.models.visibility import listed
from portfolio.search.backend import matching_pages
from portfolio.search.facets import FacetSelection, facets_of, narrowed, search_url
from portfolio.search.highlight import highlighted_excerpt, marked, pattern_of, plain_body
from portfolio.search.suggestion import suggest
from portfolio.search.terms import fold

RESULTS_PER_PAGE = 20
LONGEST_QUERY = 200
MOST_NEWEST = 5  # shown when nothing is found
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The columns of a page by which results are sorted and counted, before any page is loaded.

    ``date`` is the one that readers see if the page ``is_dated``, else that of its first publication here.
    """

    pk: int
    title: str
    content_type: int
    date: datetime | None
    is_dated: bool


def search(request: HttpRequest) -> HttpResponse:
    """``results`` (also ``page_obj``) is a page of results, best first; None when there is no query.

    A facet by itself is a query, too: all pages with that value, the newest first. ``suggestion`` is a similar query
    that finds something, with its address, when this one finds nothing.
    """
    query = clean_query(request.GET.get("q", ""))
    words = query.replace('"', " ").split()
    selection = FacetSelection.from_query(request.GET)
    context: dict[str, Any] = {"query": query, "results": None, "page_obj": None, "facets": []}
    if words or selection:
        matching = narrowed(matches(query), selection)
        results = in_order(results_of(matching), words)
        context["page_obj"] = context["results"] = loaded_page(results, words, request.GET.get("page"))
        context["facets"] = facets_of(results, matching, selection, query)
        if not results:
            context["suggestion"] = suggestion_for(query, selection)
            if not selection:  # else the facets say what to take back, and other pages look like results
                context["newest"] = newest_entries()
    return render(request, "search.html", context)


def suggestion_for(query: str, selection: FacetSelection) -> dict[str, str] | None:
    similar = suggest(query)
    if not similar or not narrowed(matches(similar), selection).exists():
        return None
    return {"query": similar, "url": search_url(selection, similar)}


def index_again(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Signal handler: index a page again when it is published. Wagtail does so before its tags and skills are stored.

    Code that publishes many pages at once indexes them together, and sends ``indexed``.
    """
    if not indexed:
        index.insert_or_update_object(instance)


def clean_query(text: str) -> str:
    """The words of a query; control characters would be an error to PostgreSQL."""
    return " ".join(CONTROL_CHARACTERS.sub(" ", text).split())[:LONGEST_QUERY]


def matches(query: str) -> QuerySet[Page]:
    """The public pages in the search that match the query; all of them when it is empty."""
    pages = listed(Page.objects.live().filter(depth__gt=1, alias_of=None), "search")
    if not query:
        return pages
    matching = matching_pages(query)
    return pages.none() if matching is None else pages.filter(pk__in=matching)


def results_of(matching: QuerySet[Page]) -> list[SearchResult]:
    dates = [from_page(page_list, page_list.date) for page_list in dated_lists()]
    results = []
    for pk, title, content_type, stored, *own in matching.values_list(
        "pk", "title", "content_type", "first_published_at", *dates
    ):
        date = next(filter(None, own), None)
        results.append(SearchResult(pk, title, content_type, date or stored, date is not None))
    return results


def in_order(results: list[SearchResult], words: list[str]) -> list[SearchResult]:
    """Those with the most of the words in their title first, then the newest: on every database the same."""
    folded = [fold(word) for word in words]

    def key(result: SearchResult) -> tuple[int, float, int]:
        title = fold(result.title)
        date = -result.date.timestamp() if result.date else 0.0
        return (-sum(word in title for word in folded), date, -result.pk)

    return sorted(results, key=key)


def newest_entries() -> list[Page]:
    """What somebody who found nothing may like to read: the newest entries of all dated lists."""
    dated = [
        (getattr(row, page_list.date), row)
        for page_list in dated_lists()
        for row in newest_first(page_list)[:MOST_NEWEST]
    ]
    return [row for _, row in sorted(dated, key=lambda pair: pair[0], reverse=True)[:MOST_NEWEST]]


def texts_of(page: Page) -> Iterator[str]:
    yield visible_text(getattr(page, "summary", ""))
    yield page.search_description
    yield plain_body(page)


def loaded_page(results: list[SearchResult], words: list[str], number: str | None) -> Slice:
    """One page of results, each loaded with the passage of its text that has the words (``highlighted_excerpt``)."""
    page = Paginator(results, RESULTS_PER_PAGE).get_page(number)
    rows = specific_pages(page.object_list)
    page.object_list = [rows[result.pk] for result in page.object_list if result.pk in rows]
    pattern = pattern_of(words)
    for row in page.object_list:
        row.highlighted_excerpt = highlighted_excerpt(texts_of(row), pattern)
        row.title_marked = marked(row.title, pattern)
    return page


def specific_pages(results: Iterable[SearchResult]) -> dict[int, Page]:
    """The pages by key, from one query for each page type that is among them: one that joins all types takes Django
    longer to build than all of these."""
    keys: dict[int, list[int]] = {}
    for result in results:
        keys.setdefault(result.content_type, []).append(result.pk)
    pages: dict[int, Page] = {}
    for content_type, pks in keys.items():
        model = ContentType.objects.get_for_id(content_type).model_class() or Page
        pages |= {page.pk: page for page in light(model._default_manager.filter(pk__in=pks)).order_by()}
    return pages
