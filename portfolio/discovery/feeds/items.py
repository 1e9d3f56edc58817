"""Items of a feed, whatever its format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.db.models import CharField, F, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone

from portfolio.blocks.links import safe_href
from portfolio.content.registry import PageList, taxonomies
from portfolio.content.terms import RelatedRows, related_rows, term_rows
from portfolio.discovery.feeds.channels import FeedEntry
from portfolio.discovery.feeds.content import contents
from portfolio.markdown.text import visible_text

CATEGORY, AUTHOR = "category", "author"


@dataclass(frozen=True, slots=True)
class FeedAuthor:
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry. Addresses are absolute, dates in the owner's time zone.

    ``id`` stays the same when the entry's address or title changes; ``updated`` is the date of publication unless the
    author gave a later one; ``stored`` is when this site last changed it; ``summary`` is plain text, ``content`` HTML;
    ``language`` is "" for that of the feed.
    """

    id: str
    url: str
    original: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    stored: datetime
    authors: list[FeedAuthor]
    categories: list[str]
    language: str = ""


@dataclass(slots=True)
class ItemNames:
    """The categories and authors of an entry."""

    categories: list[str] = field(default_factory=list)
    authors: list[FeedAuthor] = field(default_factory=list)


def items(entries: Sequence[FeedEntry], root: str, owner: FeedAuthor, request: HttpRequest) -> list[FeedItem]:
    """The entries (see ``channels.newest``) as items; ``root`` is the address of the site's front page."""
    pages = [entry.page for entry in entries]
    urls = [urljoin(root, page.get_url(request)) for page in pages]
    names = names_of(entries)
    return [
        item(entry, url, content, names[entry.page.pk], owner)
        for entry, url, content in zip(entries, urls, contents(pages, urls), strict=True)
    ]


def item(entry: FeedEntry, url: str, content: str, names: ItemNames, owner: FeedAuthor) -> FeedItem:
    """``byline`` of a page names who it is by instead of its authors; ``canonical_url`` where it was printed first."""
    page = entry.page
    date = getattr(page, entry.page_list.date)
    updated = getattr(page, entry.page_list.updated, None) if entry.page_list.updated else None
    byline = getattr(page, "byline", "")
    return FeedItem(
        id=f"urn:uuid:{page.translation_key}",
        url=url,
        original=safe_href(getattr(page, "canonical_url", "")),
        title=page.title,
        summary=page.search_description or visible_text(page.summary_or_excerpt),
        content=content,
        published=timezone.localtime(date),
        updated=timezone.localtime(max(updated or date, date)),
        stored=max(moment for moment in (date, updated, page.last_published_at) if moment),
        authors=[FeedAuthor(byline)] if byline else names.authors or [owner],
        categories=names.categories,
        language=getattr(page, "language", ""),
    )


def names_of(entries: Iterable[FeedEntry]) -> defaultdict[int, ItemNames]:
    """The categories and authors of entries by the page's id, each in alphabetical order; one query for all."""
    keys: dict[PageList, list[int]] = {}
    for entry in entries:
        keys.setdefault(entry.page_list, []).append(entry.page.pk)
    queries = [query for page_list, pks in keys.items() for query in name_queries(page_list, pks)]
    names: defaultdict[int, ItemNames] = defaultdict(ItemNames)
    for pk, kind, name, url in sorted(queries[0].union(*queries[1:], all=True)) if queries else ():
        if kind == AUTHOR:
            names[pk].authors.append(FeedAuthor(name, safe_href(url)))
        elif name not in names[pk].categories:
            names[pk].categories.append(name)
    return names


def name_queries(page_list: PageList, pks: Sequence[int]) -> list[QuerySet[Any]]:
    queries = [
        named(term_rows(page_list, taxonomy), pks, taxonomy.name_field)
        for taxonomy in taxonomies()
        if taxonomy.is_feed_category and taxonomy.name in page_list.terms
    ]
    if page_list.authors:
        queries.append(named(related_rows(page_list, page_list.authors), pks, "name", "url", AUTHOR))
    return queries


def named(rows: RelatedRows, pks: Sequence[int], name: str, url: str = "", kind: str = CATEGORY) -> QuerySet[Any]:
    """(page's id, kind, name, address) of each row, in a form that can be joined with others of its like."""
    of_pages = rows.all().filter(**{f"{rows.page}__in": pks})
    address = F(f"{rows.related}__{url}") if url else Value("", output_field=CharField())
    return of_pages.values_list(rows.page, Value(kind, output_field=CharField()), F(f"{rows.related}__{name}"), address)
