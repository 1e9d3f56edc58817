"""The table of contents of the whole site: pages, roles, writing by year and month, and what it is sorted under."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site, get_page_models

from blog.models import Entry
from experience.models import ExperiencePage
from experience.timeline import in_order
from portfolio.feeds.channels import LISTINGS
from portfolio.skills import home_skills
from portfolio.visibility import open_to_everybody

# Up to this many titles stand on one page; beyond it, older years and long ones are given by their months.
MOST_TITLES = 200
MOST_SUBJECTS = 60

# (id of an entry, its day in the owner's calendar)
Dated = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Month:
    """``first`` is its first day; ``entries`` are the newest first, empty when only their ``count`` is shown."""

    first: date
    count: int
    entries: list[Entry]

    @property
    def url(self) -> str:
        return reverse("archive_month", args=[self.first.year, f"{self.first.month:02}"])


@dataclass(frozen=True, slots=True)
class Year:
    """``is_open`` says that the months come with their entries."""

    number: int
    count: int
    months: list[Month]
    is_open: bool


def contents(request: HttpRequest) -> HttpResponse:
    """``/archive/``: everything. Costs the same number of queries however much there is."""
    context = {
        "pages": plain_pages(request),
        "roles": in_order(ExperiencePage.objects.published().defer_streamfields()),
        "years": years(dated_entries()),
        "series": subjects("series"),
        "categories": subjects("category"),
        "tags": subjects("tag"),
        **home_skills(request),
    }
    return render(request, "archive.html", context)


def year(request: HttpRequest, year: str) -> HttpResponse:
    """``/archive/2024/``, with ``newer`` and ``older``: the years beside it in which something was published."""
    start, end = midnight(int(year), 1), midnight(int(year) + 1, 1)
    found = years(dated_entries(date__gte=start, date__lt=end))
    if not found:
        raise Http404("Nothing was published in this year")
    beside = (
        Entry.objects.published()
        .order_by()
        .aggregate(older=Max("date", filter=Q(date__lt=start)), newer=Min("date", filter=Q(date__gte=end)))
    )
    context = {name: timezone.localtime(moment).year if moment else None for name, moment in beside.items()}
    return render(request, "archive_year.html", {"year": found[0], **context})


def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """``/archive/2024/03/``: always with all titles."""
    start, end = midnight(int(year), int(month)), midnight(int(year), int(month) + 1)
    entries = dated_entries(date__gte=start, date__lt=end)
    if not entries:
        raise Http404("Nothing was published in this month")
    rows = Entry.objects.in_bulk([pk for pk, _ in entries])
    return render(request, "archive_month.html", {"month": month_of(entries, rows)})


def midnight(year: int, month: int) -> datetime:
    """When the month begins in the owner's calendar; month 13 is the January after."""
    return datetime(year + month // 13, (month - 1) % 12 + 1, 1, tzinfo=timezone.get_current_timezone())


def dated_entries(**between: datetime) -> list[Dated]:
    """What is published, newest first. For ten thousand entries far quicker than to count months in the database."""
    zone = timezone.get_current_timezone()
    rows = Entry.objects.published().filter(**between).values_list("pk", "date")
    return [(pk, moment.astimezone(zone).date()) for pk, moment in rows]


def years(entries: list[Dated]) -> list[Year]:
    """The years, newest first; with titles as long as no more than ``MOST_TITLES`` stand above and in a year."""
    grouped = [(number, list(group)) for number, group in groupby(entries, key=lambda row: row[1].year)]
    shown: dict[int, list[int]] = {}
    total = 0
    for number, group in grouped:
        total += len(group)
        if total <= MOST_TITLES:
            shown[number] = [pk for pk, _ in group]
    rows = Entry.objects.in_bulk([pk for pks in shown.values() for pk in pks])
    return [Year(number, len(group), months(group, rows), number in shown) for number, group in grouped]


def months(entries: Iterable[Dated], rows: dict[int, Entry]) -> list[Month]:
    return [month_of(list(group), rows) for _, group in groupby(entries, key=lambda row: row[1].replace(day=1))]


def month_of(entries: list[Dated], rows: dict[int, Entry]) -> Month:
    """One month from its entries, of which there is at least one; ``rows`` are those whose titles are shown."""
    return Month(entries[0][1].replace(day=1), len(entries), [rows[pk] for pk, _ in entries if pk in rows])


def plain_pages(request: HttpRequest) -> list[Page]:
    """The pages of this site that are neither entries nor roles, in the tree's order, without the front page."""
    home = Site.find_for_request(request).root_page
    plain = [
        model for model in get_page_models() if model is not Page and not issubclass(model, Entry | ExperiencePage)
    ]
    # By their few kinds, or the database would look at every entry to find out what it is not.
    kinds = list(ContentType.objects.get_for_models(*plain).values())
    pages = home.get_descendants().live().filter(content_type__in=kinds)
    return list(open_to_everybody(pages).order_by("path"))


def subjects(kind: str) -> list[dict[str, Any]]:
    """The tags, categories or series most used, in order of name, each with ``name``, ``url`` and ``uses``."""
    listing = LISTINGS[kind]
    slug, name = f"{listing.lookup}__slug", f"{listing.lookup}__{listing.name}"
    rows = Entry.objects.published().filter(**{f"{slug}__isnull": False}).values_list(slug, name)
    most = rows.annotate(uses=Count("pk")).order_by("-uses", name)[:MOST_SUBJECTS]
    found = [{"name": name, "url": reverse(kind, args=[slug]), "uses": uses} for slug, name, uses in most]
    return sorted(found, key=lambda subject: subject["name"].casefold())
