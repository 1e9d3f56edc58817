"""Search over everything published, without a script."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page
from wagtail.search import index

from blog.models import Entry
from experience.models import ExperiencePage

RESULTS_PER_PAGE = 20
LONGEST_QUERY = 200
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]+")


def search(request: HttpRequest) -> HttpResponse:
    """``results`` (also ``entries`` and ``page_obj``) is a page of found pages, best first; None without any word."""
    query = clean_query(request.GET.get("q", ""))
    # Wagtail puts the words between double quotes for SQLite, so these cannot be part of them.
    words = " ".join(query.replace('"', " ").split())
    results = find(words, request.GET.get("page")) if words else None
    return render(request, "search.html", {"query": query, "results": results, "entries": results, "page_obj": results})


def index_again(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Index a page once more when it is published: Wagtail does so before its tags and skills are stored.

    Who publishes many pages at once indexes them together, and says so with ``indexed``.
    """
    if not indexed:
        index.insert_or_update_object(instance)


def clean_query(text: str) -> str:
    """The words of a query; control characters would be an error to PostgreSQL."""
    return " ".join(CONTROL_CHARACTERS.sub(" ", text).split())[:LONGEST_QUERY]


def find(query: str, number: str | None) -> Any:
    """One page of what is found: entries, roles, and plain pages as ``Page``, none of them with its body."""
    found = Page.objects.live().public().search(query)
    page = Paginator(found, RESULTS_PER_PAGE).get_page(number)
    pks = [result.pk for result in page.object_list]
    rows: dict[int, Page] = Page.objects.in_bulk(pks)
    rows.update(Entry.objects.in_bulk(pks))
    rows.update(ExperiencePage.objects.select_related("organisation").defer_streamfields().in_bulk(pks))
    page.object_list = [rows[pk] for pk in pks if pk in rows]
    return page
