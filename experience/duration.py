"""How long roles took together, time that several share counted once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experience.models import ExperiencePage

DAYS_IN_MONTH = 365.25 / 12

Span = tuple[date, date]


def months_of(roles: Iterable[ExperiencePage], today: date) -> int:
    """Whole months, at least one when any time is known; 0 when none is."""
    days = sum((end - start).days for start, end in merged(filter(None, (span(role, today) for role in roles))))
    return max(round(days / DAYS_IN_MONTH), 1) if days else 0


def span(role: ExperiencePage, today: date) -> Span | None:
    """From the first day of a role to the day after its last; None when its start is unknown or lies ahead.

    Of two years, as in "2018 - 2020", as much is counted as lies between them, and of one year the whole of it.
    """
    if role.start is None:
        return None
    end = today if role.ongoing else after(role)
    return (role.start, min(end, today)) if role.start < min(end, today) else None


def after(role: ExperiencePage) -> date:
    """The day after the role's last."""
    day, precision = (role.end, role.end_precision) if role.end else (role.start, role.start_precision)
    if precision == "year":
        return date(day.year + (day.year == role.start.year), 1, 1)
    if precision == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=1)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
