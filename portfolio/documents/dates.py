"""Parse dates as Ruby does, and so as Jekyll does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portfolio.documents.limits import FIRST_YEAR, LAST_YEAR

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
# The names that Ruby's Time.zone_offset accepts; other names are ignored.
_ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}

_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?:\s*(?P<meridiem>[ap])\.?m\.?\b)?|\s*(?P<only>[ap])\.?m\.?\b|h\b)"
    r"(?:\s*(?P<zone>z\b|utc(?![+-])|gmt(?![+-])|[ecmp][sd]t\b|(?:utc|gmt)?[+-]\d{1,2}:?\d{0,2}))?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>-?\d{4}|\d{1,2})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<year>\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<clock>\d{6}))?(?!\d)")
_DAY_NAMED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<name>[a-z]{3})[a-z]*\.?,?[\s-]+(?P<year>\d{4}|\d\d)(?![\d:])",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    r"\b(?P<name>[a-z]{3})[a-z]*\.?[\s-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(?P<year>\d{4})(?!\d)", re.IGNORECASE
)
# As printed by ``date`` and C's ``ctime``; a zone name unknown to Ruby is ignored.
_YEAR_LAST = re.compile(
    r"\b(?P<name>[a-z]{3})[a-z]*\s+(?P<day>\d{1,2})\s+(?P<time>\d{1,2}:\d\d(?::\d\d)?\s+(?:[a-z+-][\w:]*\s+)?)(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"\b(?P<name>[a-z]{3})[a-z]*\.?,?\s+(?P<year>\d{4})(?!\d)", re.IGNORECASE)


def zone(name: object) -> tzinfo:
    """Return the time zone called ``name``, UTC if it is empty. Raises ``ValueError`` for an unknown name."""
    if not name:
        return UTC
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {name!r}") from error


def ruby_date(value: object, local: tzinfo) -> datetime:
    """Return a front matter value as an aware datetime in the zone ``local``. Raises ``ValueError``."""
    try:
        moment = ruby_time(value, local).astimezone(local)
        moment.astimezone(UTC)  # the database stores that
    except OverflowError as error:  # the first and last days of the calendar overflow in another zone
        raise ValueError(f"{value!s:.40} is out of range") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"{value!s:.40} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
    return moment


def ruby_time(value: object, local: tzinfo) -> datetime:
    """Return a front matter value as an aware datetime in its own zone, else in ``local``.

    Text is parsed as by Ruby's ``Time.parse``. A full YAML timestamp without a zone is UTC, as in Ruby's YAML; a date
    alone or a time without seconds is local.
    Raises ``ValueError``.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC).astimezone(local)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=local)
    return _parsed(str(value), local)


def _parsed(text: str, local: tzinfo) -> datetime:
    text = text.strip()[:128]
    parts = _date_in(text)
    if parts is None:
        raise ValueError(f"{text!r} is not a date")
    year, month, day, rest, clock = parts
    match = None if clock else _TIME.search(rest)
    hour, minute, second, microsecond = (int(clock[:2]), int(clock[2:4]), int(clock[4:]), 0) if clock else (0, 0, 0, 0)
    offset_zone: tzinfo = local
    if match:
        hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
        microsecond = int((match["fraction"] or "0")[:6].ljust(6, "0"))
        meridiem = (match["meridiem"] or match["only"] or "").lower()
        if meridiem:
            hour = hour % 12 + (12 if meridiem == "p" else 0)
        offset_zone = _offset(match["zone"]) or local
    if not 1 <= month <= 12 or not 1 <= day <= 31 or hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute):
        raise ValueError(f"{text!r} is not a date")
    try:  # the 30th of February is the 2nd of March, as in Ruby
        first = datetime(year, month, 1, tzinfo=None)
        wall = first + timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second, microseconds=microsecond)
        return wall.replace(tzinfo=offset_zone)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a date") from error


def _date_in(text: str) -> tuple[int, int, int, str, str] | None:
    for pattern in (_DAY_FIRST, _YEAR_FIRST, _COMPACT, _DAY_NAMED, _NAME_FIRST, _YEAR_LAST, _MONTH_YEAR):
        match = pattern.search(text)
        if match is None:
            continue
        groups = match.groupdict()
        month = _MONTHS.get(groups["name"].lower(), 0) if "name" in groups else int(groups["month"])
        if month:
            after = groups.get("time") or text[match.end() :]
            rest = after if after.strip() else text[: match.start()]
            day = int(groups.get("day") or 1)
            return _full_year(groups["year"]), month, day, re.sub(r"^T", " ", rest), groups.get("clock") or ""
    return None


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 69 else 1900)


def _offset(name: str | None) -> tzinfo | None:
    if not name:
        return None
    lowered = name.lower()
    if lowered in _ZONES:
        return timezone(timedelta(hours=_ZONES[lowered]))
    match = re.search(r"([+-])(\d{2}):?(\d{2})?$", name)
    if match is None:
        return None
    delta = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-delta if match[1] == "-" else delta) if delta < timedelta(hours=24) else None
