"""Chronology: the entries before and after an entry by date, in its language, for readers who go on from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from wagtail.models import Page

from blog.models.entry_rows import COLUMNS, PUBLISHED, EntryRow, entry_of

if TYPE_CHECKING:
    from blog.models.entry import Entry

# So many on each side are read: the nearest may be for few readers only.
READ = 5


@dataclass(frozen=True, slots=True)
class NearestEntries:
    earlier: Entry | None = None
    later: Entry | None = None


def nearest_of(entry: Entry, rows: Iterable[EntryRow]) -> NearestEntries:
    own = (entry.date, entry.pk)
    ordered = sorted(rows, key=in_time)
    earlier = next((row for row in reversed(ordered) if in_time(row) < own), None)
    later = next((row for row in ordered if in_time(row) > own), None)
    return NearestEntries(earlier and entry_of(earlier), later and entry_of(later))


def in_time(row: EntryRow) -> tuple[Any, int]:
    return row.date, row.id


def nearest_parameters(entry: Entry) -> list[Any]:
    """The parameters of ``nearest_sql``."""
    date = connection.ops.adapt_datetimefield_value(entry.date)
    return [True, False, entry.language, date, date, entry.pk] * 2


@cache
def nearest_sql() -> str:
    """Published entries on both sides of a date."""
    return f"{side_sql('<', 'DESC')} UNION ALL {side_sql('>', 'ASC')}"


def side_sql(sign: str, order: str) -> str:
    from blog.models.entry import Entry

    # SQLite takes an order and a limit in a part of a union only in a query of its own.
    return (  # no part of it comes from outside of the models
        f"SELECT * FROM (SELECT {COLUMNS}, 1 FROM {Entry._meta.db_table} entry "  # noqa: S608
        f"JOIN {Page._meta.db_table} page ON entry.page_ptr_id = page.id "
        f"WHERE {PUBLISHED} AND entry.language = %s "
        f"AND entry.date {sign}= %s AND (entry.date {sign} %s OR page.id {sign} %s) "
        f"ORDER BY entry.date {order}, page.id {order} LIMIT {READ}) side_{order.lower()}"
    )
