"""Related entries: the parts of the same series, entries that share skills and tags, and the nearest by date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from wagtail.models import Page

from blog.models.chronology import NearestEntries, nearest_of, nearest_parameters, nearest_sql
from blog.models.entry_rows import COLUMNS, PUBLISHED, EntryRow, entry_of
from portfolio.models.visibility import is_public

if TYPE_CHECKING:
    from blog.models.entry import Entry

MOST = 3
# A shared skill says more than a shared tag.
WEIGHTS = {"tags": 1, "skills": 2}
# So many rows that name a shared tag, and a shared skill, are read: those of the entries made last.
WEIGHED = 200


@dataclass(frozen=True, slots=True)
class RelatedEntries:
    """``parts`` of its series in reading order, with itself; ``previous`` and ``next`` of them; ``entries`` like it.

    ``nearest`` are those before and after it by date, of an entry outside of series.
    """

    parts: list[Entry]
    previous: Entry | None
    next: Entry | None
    entries: list[Entry]
    nearest: NearestEntries = NearestEntries()


def related_to(entry: Entry) -> RelatedEntries:
    """All of them, without bodies."""
    weights = shared_weights(entry)
    rows, beside = published_rows(entry, weights)
    in_series = [row for row in rows if entry.series_id and row.series_id == entry.series_id]
    others = [row for row in rows if not entry.series_id or row.series_id != entry.series_id]
    others.sort(key=lambda row: (weights[row.id], row.date, row.id), reverse=True)
    parts = [entry_of(row) for row in sorted(in_series, key=in_reading_order)]
    entries = [entry_of(row) for row in others[:MOST]]
    index = next((index for index, part in enumerate(parts) if part.pk == entry.pk), None)
    if index is None:
        return RelatedEntries(parts, None, None, entries, nearest_of(entry, beside))
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


def published_rows(entry: Entry, weights: Counter[int]) -> tuple[list[EntryRow], list[EntryRow]]:
    """The published entries in the series and in ``weights``, and those beside ``entry`` in time, in one query."""
    parameters = [True, False, entry.series_id, *weights]
    if not entry.series_id:
        parameters += nearest_parameters(entry)
    with connection.cursor() as cursor:
        cursor.execute(published_sql(len(weights), with_nearest=not entry.series_id), parameters)
        found = [(EntryRow(*columns), is_beside) for *columns, is_beside in cursor.fetchall()]
    rows = [(row, is_beside) for row, is_beside in found if is_public(row.path)]
    return [row for row, is_beside in rows if not is_beside], [row for row, is_beside in rows if is_beside]


@cache
def published_sql(keys: int, *, with_nearest: bool) -> str:
    """The columns shown of entries, and whether they stand beside in time; parameters: live, not listed, series, keys,
    and those of ``nearest_sql``.
    """
    from blog.models.entry import Entry

    wanted = f"entry.series_id = %s OR page.id IN ({', '.join(['%s'] * keys)})" if keys else "entry.series_id = %s"
    related = (  # no part of it comes from outside of the models
        f"SELECT {COLUMNS}, 0 FROM {Page._meta.db_table} page "  # noqa: S608
        f"JOIN {Entry._meta.db_table} entry ON entry.page_ptr_id = page.id WHERE {PUBLISHED} AND ({wanted})"
    )
    return f"{related} UNION ALL {nearest_sql()}" if with_nearest else related
