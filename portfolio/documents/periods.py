"""Parse periods as people write them: "2023-Now", "Sep 2021 – Mar 2023", "seit 2020"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from portfolio.documents.months import fold, month_number
from portfolio.documents.written_dates import WrittenDate, parse_written_date, whole_year, written_date

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~\u2192\u301c\uff5e\uff0d"
# One or more dashes, or an arrow: "2019->2022", "2019 => 2022".
_DASH = rf"(?:[-=]+>|[{_DASHES}]+)"
# A range is split at a dash with spaces, then at a word such as "to", then at any dash.
_SPACED_DASH = re.compile(rf"\s+{_DASH}\s*|\s*{_DASH}\s+")
_WORD_BETWEEN = re.compile(
    r"\s+(?:to|until|till|through|thru|up to|hasta|al|a|ate|até|à|jusqu[’']à|bis|fino a|tot|a la|y)\s+"
    r"(?:(?:the|la|o|a|le|el)\s+)?",
    re.IGNORECASE,
)
_BARE_DASH = re.compile(rf"{_DASH}|/+")
_OPEN_DASH = re.compile(rf"{_DASH}$")  # "2020 –"
# A remark after a period: "2022 - now (part-time)", "2019–2021 [80 %]".
_REMARK = re.compile(rf"(?<=[^{_DASHES}\s>])\s*[(\[](?=[^()\[\]]*(?:[^\W\d_]|%))[^()\[\]]*[)\]]\.?$")
# Longest period, in years, for which a two-digit year may belong to the next century ("1999–00").
_MAX_ACROSS_CENTURY = 70
# The words for a beginning, and below those for an end that is still to come, by language.
_SINCE_WORDS = {
    "en": "since|starting|from|as of",
    "es": "desde|a partir de",
    "pt": "desde|a partir de",
    "fr": "depuis",
    "de": "seit|ab",
    "it": "dal",
    "nl": "sinds|vanaf",
}
_SINCE = re.compile(
    rf"^(?P<word>{'|'.join(dict.fromkeys('|'.join(_SINCE_WORDS.values()).split('|')))})\s+(?:el\s+|le\s+|dem\s+)?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^(?:until|till|up to|to|hasta|ate|até|jusqu[’']en|jusqu[’']à|bis|fino al?|tot)\s+", re.IGNORECASE)
_FROM = re.compile(r"^(?:from|between|de|desde|du|von|vom|dal|van|entre|zwischen)\s+", re.IGNORECASE)
# A duration after a period, as LinkedIn prints it: "· 1 yr 7 mos", "(2 years)".
_DURATION = re.compile(r"\s*(?:[·•|,;]\s*|\(\s*)\d+\s*(?:y|m|a|j|é)[^()\d]*(?:\d+\s*m[^()\d]*)?\)?\s*$", re.IGNORECASE)
_OPEN_WORDS = {
    "en": "now|present|the present|today|current|currently|ongoing|date|to date|this day",
    "es": "actualidad|la actualidad|actual|actualmente|presente|el presente|hoy|ahora|la fecha",
    "pt": "atualmente|atual|atualidade|a atualidade|presente|o presente|hoje|agora|o momento",
    "fr": "présent|le présent|aujourd'hui|aujourd’hui|ce jour|maintenant|en cours",
    "de": "heute|jetzt|gegenwart|laufend|aktuell|dato",
    "it": "oggi|presente|attuale|in corso|ad oggi",
    "nl": "heden|nu|vandaag",
    "ja": "現在|現在に至る|現職",
}
# "09/17", which is a date only beside another one.
_MONTH_OF_SHORT_YEAR = re.compile(r"(\d{1,2})[./](\d\d)")
# "5/10 – 7/10" are scores; the months would be "05/10 – 07/10".
_SCORE = re.compile(r"(?:[1-9]|10)/10")
_MAX_LENGTH = 160  # characters
_OPEN = frozenset(fold(word) for words in _OPEN_WORDS.values() for word in words.split("|"))


@dataclass(frozen=True, slots=True)
class Period:
    """A period of time with the precision of its text.

    ``start`` is the first possible day of the beginning ("2021" -> 1 January 2021), ``end`` the last possible day of
    the end ("Mar 2023" -> 31 March 2023), so that ``start <= end`` always holds and the less precise of two ends sorts
    as the later. ``start_precision`` and ``end_precision`` ("year", "month", "day", "" for unknown) say which parts may
    be shown. ``ongoing`` periods have no end. ``text`` is as written, without surrounding spaces.
    """

    text: str
    start: date | None = None
    start_precision: str = ""
    end: date | None = None
    end_precision: str = ""
    ongoing: bool = False


def parse_period(text: str) -> Period | None:
    """Parse a period in one of the languages of `_OPEN_WORDS`; None if it is not one.

    A single date ("2019", "May 2021") is both beginning and end. Returns None also for an end before the start. A
    remark in brackets after the period ("(part-time)") is ignored.
    """
    read = _read(re.sub(r"\s+", " ", text.strip()))
    return replace(read[0], text=text.strip()) if read else None


def _read(shown: str) -> tuple[Period, str] | None:
    """Return the period of ``shown``, and the part without brackets, duration and remark."""
    if len(shown) > _MAX_LENGTH:
        return None
    for written in dict.fromkeys((shown, _REMARK.sub("", shown))):
        body = _DURATION.sub("", written.strip("()[] ."))
        if body and (period := _open_start(body) or _open_end(body) or _single(body) or _range(body)):
            return period, body
    return None


@lru_cache(maxsize=1024)  # pages show the same few periods again and again
def with_en_dash(text: str) -> str:
    """Return ``text`` with an en dash in place of a hyphen, another dash or an arrow between beginning and end.

    Spaces, words ("2019 to 2022"), hyphens inside dates and text that is not a period stay as they are.
    """
    shown = re.sub(r"\s+", " ", text.strip())
    read = _read(shown)
    if read is None:
        return shown
    body = read[1]
    offset = shown.index(body)
    if (until := _OPEN_DASH.search(body)) is not None and not _SINCE.match(body):
        match = until
    elif _open_start(body) or _open_end(body) or _single(body) or (divided := _divided(body)) is None:
        return shown
    else:
        match = divided[1]
    between = match[0].strip()
    if re.fullmatch(_DASH, between) is None:
        return shown
    start = offset + match.start() + match[0].index(between)
    return f"{shown[:start]}\u2013{shown[start + len(between) :]}"


@lru_cache(maxsize=1024)
def in_language(text: str, language: str, now: str, since: str) -> str:
    """Return ``with_en_dash(text)`` with the word for an open end, or for a beginning, in ``language`` ("en", "pt").

    ``now`` and ``since`` ("since {date}") are that language's, and used where the text has another language's word.
    """
    shown = with_en_dash(text)
    read = _read(shown)
    if read is None or not read[0].ongoing:
        return shown
    body = read[1]
    if (match := _SINCE.match(body)) and _open_end(body):
        is_own = _has_word(_SINCE_WORDS, language, match["word"])
        changed = body if is_own else since.format(date=body[match.end() :])
    elif divided := _divided(body):
        between = divided[1]
        is_own = _has_word(_OPEN_WORDS, language, body[between.end() :].strip(" ."))
        start = body[: between.start()].rstrip()
        dash = between[0] if re.fullmatch(_DASH, between[0].strip()) else "\u2013"  # not "to"
        changed = body if is_own else f"{_FROM.sub('', start)}{dash}{now}"
    else:
        return shown
    return shown.replace(body, changed, 1)


def _has_word(words: dict[str, str], language: str, word: str) -> bool:
    return fold(word) in {fold(own) for own in words.get(language, "").split("|")}


def _single(body: str) -> Period | None:
    written = parse_written_date(body)
    return _between(written, written) if written else None


def _open_end(body: str) -> Period | None:
    """ "since 2020", "2020 –"."""
    since = _SINCE.match(body)
    rest = body[since.end() :] if since else _OPEN_DASH.sub("", body).rstrip()
    if rest == body:
        return None
    written = parse_written_date(rest)
    return Period("", written.first, written.precision, ongoing=True) if written else None


def _open_start(body: str) -> Period | None:
    """ "until 2020"."""
    until = _UNTIL.match(body)
    written = parse_written_date(body[until.end() :]) if until else None
    return Period("", end=written.last, end_precision=written.precision) if written else None


def _range(body: str) -> Period | None:
    divided = _divided(body)
    return divided[0] if divided else None


def _divided(body: str) -> tuple[Period, re.Match[str]] | None:
    """Return the period of two dates, and the match of what separates them in ``body``."""
    begin = opening.end() if (opening := _FROM.match(body)) else 0
    for separator in (_SPACED_DASH, _WORD_BETWEEN, _BARE_DASH):
        for match in separator.finditer(body, begin):
            if period := _from_sides(body[begin : match.start()].strip(), body[match.end() :].strip(" .")):
                return period, match
    return None


def _from_sides(left: str, right: str) -> Period | None:
    if _SCORE.fullmatch(left) and _SCORE.fullmatch(right):
        return None
    start, end = _side(left), _side(right)
    if fold(right) in _OPEN:
        return Period("", start.first, start.precision, ongoing=True) if start else None
    if end is None and start is not None:
        end = _short_year(start, right)
    if start is None and end is not None:
        start = _borrow_year(left, end)
    return _between(start, end) if start and end else None


def _side(text: str) -> WrittenDate | None:
    short = _MONTH_OF_SHORT_YEAR.fullmatch(text)
    return written_date(whole_year(short[2]), int(short[1])) if short else parse_written_date(text)


def _short_year(start: WrittenDate, right: str) -> WrittenDate | None:
    """Return the end of "2018/19" and "1999–00": two digits, in the next century if less than those of the start."""
    if not re.fullmatch(r"[’']?\d\d", right):
        return None
    began = start.first.year
    year = began // 100 * 100 + int(right[-2:])
    if year < began and year + 100 - began <= _MAX_ACROSS_CENTURY:
        year += 100
    return written_date(year)


def _borrow_year(left: str, end: WrittenDate) -> WrittenDate | None:
    """Return the start of "Jan – Mar 2020", with the year of the end, or "3 – 5 May 2021", with its month, too."""
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
