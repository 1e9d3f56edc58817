"""Which lists of entries have a feed, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from taggit.models import Tag

from blog.models import Category, Entry, Series
from blog.querysets import EntryQuerySet
from experience.models import Skill

NEWEST = 20


@dataclass(frozen=True, slots=True)
class Channel:
    """What one feed is of.

    ``name`` is "" for the whole site; ``page`` is the path of the page that shows the same list; ``entries`` are the
    newest, with their bodies, newest first.
    """

    name: str
    description: str
    page: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of list: its model, how entries are found by one of its objects, and what the object's name is called."""

    model: type[Model]
    lookup: str
    name: str = "name"


# Keys are the names of the addresses of the pages that show these lists.
LISTINGS = {
    "tag": Listing(Tag, "tag_items__tag"),
    "category": Listing(Category, "categories"),
    "series": Listing(Series, "series", "title"),
    "skill": Listing(Skill, "skill_items__tag"),
}


def site_channel() -> Channel:
    return Channel("", "", "/", newest(Entry.objects.published()))


def list_channel(kind: str, slug: str) -> Channel:
    """The channel of one tag, category, series or skill.

    Raises Http404 when nothing is published under it: a draft must not give its tag away.
    """
    listing = LISTINGS[kind]
    found = get_object_or_404(listing.model, slug=slug)
    entries = newest(Entry.objects.published().filter(**{listing.lookup: found}))
    if not entries:
        raise Http404(f"No entry is published under this {kind}")
    return Channel(str(found), getattr(found, "description", ""), reverse(kind, args=[slug]), entries)


def newest(entries: EntryQuerySet) -> list[Entry]:
    """One query: the database sorts ids, and only the rows that are shown bring their bodies along."""
    rows = Entry.objects.filter(pk__in=entries.values("pk")[:NEWEST])
    rows = rows.select_related("blogpage", "interviewpage", "cover")
    return sorted(rows, key=lambda entry: (entry.date, entry.pk), reverse=True)
