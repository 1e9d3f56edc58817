"""Facets of search: how many results there are of each kind, skill, tag, category and year, as links that narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, F, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from blog.models import BlogPage, Entry, EntrySkill, EntryTag, InterviewPage
from experience.models import ExperiencePage, ExperienceSkill

# What the kinds of pages are called; everything else is a page.
TYPES = {"post": BlogPage, "interview": InterviewPage, "experience": ExperiencePage}
TYPE_NAMES = {"post": "Posts", "interview": "Interviews", "experience": "Experience", "page": "Pages"}
TITLES = {"type": "Kind", "category": "Category", "skill": "Skill", "tag": "Tag", "year": "Year"}
MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader has chosen of each facet, "" for none; words that no facet knows are taken for none."""

    type: str = ""
    category: str = ""
    skill: str = ""
    tag: str = ""
    year: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        chosen = {field.name: query.get(field.name, "").replace("\0", "")[:200] for field in fields(cls)}
        chosen["type"] = chosen["type"] if chosen["type"] in TYPE_NAMES else ""
        year = chosen["year"]
        chosen["year"] = year if year.isascii() and year.isdigit() and len(year) == 4 and year > "0001" else ""
        return cls(**chosen)

    def items(self) -> list[tuple[str, str]]:
        return [(field.name, value) for field in fields(self) if (value := getattr(self, field.name))]

    def __bool__(self) -> bool:
        return bool(self.items())


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet; ``url`` chooses it or, when it is chosen, takes that back."""

    name: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    key: str
    title: str
    choices: list[Choice]


def narrowed(pages: QuerySet[Any], chosen: Selection) -> QuerySet[Any]:
    """``pages`` of which all that is chosen is true."""
    if chosen.type in TYPES:
        pages = pages.filter(content_type=type_of(chosen.type))
    elif chosen.type:
        pages = pages.exclude(content_type__in=[type_of(name) for name in TYPES])
    if chosen.category:
        pages = pages.filter(pk__in=Entry.objects.filter(categories__slug=chosen.category).order_by().values("pk"))
    if chosen.tag:
        pages = pages.filter(pk__in=EntryTag.objects.filter(tag__slug=chosen.tag).values("content_object"))
    if chosen.skill:
        entries = EntrySkill.objects.filter(tag__slug=chosen.skill).values("content_object")
        roles = ExperienceSkill.objects.filter(tag__slug=chosen.skill).values("content_object")
        pages = pages.filter(pk__in=entries.union(roles))
    if chosen.year:
        zone = timezone.get_current_timezone()
        begin, end = (timezone.datetime(year, 1, 1, tzinfo=zone) for year in (int(chosen.year), int(chosen.year) + 1))
        pages = pages.filter(entry__date__gte=begin, entry__date__lt=end)
    return pages


def type_of(name: str) -> ContentType:
    return ContentType.objects.get_for_model(TYPES[name])


def facets_of(found: Iterable[Any], matching: QuerySet[Any], chosen: Selection, query: str) -> list[Facet]:
    """The facets in which there is something to choose; one query, whatever there is."""
    names = {type_of(name).pk: name for name in TYPES}
    types = Counter(names.get(one.kind, "page") for one in found)
    zone = timezone.get_current_timezone()
    years = Counter(str(one.date.astimezone(zone).year) for one in found if one.is_entry)
    counts: dict[str, list[tuple[str, str, int]]] = {
        "type": [(name, TYPE_NAMES[name], types[name]) for name in TYPE_NAMES if types[name]],
        "year": [(year, year, years[year]) for year in sorted(years, reverse=True)],
        **terms(matching),
    }
    facets = (Facet(key, title, choices(key, counts.get(key, []), chosen, query)) for key, title in TITLES.items())
    return [facet for facet in facets if len(facet.choices) > 1 or any(choice.is_chosen for choice in facet.choices)]


def terms(matching: QuerySet[Any]) -> dict[str, list[tuple[str, str, int]]]:
    """(slug, name, count) of each category, tag and skill of what matches, most first."""
    pks = matching.order_by().values("pk")
    rows = [
        counted("category", Entry.categories.through.objects.filter(entry__in=pks), "category"),
        counted("tag", EntryTag.objects.filter(content_object__in=pks), "tag"),
        counted("skill", EntrySkill.objects.filter(content_object__in=pks), "tag"),
        counted("skill", ExperienceSkill.objects.filter(content_object__in=pks), "tag"),
    ]
    totals: Counter[tuple[str, str, str]] = Counter()
    for kind, slug, name, count in rows[0].union(*rows[1:], all=True):
        totals[kind, slug, name] += count
    found: dict[str, list[tuple[str, str, int]]] = {}
    for (kind, slug, name), count in sorted(totals.items(), key=lambda item: (-item[1], item[0][2].casefold())):
        found.setdefault(kind, []).append((slug, name, count))
    return found


def counted(kind: str, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
    kind_of = Value(kind, output_field=CharField())
    return (
        rows.order_by()
        .values(f"{term}__slug", f"{term}__name")
        .annotate(n=Count("pk"))
        .values_list(kind_of, F(f"{term}__slug"), F(f"{term}__name"), "n")
    )


def choices(key: str, counts: list[tuple[str, str, int]], chosen: Selection, query: str) -> list[Choice]:
    current = getattr(chosen, key)
    return [
        Choice(
            name, count, address(replace(chosen, **{key: "" if value == current else value}), query), value == current
        )
        for place, (value, name, count) in enumerate(counts)
        if place < MOST_CHOICES or value == current
    ]


def address(chosen: Selection, query: str) -> str:
    asked = [("q", query), *chosen.items()] if query else chosen.items()
    return f"{reverse('search')}?{urlencode(asked)}" if asked else reverse("search")
