"""Parse a date as people write it, with its precision."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from portfolio.documents.months import fold, month_number

YEAR, MONTH, DAY = "year", "month", "day"

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})")
_WORD = re.compile(r"[^\W\d_]+\.?|\d+(?:st|nd|rd|th|er|º|ª|o)?\b|\S")
# "2019年9月", also counted from the beginning of a Japanese era: "令和元年5月".
_JAPANESE = re.compile(r"(令和|平成|昭和)?(\d{1,4}|元)年(?:\s*(\d{1,2})月(?:\s*(\d{1,2})日)?)?")
_ERAS = {"令和": (2018, 99), "平成": (1988, 31), "昭和": (1925, 64)}  # the year before it, and its length
_APOSTROPHE_YEAR = re.compile(r"[’'‘](\d\d)(?!\d)")
_QUARTER = re.compile(r"[QqTt][1-4][ /]+(\d{4})")
# Words between the parts of a date that are ignored: "25 de febrero de 2020", "the 3rd of May, 2021".
_FILLERS = frozenset({"de", "del", "di", "of", "the", "le", "la", "el", "den", "der", "am", "on", "du", ".", ","})
# Words for parts of a year: the precision is then a year.
_YEAR_PARTS = """
    early mid late circa ca spring summer autumn fall winter
    principios mediados finales inicio final primavera verano otono invierno verao outono inverno
    debut fin printemps ete automne hiver anfang mitte ende fruhling fruhjahr sommer herbst
"""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date with its ``precision``: "year", "month" or "day".

    ``first`` is its first possible day, ``last`` its last one.
    """

    first: date
    last: date
    precision: str


def written_date(year: int, month: int | None = None, day: int | None = None) -> WrittenDate | None:
    """Return the date, or None if the day does not exist or the year is not within 1900-2199."""
    if not 1900 <= year <= 2199:
        return None
    if month is None:
        return WrittenDate(date(year, 1, 1), date(year, 12, 31), YEAR)
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    if day is None:
        return WrittenDate(date(year, month, 1), date(year, month, length), MONTH)
    if not 1 <= day <= length:
        return None
    return WrittenDate(date(year, month, day), date(year, month, day), DAY)


def parse_written_date(text: str) -> WrittenDate | None:
    """Parse "2019", "2019-09", "09/2019", "25 feb 2020", "Sept. 2021", "le 1er mai 2020", "March 3rd, 2021".

    Returns None for any other text. "04/05/2021" could be April or May, so only its year is used.
    """
    text = text.strip().strip(",;").strip()
    if len(text) > 60:
        return None
    return _parse_numbers(text) or _parse_words(_APOSTROPHE_YEAR.sub(lambda year: f" {whole_year(year[1])}", text))


def whole_year(digits: str) -> int:
    """The year of two digits: of this century up to 69, of the last one from 70 on."""
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _parse_numbers(text: str) -> WrittenDate | None:
    if text.isdecimal() and len(text) == 4:
        return written_date(int(text))
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return written_date(int(year), int(month), int(day) if day else None)
    if match := _MONTH_YEAR.fullmatch(text):
        return written_date(int(match[2]), int(match[1]))
    if match := _NUMERIC.fullmatch(text):
        return _numeric_date(int(match[1]), int(match[3]), int(match[4]), dotted=match[2] == ".")
    if match := _JAPANESE.fullmatch(unicodedata.normalize("NFKC", text)):
        era, number, month, day = match.groups()
        before, length = _ERAS.get(era, (0, 9999))
        year = 1 if number == "元" else int(number)
        if not 1 <= year <= length:
            return None
        return written_date(before + year, int(month) if month else None, int(day) if day else None)
    if match := _QUARTER.fullmatch(text):
        return written_date(int(match[1]))
    return None


def _numeric_date(one: int, two: int, year: int, *, dotted: bool) -> WrittenDate | None:
    """Parse a numeric date: day first with dots, else only if one of the two numbers cannot be a month."""
    if dotted or one > 12 or one == two:
        return written_date(year, two, one)
    if two > 12:
        return written_date(year, one, two)
    return written_date(year)


def _parse_words(text: str) -> WrittenDate | None:
    year = month = day = None
    partial = False
    for word in _WORD.findall(text.replace("-", " ")):
        digits = re.match(r"\d+", word)
        if digits:
            number = int(digits[0])
            if len(digits[0]) == 4 and year is None:
                year = number
            elif len(digits[0]) <= 2 and day is None:
                day = number
            else:
                return None
        elif (number_of_month := month_number(word)) is not None and month is None:
            month = number_of_month
        elif fold(word).rstrip(".") in _YEAR_PARTS.split() or word == "~":
            partial = True
        elif fold(word) not in _FILLERS:
            return None
    if year is None or (day is not None and month is None):
        return None
    return written_date(year) if partial and month is None else written_date(year, month, day)
