"""``{% time_bar evidence as bar %}``: when a skill was used, as a bar of ``WIDTH`` units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils import timezone

register = template.Library()

WIDTH = 1000
NARROWEST = 6


@dataclass(frozen=True, slots=True)
class TimeBar:
    """``spans`` are (start, width) of roles, ``marks`` the places of entries; ``first`` and ``last`` are years."""

    first: int
    last: int
    spans: tuple[tuple[int, int], ...]
    marks: tuple[int, ...]

    @property
    def strokes(self) -> str:
        """The marks as one path, however many there are."""
        return "".join(f"M{place} 0v18" for place in self.marks)


@register.simple_tag
def time_bar(evidence: Any) -> TimeBar | None:
    """The bar of an ``Evidence``, from the start of its first year; None when none of its days are known.

    A day known to its year only begins in January and ends in December, so no role looks shorter than it may have been.
    """
    if evidence.first is None or evidence.last is None:
        return None
    begin = date(evidence.first.year, 1, 1)
    end = timezone.localdate() if evidence.ongoing else date(evidence.last.year, 12, 31)
    length = max((end - begin).days, 1)

    def place(day: date) -> int:
        return round(min(max((day - begin).days / length, 0), 1) * WIDTH)

    spans = []
    for role in evidence.roles:
        if role.start is not None:
            left, right = place(role.start), place(end if role.ongoing else last_day(role.end or role.start, role))
            spans.append((min(left, WIDTH - NARROWEST), max(right - left, NARROWEST)))
    zone = timezone.get_current_timezone()
    marks = {place(day) for day in {moment.astimezone(zone).date() for moment in evidence.dates}}
    return TimeBar(begin.year, end.year, tuple(spans), tuple(sorted(marks)))


def last_day(day: date, role: Any) -> date:
    """The last day that ``day``, the first of its year or month, may stand for."""
    precision = role.end_precision if role.end else role.start_precision
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return day
