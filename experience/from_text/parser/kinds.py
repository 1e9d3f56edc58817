"""Kinds of parts of a pasted work history, and a part with its kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HistoryKind(StrEnum):
    """What a part of the text is. A part is a line, or a piece of one such as "Jan 2020 - Present"."""

    ROLE = "role"
    ORGANISATION = "organisation"
    PERIOD = "period"
    EMPLOYMENT = "employment"
    LOCATION = "location"
    SKILLS = "skills"
    TEXT = "text"
    POINT = "point"
    CONTINUATION = "continuation"
    UNUSED = "unused"
    SECTION = "section"
    OTHER_SECTION = "other_section"
    DURATION = "duration"
    REPETITION = "repetition"
    NOISE = "noise"


HEADER = frozenset(
    {
        HistoryKind.ROLE,
        HistoryKind.ORGANISATION,
        HistoryKind.PERIOD,
        HistoryKind.EMPLOYMENT,
        HistoryKind.LOCATION,
    }
)
BODY = frozenset({HistoryKind.TEXT, HistoryKind.POINT, HistoryKind.CONTINUATION, HistoryKind.SKILLS})
USED = HEADER | BODY


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """A part of the text: ``text`` as pasted, ``content`` without bullets, labels and Markdown marks.

    ``starts`` says that an entry begins with it. Parts before the first such part, and those that nothing was made of,
    belong to no entry.
    """

    line: int
    text: str
    content: str
    kind: HistoryKind
    certain: bool = True
    starts: bool = False
