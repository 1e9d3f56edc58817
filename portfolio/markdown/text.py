"""Visible text of an HTML fragment."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from portfolio.markdown.html.scanner import Closing, Opening, Text, scan

WORDS_PER_MINUTE = 220

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math mi mn mo mrow ms msub "
    "msup msubsup mtext mfrac msqrt mroot mover munder munderover mspace mstyle mtable mtr mtd mpadded mphantom "
    "menclose semantics q ruby rp rt rb rtc s samp small span strike strong sub sup time tt u var wbr img".split()
)
UNSEEN = frozenset("script style template iframe annotation annotation-xml textarea".split())
# Of these there are many, and nothing in them needs a second look.
_WHITE_SPACE = re.compile(r"\s+")
_PLAIN_HEADING = re.compile(r'<h([1-6])(?: [\w-]+="[^"<>]*")*>([^<>]*)</h\1>\s*')


def visible_text(html: str) -> str:
    """Return the text of ``html``: block boundaries become spaces, whitespace is folded.

    Scripts, styles, frames and the TeX annotation of formulas are not read.
    """
    if "<" not in html:
        return _WHITE_SPACE.sub(" ", entities.unescape(html)).strip()
    if heading := _PLAIN_HEADING.fullmatch(html):
        return _WHITE_SPACE.sub(" ", entities.unescape(heading[2])).strip()
    return _WHITE_SPACE.sub(" ", "".join(_pieces(html))).strip()


def has_visible_text(html: str) -> bool:
    """Whether `visible_text` is not empty; reads as far as the first word."""
    return any(piece.strip() for piece in _pieces(html))


def _pieces(html: str) -> Iterator[str]:
    """Yield the texts that are seen, and a space for each boundary of a block."""
    unseen: list[str] = []
    for part in scan(html):
        match part:
            case Text(raw):
                if not unseen:
                    yield entities.unescape(raw)
            case Opening(name=name, closed=closed):
                if name in UNSEEN and not closed:
                    unseen.append(name)
                elif name not in INLINE:
                    yield " "
            case Closing(name):
                if unseen and unseen[-1] == name:
                    unseen.pop()
                elif name not in INLINE:
                    yield " "


def elements(html: str) -> list[str]:
    """Return the names of the elements of ``html`` in the order in which they begin."""
    return [part.name for part in scan(html) if isinstance(part, Opening)]


def reading_minutes(text: str) -> int:
    """Return whole minutes, at least one, at ``WORDS_PER_MINUTE``; a Chinese or Japanese character is half a word."""
    text, dense = re.subn(r"[\u3040-\u30ff\u3400-\u9fff]", " ", text)
    words = len(re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", text))
    return max(1, round((words + dense / 2) / WORDS_PER_MINUTE))


def heading_level(level: object) -> int:
    """The level of a heading, 1 to 6; 2 for whatever else is stored."""
    return int(str(level)) if str(level) in tuple("123456") else 2
