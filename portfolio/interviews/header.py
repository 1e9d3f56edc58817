"""Header: parse the lines above the conversation, such as title, date, reading time, byline, standfirst."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from portfolio.documents.months import fold
from portfolio.interviews.boilerplate import (
    is_boilerplate,
    is_image_placeholder,
    photo_credit,
    reading_minutes,
    source_of,
)
from portfolio.interviews.bylines import (
    MAX_HEADER_LINE,
    SEPARATOR,
    byline_of,
    byline_pieces,
    is_byline_label,
)
from portfolio.interviews.datelines import read_dateline
from portfolio.interviews.kinds import Labelled, LineKind
from portfolio.interviews.naming import Named, joined, named_in_title, same_person
from portfolio.interviews.paragraphs import Paragraph
from portfolio.interviews.questions import has_question_mark
from portfolio.interviews.quotation import close_of, opens
from portfolio.interviews.speakers import looks_like_name
from portfolio.interviews.transcripts import is_noise

# "Interview: Mara Lindqvist" names the interviewee in a title, and the interviewer elsewhere.
_EITHER = re.compile(r"(?:the\s+)?(?:interview|entrevista|gespräch|entretien|intervista|from)\s*[:：]", re.IGNORECASE)
_INTERVIEWEE = re.compile(
    r"(?:interviewee|guest|interviewed|featuring|entrevistad[oa]|invitad[oa]|gesprächspartner(?:in)?|zu\s+gast|"
    r"interviewte[rn]?|invitée?|convidad[oa]|intervistat[oa]|ゲスト|話し手|語り手|受访者|嘉宾|受訪者)\s*[:：]\s*"
    r"(?P<name>[^,;|·()（）\n、，]{2,60})(?:\s*[,;|·(（、，–—-]\s*(?P<role>[^)）]{2,120})[)）]?)?",
    re.IGNORECASE,
)
_WORK = re.compile(r"\b(?:at|of|for|bei|von|für|en|de|del|chez|em|da)\b|[,@&]", re.IGNORECASE)
_MAX_ROLE = 14  # words
_MAX_TITLE = 1000  # characters


def day_of(text: str) -> date | None:
    """Return the date in a dateline: "25 feb 2020", "Published on Tuesday, March 3rd, 2021". None without a day."""
    dateline = read_dateline(text)
    return dateline.day if dateline else None


def plain_title(text: str) -> str:
    """Return a title without Markdown markup."""
    return text.lstrip("#").strip().strip("*_").strip()


def same_title(one: str, two: str) -> bool:
    if max(len(one), len(two)) > _MAX_TITLE:  # too long to be a repeated title in another form
        return one == two
    return fold(plain_title(one)).rstrip(".") == fold(plain_title(two)).rstrip(".")


def read_header(paragraphs: Sequence[Paragraph], noise: Sequence[bool]) -> list[Labelled]:
    """Label the paragraphs above the conversation. The first that is not a date, credit or picture is the title.

    ``noise`` says of each paragraph whether it is a time stamp or number of a transcript.
    """
    labelled: list[Labelled] = []
    title: str | None = None
    named = Named()
    for paragraph, quiet in zip(paragraphs, noise, strict=True):
        text = paragraph.text
        before = labelled[-1].kind if labelled else None
        if quiet:
            labelled.append(Labelled(paragraph, LineKind.TIME_STAMP, ""))
            continue
        parts = [] if title is None and _EITHER.match(text) else _small_line(paragraph, before)
        if parts:
            labelled.extend(_who(parts, named))
        elif title is None:
            title = plain_title(text)
            named = named_in_title(title)
            labelled.append(Labelled(paragraph, LineKind.TITLE, title))
        elif same_title(text, title):
            labelled.append(Labelled(paragraph, LineKind.TITLE_AGAIN, ""))
        else:
            labelled += _who([_prose(paragraph, before)], named)
    return labelled


def is_interviewee_line(text: str) -> bool:
    """Whether ``text`` names the interviewee explicitly: "Guest: Mara Lindqvist"."""
    return len(text) <= MAX_HEADER_LINE and _INTERVIEWEE.fullmatch(text.strip("*_ ")) is not None


def interviewee_of(text: str) -> tuple[str, str]:
    """Return name and role ("" if none) of the interviewee in "Guest: Mara Lindqvist, harbour master"."""
    text = text.strip("*_ ")
    if len(text) <= MAX_HEADER_LINE and (match := _INTERVIEWEE.fullmatch(text)):
        return match["name"].strip(), (match["role"] or "").strip(" .")
    if named := named_in_title(text).answers:
        return joined(named), ""
    name, sign, role = (part.strip() for part in text.partition(","))
    return (name, role) if sign and looks_like_name(name) else (text.rstrip(":"), "")


def is_small_line(text: str) -> bool:
    """Whether ``text`` is a date, a byline, a credit, a source or the like, and not speech."""
    return (
        _kind_of_part(text) is not None
        or bool(byline_pieces(text))
        or is_interviewee_line(text)
        or is_byline_label(text)
    )


def signature(paragraph: Paragraph) -> list[Labelled]:
    """Return bylines, dates and credits in a line below the conversation: "Interview: Tom Rehm"."""
    pieces = byline_pieces(paragraph.text)
    return [Labelled(paragraph, piece.kind, piece.text, _is_certain(piece.kind, piece.text)) for piece in pieces]


def _small_line(paragraph: Paragraph, before: LineKind | None) -> list[Labelled]:
    """Return dates, reading times, credits, bylines and the like in a line, also several: "25 feb 2020 · 4 min"."""
    text = paragraph.text
    if is_interviewee_line(text):
        name, role = interviewee_of(text)
        interviewee = Labelled(paragraph, LineKind.INTERVIEWEE, name)
        return [interviewee, Labelled(paragraph, LineKind.INTERVIEWEE_ROLE, role)] if role else [interviewee]
    if is_byline_label(text):
        return [Labelled(paragraph, LineKind.BYLINE_LABEL, "")]
    if before is LineKind.BYLINE_LABEL and len(text.split()) <= 6:
        return [Labelled(paragraph, LineKind.BYLINE, text.strip("*_"), looks_like_name(text))]
    if pieces := byline_pieces(text):
        return [
            Labelled(paragraph, piece.kind, piece.text, piece.certain and _is_certain(piece.kind, piece.text))
            for piece in pieces
        ]
    if kind := _kind_of_part(text):
        return [Labelled(paragraph, kind, text, _is_certain(kind, text))]
    if len(text) > MAX_HEADER_LINE:
        return []
    parts = [part for part in SEPARATOR.split(text) if part]
    labelled: list[Labelled] = []
    for part in parts:
        if kind := _kind_of_part(part):
            labelled.append(Labelled(paragraph, kind, part, _is_certain(kind, part)))
        elif byline := byline_of(part):
            labelled.append(Labelled(paragraph, LineKind.BYLINE, byline[0]))
            labelled += [Labelled(paragraph, LineKind.BYLINE_ROLE, byline[1])] if byline[1] else []
        else:
            return []
    return labelled if len(parts) > 1 else []


def _who(parts: list[Labelled], named: Named) -> list[Labelled]:
    """Relabel a byline as the interviewee, if it is only a name or follows "Interview:", and the title names it."""
    return [
        Labelled(part.paragraph, LineKind.INTERVIEWEE, part.content, part.certain)
        if part.kind is LineKind.BYLINE
        and (_EITHER.match(part.paragraph.text) or part.content == part.paragraph.text)
        and any(same_person(part.content, name) for name in named.answers)
        else part
        for part in parts
    ]


def _is_certain(kind: LineKind, text: str) -> bool:
    return kind is not LineKind.DATE or day_of(text) is not None


def _kind_of_part(text: str) -> LineKind | None:
    if reading_minutes(text) is not None:
        return LineKind.READING_TIME
    if read_dateline(text) is not None:
        return LineKind.DATE
    if is_image_placeholder(text):
        return LineKind.IMAGE_PLACEHOLDER
    if photo_credit(text):
        return LineKind.PHOTO_CREDIT
    if source_of(text):
        return LineKind.SOURCE
    if is_noise(text):
        return LineKind.TIME_STAMP
    return LineKind.BOILERPLATE if is_boilerplate(text) else None


def _prose(paragraph: Paragraph, before: LineKind | None) -> Labelled:
    """Label a role, a name without label, or the standfirst; a short line without a full stop is never certain."""
    text = paragraph.text
    is_sentence = text.rstrip('”"’»」』）*_')[-1:] in set(".!?…:。！？：؟")
    if opens(text) and close_of(text) == len(text.rstrip(".,")) - 1 and not has_question_mark(text):
        is_sentence = False  # speech without a question before it
    words = len(text.split())
    if before is LineKind.BYLINE and not is_sentence and words <= _MAX_ROLE and len(text) <= 150:
        return Labelled(paragraph, LineKind.BYLINE_ROLE, text, _WORK.search(text) is not None)
    if before in {LineKind.TITLE, LineKind.TITLE_AGAIN, LineKind.DATE, LineKind.READING_TIME} and (
        2 <= words <= 4 and looks_like_name(text)
    ):
        return Labelled(paragraph, LineKind.BYLINE, text, certain=False)
    return Labelled(paragraph, LineKind.STANDFIRST, text.strip("*_") if words > 1 else text, is_sentence or words > 25)
