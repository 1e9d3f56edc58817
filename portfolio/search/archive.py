"""Archive: the contents of the site, as sections of pages, dated pages by year and month, and the terms they use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Max, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from portfolio.content.lists import newest_first, published
from portfolio.content.registry import ArchiveSection, PageList, Taxonomy, archive_sections, dated_lists, taxonomies
from portfolio.content.terms import UsedTerm, used_terms
from portfolio.validation.date_range import start_of_month

# Up to this many titles stand on one page; beyond it, older years and long ones are given by their months.
MOST_TITLES = 200
# What is shown of a page, beside its date; making objects of whole rows takes longer than reading them.
LISTED = ("content_type", "language", "path", "title", "url_path")


class YearConverter:
    """Path converter: a year of four digits, whatever is stored."""

    regex = r"[0-9]{4}"

    def to_python(self, value: str) -> int:
        if value == "0000":
            raise ValueError("There is no year 0")
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter:
    """Path converter: a month of two digits."""

    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class DatedRow(NamedTuple):
    """A page of a dated list, with its day in the owner's calendar."""

    page_list: PageList
    pk: int
    day: date


@dataclass(frozen=True, slots=True)
class ArchiveMonth:
    """``first`` is its first day; ``entries`` are the newest first, empty when only their ``count`` is shown."""

    first: date
    count: int
    entries: list[Page]

    @property
    def url(self) -> str:
        return reverse("archive_month", args=[self.first.year, self.first.month])


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """``is_open`` says that the months come with their entries."""

    number: int
    count: int
    months: list[ArchiveMonth]
    is_open: bool


def contents(request: HttpRequest) -> HttpResponse:
    """``/archive/``. Costs the same number of queries however much there is.

    What it shows is kept for one version of the site and one day, and is made when it is missing.
    """
    context = {
        "sections": SimpleLazyObject(lambda: sections(request)),
        "years": SimpleLazyObject(lambda: years(dated_rows())),
        "taxonomies": SimpleLazyObject(lambda: [(taxonomy, subjects(taxonomy)) for taxonomy in taxonomies()]),
        "today": timezone.localdate(),  # a note may say how long something has taken
    }
    return render(request, "archive.html", context)


def sections(request: HttpRequest) -> list[tuple[ArchiveSection, list[tuple[Page, str]]]]:
    """The sections with their pages, each with its note."""
    return [
        (section, [(page, section.note(page)) for page in section.pages(request)]) for section in archive_sections()
    ]


def year(request: HttpRequest, year: int) -> HttpResponse:
    """``/archive/2024/``, with ``newer`` and ``older``: the years beside it in which something was published."""
    start, end = midnight(year, 1), midnight(year + 1, 1)
    shown = years(dated_rows(start, end))
    if not shown:
        raise Http404("Nothing was published in this year")
    older, newer = dates_beside(start, end)
    context = {
        name: timezone.localtime(date).year if date else None for name, date in (("older", older), ("newer", newer))
    }
    return render(request, "archive_year.html", {"year": shown[0], **context})


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """``/archive/2024/03/``: always with all titles."""
    rows = dated_rows(midnight(year, month), midnight(year, month + 1))
    if not rows:
        raise Http404("Nothing was published in this month")
    return render(request, "archive_month.html", {"month": month_of(rows, loaded(rows))})


def midnight(year: int, month: int) -> datetime:
    """When the month begins in the owner's calendar; month 13 is the January after."""
    return start_of_month(year, month, timezone.get_current_timezone())


def dated_rows(start: datetime | None = None, end: datetime | None = None) -> list[DatedRow]:
    """The published pages, newest first. For ten thousand far quicker than to count months in the database."""
    zone = timezone.get_current_timezone()
    rows = []
    for page_list in dated_lists():
        pages = newest_first(page_list)
        if start and end:
            pages = pages.filter(**{f"{page_list.date}__gte": start, f"{page_list.date}__lt": end})
        rows += [(date, pk, page_list) for pk, date in pages.values_list("pk", page_list.date)]
    rows.sort(key=lambda row: row[:2], reverse=True)
    return [DatedRow(page_list, pk, date.astimezone(zone).date()) for date, pk, page_list in rows]


def dates_beside(start: datetime, end: datetime) -> tuple[datetime | None, datetime | None]:
    """The date of the last page before ``start``, and of the first from ``end`` on."""
    older, newer = [], []
    for page_list in dated_lists():
        name = page_list.date
        dates = published(page_list).aggregate(
            older=Max(name, filter=Q(**{f"{name}__lt": start})), newer=Min(name, filter=Q(**{f"{name}__gte": end}))
        )
        older.append(dates["older"])
        newer.append(dates["newer"])
    return max(filter(None, older), default=None), min(filter(None, newer), default=None)


def years(rows: list[DatedRow]) -> list[ArchiveYear]:
    """The years, newest first; with titles as long as no more than ``MOST_TITLES`` stand above and in a year."""
    grouped = [(number, list(group)) for number, group in groupby(rows, key=lambda row: row.day.year)]
    opened: dict[int, list[DatedRow]] = {}
    total = 0
    for number, group in grouped:
        total += len(group)
        if total <= MOST_TITLES:
            opened[number] = group
    pages = loaded([row for group in opened.values() for row in group])
    return [ArchiveYear(number, len(group), months(group, pages), number in opened) for number, group in grouped]


def months(rows: Iterable[DatedRow], pages: dict[int, Page]) -> list[ArchiveMonth]:
    return [month_of(list(group), pages) for _, group in groupby(rows, key=lambda row: row.day.replace(day=1))]


def month_of(rows: list[DatedRow], pages: dict[int, Page]) -> ArchiveMonth:
    """One month from its rows, of which there is at least one; ``pages`` are those whose titles are shown."""
    entries = [pages[row.pk] for row in rows if row.pk in pages]
    return ArchiveMonth(rows[0].day.replace(day=1), len(rows), entries)


def loaded(rows: Iterable[DatedRow]) -> dict[int, Page]:
    """The pages of the rows by key, from one query for each list."""
    keys: dict[PageList, list[int]] = {}
    for row in rows:
        keys.setdefault(row.page_list, []).append(row.pk)
    pages: dict[int, Page] = {}
    for page_list, pks in keys.items():
        pages |= page_list.model._default_manager.only(*LISTED, page_list.date).in_bulk(pks)
    return pages


def subjects(taxonomy: Taxonomy) -> list[UsedTerm]:
    """The terms most used: in this order, or by name."""
    terms = used_terms(taxonomy, taxonomy.max_listed)
    return terms if taxonomy.most_used_first else sorted(terms, key=lambda term: term.name.casefold())
