"""What to read besides an entry: the parts of its series, and entries that share skills and tags with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from blog.models.entry import Entry
    from blog.querysets import EntryQuerySet

MOST = 3
# A shared skill says more than a shared tag.
WEIGHTS = {"tags": 1, "skills": 2}
# Of the entries that share something, so many of each kind are weighed: those made last.
WEIGHED = 200


@dataclass(frozen=True, slots=True)
class Companions:
    """``parts`` of the series in reading order, with this one; ``previous`` and ``next`` beside it; ``related``."""

    parts: list[Entry]
    previous: Entry | None
    next: Entry | None
    related: list[Entry]


def companions_of(entry: Entry) -> Companions:
    """All of them from one query, without bodies; none when there is nothing to go by."""
    from blog.models.entry import Entry

    terms = {name: [term.pk for term in getattr(entry, name).all()] for name in WEIGHTS}
    wanted = Q(series=entry.series_id) if entry.series_id else Q()
    if any(terms.values()):
        wanted |= Q(pk__in=nearest(entry, terms).values("pk")[:MOST])
    if not wanted:
        return Companions([], None, None, [])
    rows = list(weighed(Entry.objects.published().filter(wanted), terms))
    parts = sorted((row for row in rows if entry.series_id and row.series_id == entry.series_id), key=in_reading_order)
    related = sorted((row for row in rows if row not in parts), key=lambda row: (-row.weight, -row.date.timestamp()))
    place = next((number for number, part in enumerate(parts) if part.pk == entry.pk), None)
    beside = {place - 1: "previous", place + 1: "next"} if place is not None else {}
    found = {beside[number]: part for number, part in enumerate(parts) if number in beside}
    return Companions(parts, found.get("previous"), found.get("next"), related)


def in_reading_order(part: Entry) -> tuple[bool, int, float, int]:
    """As ``Series.parts`` has it: by number, those without one at the end, by date."""
    return (part.series_position is None, part.series_position or 0, part.date.timestamp(), part.pk)


def nearest(entry: Entry, terms: dict[str, list[int]]) -> EntryQuerySet:
    """Published entries that share a term, the most and weightiest first, but for parts of the same series."""
    from blog.models.entry import Entry

    shared = Q()
    for name, pks in terms.items():
        rows = type(entry)._meta.get_field(name).remote_field.through.objects.filter(tag__in=pks)
        shared |= Q(pk__in=rows.order_by("-content_object_id").values("content_object_id")[:WEIGHED])
    others = Entry.objects.published().filter(shared).exclude(pk=entry.pk)
    if entry.series_id:
        others = others.exclude(series=entry.series_id)
    return weighed(others, terms).order_by("-weight", "-date", "-pk")


def weighed(entries: EntryQuerySet, terms: dict[str, list[int]]) -> EntryQuerySet:
    """With ``weight``: how much of the terms each has."""
    weight = sum(Coalesce(Subquery(shared_of(entries, name, pks)), 0) * WEIGHTS[name] for name, pks in terms.items())
    return entries.annotate(weight=weight)


def shared_of(entries: EntryQuerySet, name: str, pks: list[int]) -> EntryQuerySet:
    through = entries.model._meta.get_field(name).remote_field.through
    rows = through.objects.filter(content_object=OuterRef("pk"), tag__in=pks).order_by().values("content_object")
    return rows.annotate(n=Count("pk")).values("n")
