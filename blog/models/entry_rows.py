"""Rows of entries: the few columns that links to entries show, read by plain SQL.

Django takes longer to build such querysets than the database to answer them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blog.models.entry import Entry

# What is shown of an entry, and what it is sorted by; the rest is not loaded.
SHOWN = ("id", "content_type_id", "title", "url_path", "path")
SHOWN_OF_ENTRY = ("page_ptr_id", "language", "date", "series_id", "series_position")
COLUMNS = ", ".join([*(f"page.{name}" for name in SHOWN), *(f"entry.{name}" for name in SHOWN_OF_ENTRY)])
# ``EntryQuerySet.published`` but for view restrictions; parameters: live, not listed.
PUBLISHED = "page.live = %s AND page.alias_of_id IS NULL AND entry.out_of_lists = %s"


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

    def __post_init__(self) -> None:
        self.date = as_datetime(self.date)


def as_datetime(stored: datetime | str) -> datetime:
    """A date as the database gives it to plain SQL: SQLite what Django stored, in UTC, as text or without a zone."""
    date = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def entry_of(row: EntryRow) -> Entry:
    """An entry whose other fields are loaded when somebody asks for them."""
    from blog.models.entry import Entry

    names = [field.attname for field in Entry._meta.concrete_fields if hasattr(row, field.attname)]
    return Entry.from_db(None, names, [getattr(row, name) for name in names])
