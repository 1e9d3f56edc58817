"""Views of a tag, a category and a series: lists of entries outside the page tree."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from taggit.models import Tag

from blog.models import Category, Entry, Series
from blog.pagination import page_of
from blog.querysets import EntryQuerySet


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    term = get_object_or_404(Tag, slug=slug)
    return entries_under(request, "tag", term, Entry.objects.published().filter(tag_items__tag=term))


def category(request: HttpRequest, slug: str) -> HttpResponse:
    term = get_object_or_404(Category, slug=slug)
    return entries_under(request, "category", term, Entry.objects.published().filter(categories=term))


def series(request: HttpRequest, slug: str) -> HttpResponse:
    """All parts in reading order (``entries``); there is no page without a published one."""
    shown = get_object_or_404(Series, slug=slug)
    parts = list(shown.parts())
    if not parts:
        raise Http404("No part of this series is published")
    return render(request, "blog/series.html", {"series": shown, "entries": parts})


def entries_under(request: HttpRequest, kind: str, term: Tag | Category, entries: EntryQuerySet) -> HttpResponse:
    """The list, newest first. Without a published entry there is no page: a draft must not give its tag away."""
    context = page_of(entries, request.GET.get("page"))
    if not context["page_obj"].object_list:
        raise Http404(f"No entry is published under this {kind}")
    return render(request, f"blog/{kind}.html", {kind: term, **context})
