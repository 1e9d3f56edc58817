"""How long roles took together, time that several share counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def in_words(months: int, *, to_the_month: bool = False) -> str:
    """ "7 years" or, ``to_the_month``, "7 years 2 months"; "5 months" when it is less than a year; "" for 0."""
    if months < 12:
        return counted(months, "month")
    if not to_the_month:
        return counted(round(months / 12), "year")
    return " ".join(filter(None, [counted(months // 12, "year"), counted(months % 12, "month")]))


def counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else ""


def time_in(roles: Sequence[ExperiencePage], today: date) -> str:
    """How long the roles took together, to the month only when all their dates are known so well."""
    known = {role.start_precision for role in roles} | {role.end_precision for role in roles if not role.ongoing}
    return in_words(months_of(roles, today), to_the_month=known <= {"month", "day"})


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
