"""How long something lasted, as its owner wrote it: "2023-Now", "Sep 2021 – Mar 2023", "seit 2020"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from portfolio.importer.months import fold, month_number
from portfolio.importer.written_dates import WrittenDate, parse_written_date, written_date

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~\u2192"
# A range is split where a dash stands between blanks, then where a word such as "to" stands, then at any dash.
_SPACED_DASH = re.compile(rf"\s+[{_DASHES}]+\s*|\s*[{_DASHES}]+\s+")
_WORD_BETWEEN = re.compile(
    r"\s+(?:to|until|till|through|thru|up to|hasta|al|a|ate|até|à|jusqu[’']à|bis|fino a|tot|a la|y)\s+"
    r"(?:(?:the|la|o|a|le|el)\s+)?",
    re.IGNORECASE,
)
_BARE_DASH = re.compile(rf"[{_DASHES}/]+")
_SINCE = re.compile(
    r"^(?:since|starting|from|as of|desde|a partir de|depuis|seit|ab|dal|sinds|vanaf)\s+(?:el\s+|le\s+|dem\s+)?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^(?:until|till|up to|to|hasta|ate|até|jusqu[’']en|jusqu[’']à|bis|fino al?|tot)\s+", re.IGNORECASE)
_FROM = re.compile(r"^(?:from|between|de|desde|du|von|vom|dal|van|entre|zwischen)\s+", re.IGNORECASE)
# What LinkedIn and other sources print behind a period: "· 1 yr 7 mos", "(2 years)".
_DURATION = re.compile(r"\s*(?:[·•|,;]\s*|\(\s*)\d+\s*(?:y|m|a|j|é)[^()\d]*(?:\d+\s*m[^()\d]*)?\)?\s*$", re.IGNORECASE)
_OPEN_WORDS = """
    now|present|the present|today|current|currently|ongoing|date|to date|this day|
    actualidad|la actualidad|actual|actualmente|presente|el presente|hoy|ahora|la fecha|
    atualmente|atual|atualidade|a atualidade|o presente|hoje|agora|o momento|
    présent|le présent|aujourd'hui|aujourd’hui|ce jour|maintenant|en cours|
    heute|jetzt|gegenwart|laufend|aktuell|dato|oggi|attuale|in corso|ad oggi|heden|nu|vandaag
"""
_OPEN = frozenset(fold(word.strip()) for word in _OPEN_WORDS.split("|"))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with as much of it as the text says.

    ``start`` is the first day of what is known of the beginning ("2021" -> 1 January 2021), ``end`` the last day of
    what is known of the end ("Mar 2023" -> 31 March 2023), so that ``start <= end`` always holds and the more open of
    two ends sorts as the later. ``start_precision`` and ``end_precision`` ("year", "month", "day", "" for unknown) say
    which parts may be shown. ``ongoing`` periods have no end. ``text`` is as written, without surrounding blanks.
    """

    text: str
    start: date | None = None
    start_precision: str = ""
    end: date | None = None
    end_precision: str = ""
    ongoing: bool = False


def parse_period(text: str) -> Period | None:
    """Read a period in English, Spanish, Portuguese, French, German, Italian or Dutch; None when it is not one.

    A single date ("2019", "May 2021") begins and ends within itself. None too for an end before the start.
    """
    written = text.strip()
    body = re.sub(r"\s+", " ", written.strip("()[] ."))
    body = _DURATION.sub("", body)
    if not body or len(body) > 120:
        return None
    period = _open_start(body) or _open_end(body) or _single(body) or _range(body)
    return replace(period, text=written) if period else None


def _single(body: str) -> Period | None:
    known = parse_written_date(body)
    return _between(known, known) if known else None


def _open_end(body: str) -> Period | None:
    """ "since 2020", "2020 –"."""
    since = _SINCE.match(body)
    rest = body[since.end() :] if since else body.rstrip(_DASHES + " ")
    if rest == body:
        return None
    known = parse_written_date(rest)
    return Period("", known.first, known.precision, ongoing=True) if known else None


def _open_start(body: str) -> Period | None:
    """ "until 2020"."""
    until = _UNTIL.match(body)
    known = parse_written_date(body[until.end() :]) if until else None
    return Period("", end=known.last, end_precision=known.precision) if known else None


def _range(body: str) -> Period | None:
    body = _FROM.sub("", body)
    for separator in (_SPACED_DASH, _WORD_BETWEEN, _BARE_DASH):
        for match in separator.finditer(body):
            if period := _from_sides(body[: match.start()].strip(), body[match.end() :].strip(" .")):
                return period
    return None


def _from_sides(left: str, right: str) -> Period | None:
    if fold(right) in _OPEN:
        known = parse_written_date(left)
        return Period("", known.first, known.precision, ongoing=True) if known else None
    end = parse_written_date(right)
    start = parse_written_date(left)
    if end is None and start is not None:
        end = _short_year(start, right)
    if start is None and end is not None:
        start = _borrow_year(left, end)
    return _between(start, end) if start and end else None


def _short_year(start: WrittenDate, right: str) -> WrittenDate | None:
    """The end of "2018/19" and "2018–20": two digits of the same century."""
    if not re.fullmatch(r"[’']?\d\d", right):
        return None
    return written_date(start.first.year // 100 * 100 + int(right[-2:]))


def _borrow_year(left: str, end: WrittenDate) -> WrittenDate | None:
    """The start of "Jan – Mar 2020", which shares the year, and of "3 – 5 May 2021", which shares the month too."""
    month = month_number(left)
    if month is not None:
        return written_date(end.first.year, month)
    if left.rstrip(".").isdecimal() and end.precision == "day":
        return written_date(end.first.year, end.first.month, int(left.rstrip(".")))
    return parse_written_date(f"{left} {end.first.year}") if re.search(r"[^\W\d]", left) else None


def _between(start: WrittenDate, end: WrittenDate) -> Period | None:
    if end.last < start.first:
        return None
    return Period("", start.first, start.precision, end.last, end.precision)
