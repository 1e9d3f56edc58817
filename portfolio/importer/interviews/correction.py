"""What a person says that a line is, in the place of what the rules took it for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from portfolio.importer.interviews.furniture import photo_credit
from portfolio.importer.interviews.header import byline_of, plain_title
from portfolio.importer.interviews.kinds import Labelled, LineKind
from portfolio.importer.interviews.quotation import strip_outer
from portfolio.importer.interviews.speakers import speaker_label

# What questions and answers may begin with, or stand in.
_TURN_SIGN = re.compile(r"[—–―]\s*|#{1,6}\s+|>\s*|\d{1,3}[.)]\s+")
_BOLD = re.compile(r"(?:\*\*|__)((?:(?!\*\*|__).)+)(?:\*\*|__)", re.DOTALL)


def corrected(labelled: Sequence[Labelled], kinds: Mapping[int, LineKind]) -> list[Labelled]:
    """The parts with those at the places in ``kinds`` read as what they are said to be, which is certain."""
    return [
        Labelled(part.paragraph, kinds[place], content(part.paragraph.text, kinds[place]), certain=True)
        if place in kinds
        else part
        for place, part in enumerate(labelled)
    ]


def content(text: str, kind: LineKind) -> str:
    """What a reader gets to see of ``text``, being of this kind."""
    return _CONTENT.get(kind, _prose)(text)


def _spoken(text: str) -> str:
    label = speaker_label(text)
    said = label.text if label and label.text else _TURN_SIGN.sub("", text, count=1)
    bold = _BOLD.fullmatch(said)
    return strip_outer(bold[1] if bold else said)[0]


def _prose(text: str) -> str:
    return text.strip("*_")


def _nothing(text: str) -> str:
    return ""


def _byline(text: str) -> str:
    found = byline_of(text.strip("*_"))
    return found[0] if found else _prose(text)


def _role(text: str) -> str:
    found = byline_of(text.strip("*_"))
    return found[1] if found and found[1] else _prose(text)


_CONTENT: Mapping[LineKind, Callable[[str], str]] = {
    LineKind.TITLE: plain_title,
    LineKind.TITLE_AGAIN: _nothing,
    LineKind.BYLINE_LABEL: _nothing,
    LineKind.FURNITURE: _nothing,
    LineKind.BYLINE: _byline,
    LineKind.BYLINE_ROLE: _role,
    LineKind.QUESTION: _spoken,
    LineKind.ANSWER: _spoken,
    LineKind.PULL_QUOTE: _spoken,
    LineKind.PHOTO_CREDIT: lambda text: photo_credit(text) or text,
}
