"""Period search: the period within a line, beside a role or an organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portfolio.documents.months import fold, month_number
from portfolio.documents.periods import parse_period
from portfolio.documents.written_dates import parse_written_date

LONGEST = 160  # characters of a line that is searched
MOST_WORDS = 10  # of a period
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)|[’'‘]\d\d(?!\d)|(?<![\d./])\d{1,2}[./]\d\d(?![\d./])|(?:\d|元)年")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{4,80})[)\]]")
_WORD = re.compile(r"\S+")
_SINCE = frozenset("since from seit ab depuis desde de du von vom until bis jusqu hasta dal sinds vanaf".split())
_EDGE = " ,;:–—-|·()[]"
# A single date beside other words is a period only where something sets it apart: "Analyst, 2019", "2019: Analyst".
_BEFORE_DATE = re.compile(r"[,;:|·(–—-]\s*$")
_AFTER_DATE = re.compile(r"^\s*[,;:|·)–—-]")


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period as written, with what stands before and after it in the line."""

    before: str
    written: str
    after: str


def find_period(text: str) -> FoundPeriod | None:
    """The period in ``text``: the whole, in brackets, at the end or at the beginning; None without one."""
    if len(text) > LONGEST or _YEAR.search(text) is None:
        return None
    if parse_period(text) is not None:
        return FoundPeriod("", text.strip(), "")
    for match in _BRACKETS.finditer(text):
        if _YEAR.search(match[1]) and parse_period(match[1]) is not None:
            return FoundPeriod(text[: match.start()].strip(_EDGE), match[1].strip(), text[match.end() :].strip(_EDGE))
    return _at_end(text) or _at_beginning(text)


def _at_end(text: str) -> FoundPeriod | None:
    words = list(_WORD.finditer(text))[-MOST_WORDS:]
    for word in words:
        if not _begins_date(word[0]):
            continue
        before, written = text[: word.start()], text[word.start() :]
        if is_period(written, set_apart=_BEFORE_DATE.search(before) is not None):
            return FoundPeriod(before.strip(_EDGE), written.strip(" ,;"), "")
    return None


def _at_beginning(text: str) -> FoundPeriod | None:
    words = list(_WORD.finditer(text))[:MOST_WORDS]
    if not words or not _begins_date(words[0][0]):
        return None
    for word in reversed(words):
        end = word.start() + len(word[0].rstrip(",;:|"))
        if is_period(text[:end], set_apart=_AFTER_DATE.search(text[end:]) is not None):
            return FoundPeriod("", text[:end].strip(), text[end:].strip(_EDGE))
    return None


def is_period(written: str, *, set_apart: bool) -> bool:
    """Whether ``written`` is a period; a single date is one only where it is ``set_apart``."""
    bare = written.strip(" ,;")
    if _YEAR.search(bare) is None or parse_period(bare) is None:
        return False
    return set_apart or parse_written_date(bare) is None


def _begins_date(word: str) -> bool:
    bare = word.strip("(['’")
    return bare[:1].isdigit() or month_number(bare) is not None or fold(bare) in _SINCE
