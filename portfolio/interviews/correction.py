"""Corrections: replace the detected kinds of parts by those that an editor has chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from portfolio.interviews.boilerplate import photo_credit
from portfolio.interviews.bylines import byline_of
from portfolio.interviews.header import interviewee_of, plain_title
from portfolio.interviews.kinds import Labelled, LineKind
from portfolio.interviews.quotation import strip_outer
from portfolio.interviews.speakers import is_role_word, speaker_label

# Signs at the start of questions and answers, and bold.
_TURN_SIGN = re.compile(r"[—–―]\s*|#{1,6}\s+|>\s*|\d{1,3}[.)]\s+")
_BOLD = re.compile(r"(?:\*\*|__)((?:(?!\*\*|__).)+)(?:\*\*|__)", re.DOTALL)


def corrected(
    labelled: Sequence[Labelled], kinds: Mapping[int, LineKind], speakers: Collection[str] = ()
) -> list[Labelled]:
    """Return the parts, those at the indices in ``kinds`` with the chosen kind.

    ``speakers`` are the speaker labels; other words before a colon belong to the text.
    """
    return [
        _with_kind(index, kinds[index], labelled, speakers) if index in kinds else part
        for index, part in enumerate(labelled)
    ]


def _with_kind(index: int, kind: LineKind, labelled: Sequence[Labelled], speakers: Collection[str]) -> Labelled:
    part = labelled[index]
    # Parts of the same line are adjacent.
    shares = any(
        other is not part and other.paragraph is part.paragraph for other in labelled[max(index - 1, 0) : index + 2]
    )
    if part.content and (shares or (part.kind in _TURNS and kind in _TURNS)):
        text = part.content  # already without its label, or one of several parts of a line
        return Labelled(part.paragraph, kind, text if kind in _TURNS else content(text, kind, speakers), certain=True)
    return Labelled(part.paragraph, kind, content(part.paragraph.text, kind, speakers), certain=True)


def content(text: str, kind: LineKind, speakers: Collection[str] = ()) -> str:
    """Return the visible part of ``text`` for this kind."""
    return _spoken(text, speakers) if kind in _SPOKEN else _CONTENT.get(kind, _prose)(text)


def _spoken(text: str, speakers: Collection[str]) -> str:
    label = speaker_label(text)
    speaks = label is not None and label.text and (label.speaker in speakers or is_role_word(label.speaker))
    speech = label.text if label and speaks else _TURN_SIGN.sub("", text, count=1)
    bold = _BOLD.fullmatch(speech)
    return strip_outer(bold[1] if bold else speech)[0]


def _prose(text: str) -> str:
    return text.strip("*_")


def _nothing(text: str) -> str:
    return ""


def _byline(text: str) -> str:
    byline = byline_of(text.strip("*_"))
    return byline[0] if byline else _prose(text)


def _role(text: str) -> str:
    byline = byline_of(text.strip("*_"))
    return byline[1] if byline and byline[1] else _prose(text)


_TURNS = frozenset({LineKind.QUESTION, LineKind.ANSWER})
_SPOKEN = _TURNS | {LineKind.PULL_QUOTE}
_CONTENT: Mapping[LineKind, Callable[[str], str]] = {
    LineKind.TITLE: plain_title,
    LineKind.TITLE_AGAIN: _nothing,
    LineKind.BYLINE_LABEL: _nothing,
    LineKind.BOILERPLATE: _nothing,
    LineKind.BYLINE: _byline,
    LineKind.BYLINE_ROLE: _role,
    LineKind.TIME_STAMP: _nothing,
    LineKind.INTERVIEWEE: lambda text: interviewee_of(text)[0],
    LineKind.INTERVIEWEE_ROLE: lambda text: interviewee_of(text)[1] or _prose(text),
    LineKind.HEADING: plain_title,
    LineKind.PHOTO_CREDIT: lambda text: photo_credit(text) or text,
}
