"""Duration of roles: time that several roles share is counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

if TYPE_CHECKING:
    from experience.models import ExperiencePage

DAYS_IN_MONTH = 365.25 / 12

Span = tuple[date, date]


def total_months(roles: Iterable[ExperiencePage], today: date) -> int:
    """Whole months, at least one when any time is known; 0 when none is."""
    days = sum((end - start).days for start, end in merge_spans(filter(None, (span_of(role, today) for role in roles))))
    return max(round(days / DAYS_IN_MONTH), 1) if days else 0


def format_months(months: int, *, to_the_month: bool = False) -> str:
    """ "7 years" or, ``to_the_month``, "7 years 2 months"; "5 months" when it is less than a year; "" for 0."""
    if months < 12:
        return count_of_months(months)
    if not to_the_month:
        return count_of_years(round(months / 12))
    years, rest = count_of_years(months // 12), count_of_months(months % 12)
    if not rest:
        return years
    # Translators: "7 years 2 months".
    return gettext("%(years)s %(months)s") % {"years": years, "months": rest}


def count_of_years(number: int) -> str:
    return ngettext("%(count)s year", "%(count)s years", number) % {"count": number} if number else ""


def count_of_months(number: int) -> str:
    return ngettext("%(count)s month", "%(count)s months", number) % {"count": number} if number else ""


def total_time(roles: Sequence[ExperiencePage], today: date) -> str:
    """How long the roles took together, to the month only when all their dates are known to the month."""
    precisions = {role.start_precision for role in roles} | {role.end_precision for role in roles if not role.ongoing}
    return format_months(total_months(roles, today), to_the_month=precisions <= {"month", "day"})


def span_of(role: ExperiencePage, today: date) -> Span | None:
    """From the first day of a role to the day after its last; None when its start is unknown or lies ahead.

    A year without a month counts as its middle, at the beginning, at the end and for "now" alike, so that as many
    years are counted as lie between: three for "2019 - 2022", four for "2022 - now" in 2026. Of "2019" alone the
    whole year is counted, of the current year what has passed.
    """
    if role.start is None or role.start > today:
        return None
    by_year = role.start_precision == "year"
    first = middle_of(role.start.year) if by_year else role.start
    last = last_day(role, today)
    if first < last:
        return first, last
    if by_year and last == first and role.start.year < today.year:
        return first, middle_of(role.start.year + 1)
    last = today if role.ongoing else min(day_after(role), today)
    return (role.start, last) if role.start < last else None


def last_day(role: ExperiencePage, today: date) -> date:
    """Where the role ends, no later than now; in years alone where its beginning or its end is known so."""
    by_year = role.start_precision == "year"
    if not role.ongoing and end_of(role)[1] == "year":
        last = middle_of(min(end_of(role)[0].year, today.year))
        return last if by_year else min(last, today)
    if role.ongoing or day_after(role) > today:
        return middle_of(today.year) if by_year else today
    return day_after(role)


def middle_of(year: int) -> date:
    return date(year, 7, 1)


def end_of(role: ExperiencePage) -> tuple[date, str]:
    """The last day and its precision; a period that tells no end ends as it begins."""
    return (role.end, role.end_precision) if role.end else (role.start, role.start_precision)


def day_after(role: ExperiencePage) -> date:
    """The day after the role's last."""
    day, precision = end_of(role)
    if precision == "year":
        return date(day.year + 1, 1, 1)
    if precision == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=1)


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result
