"""Entries as feeds tell them, whatever the format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.db.models import CharField, F, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone

from blog.models import Entry, EntryTag
from portfolio.feeds.content import contents, without_controls
from portfolio.markdown.text import visible_text


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. Addresses are absolute, dates in the owner's time zone.

    ``id`` stays the same when the entry's address or title changes; ``updated`` is the date of publication unless the
    author gave a later one; ``stored`` is when this site last changed it; ``summary`` is plain text, ``content`` HTML.
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
    authors: list[Author]
    terms: list[str]


@dataclass(slots=True)
class Names:
    """What an entry is sorted under, and who wrote it."""

    terms: list[str] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)


def items(entries: Sequence[Entry], root: str, owner: Author, request: HttpRequest) -> list[Item]:
    """The entries (see ``channels.newest``) as items; ``root`` is the address of the site's front page."""
    pages = [page_of(entry) for entry in entries]
    urls = [urljoin(root, page.get_url(request)) for page in pages]
    names = names_of([page.pk for page in pages])
    return [
        item(page, url, content, names[page.pk], owner)
        for page, url, content in zip(pages, urls, contents(pages, urls), strict=True)
    ]


def page_of(entry: Entry) -> Any:
    """The post or interview that the row was loaded with."""
    return getattr(entry, "blogpage", None) or entry.interviewpage


def item(page: Any, url: str, content: str, names: Names, owner: Author) -> Item:
    interviewer = getattr(page, "interviewer", "")
    return Item(
        id=f"urn:uuid:{page.translation_key}",
        url=url,
        original=page.canonical_url,
        title=without_controls(page.title),
        summary=without_controls(page.search_description or visible_text(page.summary)),
        content=content,
        published=timezone.localtime(page.date),
        updated=timezone.localtime(max(page.updated or page.date, page.date)),
        stored=max(moment for moment in (page.date, page.updated, page.last_published_at) if moment),
        authors=[Author(interviewer)] if interviewer else names.authors or [owner],
        terms=names.terms,
    )


def names_of(pks: Sequence[int]) -> defaultdict[int, Names]:
    """The categories, tags and authors of entries by the entry's id, each in alphabetical order; one query for all."""
    categories = named(Entry.categories.through.objects.filter(entry__in=pks), "entry_id", "category__name")
    tags = named(EntryTag.objects.filter(content_object__in=pks), "content_object_id", "tag__name")
    people = Entry.authors.through.objects.filter(entry__in=pks)
    authors = named(people, "entry_id", "person__name", "person__url", "author")
    found: defaultdict[int, Names] = defaultdict(Names)
    for pk, kind, name, url in sorted(categories.union(tags, authors, all=True)):
        if kind == "author":
            found[pk].authors.append(Author(without_controls(name), url))
        elif name not in found[pk].terms:
            found[pk].terms.append(without_controls(name))
    return found


def named(rows: QuerySet, entry: str, name: str, url: str = "", kind: str = "term") -> QuerySet:
    """(entry's id, kind, name, address) of each row, in a form that can be joined with others of its like."""
    address = F(url) if url else Value("", output_field=CharField())
    return rows.order_by().values_list(entry, Value(kind, output_field=CharField()), name, address)
