"""Related entries: the parts of the same series, and entries that share skills and tags."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from wagtail.models import Page

from portfolio.models.visibility import is_public

if TYPE_CHECKING:
    from blog.models.entry import Entry

MOST = 3
# A shared skill says more than a shared tag.
WEIGHTS = {"tags": 1, "skills": 2}
# So many rows that name a shared tag, and a shared skill, are read: those of the entries made last.
WEIGHED = 200
# What is shown of an entry, and what it is sorted by; the rest is not loaded.
SHOWN = ("id", "content_type_id", "title", "url_path", "path")
SHOWN_OF_ENTRY = ("page_ptr_id", "language", "date", "series_id", "series_position")


@dataclass(slots=True)
class EntryRow:
    """The columns of an entry that are shown."""

    id: int
    content_type_id: int
    title: str
    url_path: str
    path: str
    page_ptr_id: int
    language: str
    date: datetime
    series_id: int | None
    series_position: int | None


@dataclass(frozen=True, slots=True)
class RelatedEntries:
    """``parts`` of its series in reading order, with itself; ``previous`` and ``next`` of them; ``entries`` like it."""

    parts: list[Entry]
    previous: Entry | None
    next: Entry | None
    entries: list[Entry]


def related_to(entry: Entry) -> RelatedEntries:
    """All of them, without bodies; none when it is in no series and has no skills and tags."""
    weights = shared_weights(entry)
    rows = published_rows(entry.series_id, weights)
    in_series = [row for row in rows if entry.series_id and row.series_id == entry.series_id]
    others = [row for row in rows if not entry.series_id or row.series_id != entry.series_id]
    others.sort(key=lambda row: (weights[row.id], row.date, row.id), reverse=True)
    parts = [entry_of(row) for row in sorted(in_series, key=in_reading_order)]
    entries = [entry_of(row) for row in others[:MOST]]
    index = next((index for index, part in enumerate(parts) if part.pk == entry.pk), None)
    if index is None:
        return RelatedEntries(parts, None, None, entries)
    return RelatedEntries(parts, parts[index - 1] if index else None, next(iter(parts[index + 1 :]), None), entries)


def in_reading_order(part: Any) -> tuple[bool, int, float, int]:
    """Sort key, as in ``Series.parts``: by number, those without one at the end, by date."""
    return (part.series_position is None, part.series_position or 0, part.date.timestamp(), part.id)


def shared_weights(entry: Entry) -> Counter[int]:
    """How much of its skills and tags other entries have, by primary key."""
    parts, parameters = [], []
    for name, weight in WEIGHTS.items():
        if terms := [term.pk for term in getattr(entry, name).all()]:
            parts.append(sharing_sql(type(entry), name, len(terms)))
            parameters += [weight, *terms]
    if not parts:
        return Counter()
    weights: Counter[int] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for pk, weight in cursor.fetchall():
            weights[pk] += weight
    del weights[entry.pk]
    return weights


@cache
def sharing_sql(model: type[Entry], name: str, terms: int) -> str:
    """(key, weight) of the entries made last that have one of ``terms`` tags or skills; parameters: weight, terms.

    Plain SQL, as in ``prefetch``: Django takes longer to build the two querysets than the database to answer.
    """
    through = model._meta.get_field(name).remote_field.through._meta
    entry, term = (through.get_field(end).column for end in ("content_object", "tag"))
    # SQLite takes an order and a limit in a part of a union only in a query of its own.
    return (  # no part of it comes from outside of the models
        f"SELECT * FROM (SELECT {entry}, %s FROM {through.db_table} "  # noqa: S608
        f"WHERE {term} IN ({', '.join(['%s'] * terms)}) ORDER BY {entry} DESC LIMIT {WEIGHED}) {name}_shared"
    )


def published_rows(series: int | None, weights: Counter[int]) -> list[EntryRow]:
    """The columns shown of the published entries in the series and in ``weights``: few are shown of many."""
    if not series and not weights:
        return []
    with connection.cursor() as cursor:
        cursor.execute(published_sql(len(weights)), [True, False, series, *weights])
        rows = [EntryRow(*columns) for columns in cursor.fetchall()]
    for row in rows:
        row.date = as_datetime(row.date)
    return [row for row in rows if is_public(row.path)]


@cache
def published_sql(keys: int) -> str:
    """The rows of ``EntryQuerySet.published`` but for view restrictions; parameters: live, not listed, series, keys."""
    from blog.models.entry import Entry

    columns = ", ".join([*(f"page.{name}" for name in SHOWN), *(f"entry.{name}" for name in SHOWN_OF_ENTRY)])
    wanted = f"entry.series_id = %s OR page.id IN ({', '.join(['%s'] * keys)})" if keys else "entry.series_id = %s"
    return (  # no part of it comes from outside of the models
        f"SELECT {columns} FROM {Page._meta.db_table} page "  # noqa: S608
        f"JOIN {Entry._meta.db_table} entry ON entry.page_ptr_id = page.id "
        f"WHERE page.live = %s AND page.alias_of_id IS NULL AND entry.out_of_lists = %s AND ({wanted})"
    )


def as_datetime(stored: datetime | str) -> datetime:
    """A date as the database gives it to plain SQL: SQLite the text that Django stored, in UTC."""
    return stored if isinstance(stored, datetime) else datetime.fromisoformat(stored).replace(tzinfo=UTC)


def entry_of(row: EntryRow) -> Entry:
    """An entry whose other fields are loaded when somebody asks for them."""
    from blog.models.entry import Entry

    names = [field.attname for field in Entry._meta.concrete_fields if hasattr(row, field.attname)]
    return Entry.from_db(None, names, [getattr(row, name) for name in names])
