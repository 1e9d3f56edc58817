"""Where the uses of a skill lie on its bar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from portfolio.templatetags.time_bar import WIDTH, time_bar


def role(start: date | None, end: date | None = None, precision: str = "year", ongoing: bool = False) -> Any:
    return SimpleNamespace(start=start, end=end, start_precision=precision, end_precision=precision, ongoing=ongoing)


def evidence(*roles: Any, posts: tuple[datetime, ...] = (), ongoing: bool = False) -> Any:
    days = [day for one in roles for day in (one.start, one.end) if day] + [day.date() for day in posts]
    return SimpleNamespace(
        first=min(days, default=None),
        last=date(2026, 1, 1) if ongoing else max(days, default=None),
        ongoing=ongoing,
        roles=list(roles),
        dates=list(posts),
    )


def test_a_role_known_by_its_years_fills_them_whole():
    bar = time_bar(evidence(role(date(2018, 1, 1), date(2020, 1, 1))))
    assert (bar.first, bar.last, bar.spans) == (2018, 2020, ((0, WIDTH),))


def test_a_month_ends_on_its_last_day():
    until_june = time_bar(evidence(role(date(2020, 1, 1), date(2020, 6, 1), "month")))
    assert until_june.spans == ((0, round(181 / 365 * WIDTH)),)


def test_an_ongoing_role_reaches_the_end_of_the_bar():
    bar = time_bar(evidence(role(date(2019, 1, 1), ongoing=True), ongoing=True))
    assert bar.spans == ((0, WIDTH),)


def test_a_single_day_is_wide_enough_to_be_seen():
    day = date(2020, 12, 31)
    (start, width), _ = time_bar(evidence(role(day, day, "day"), role(date(2010, 1, 1), date(2011, 1, 1)))).spans
    assert width >= 6
    assert start + width <= WIDTH


def test_entries_are_marks_in_order():
    bar = time_bar(evidence(posts=(datetime(2021, 12, 31, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))))
    assert bar.marks == (0, WIDTH)
    assert bar.strokes == f"M0 0v18M{WIDTH} 0v18"


def test_a_role_without_a_known_start_has_no_place():
    assert time_bar(evidence(role(None), posts=(datetime(2020, 5, 1, tzinfo=UTC),))).spans == ()


def test_without_a_known_day_there_is_no_bar():
    assert time_bar(evidence(role(None))) is None
