"""What stands above the conversation: title, date, reading time, byline, standfirst."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from portfolio.importer.interviews.furniture import (
    is_furniture,
    is_image_placeholder,
    photo_credit,
    reading_minutes,
    source_of,
)
from portfolio.importer.interviews.kinds import Labelled, LineKind
from portfolio.importer.interviews.paragraphs import Paragraph
from portfolio.importer.interviews.speakers import looks_like_name
from portfolio.importer.months import fold
from portfolio.importer.written_dates import DAY, parse_written_date

_BYLINE_LABEL = (
    r"autor(?:a|in)?|authors?|auteure?|by|por|par|von|(?:written|interviewed?|words|text)\s+by|interviewer(?:in)?|"
    r"(?:propos\s+recueillis|entretien\s+réalisé)\s+par|(?:das\s+)?(?:interview|gespräch)\s+(?:führte|von)|"
    r"entrevista\s+de|texto\s+de|texto|text|words|entrevista|interview"
)
_ONLY_LABEL = re.compile(rf"(?:{_BYLINE_LABEL})\s*:?", re.IGNORECASE)
_BYLINE = re.compile(
    rf"(?:{_BYLINE_LABEL})\s*:?\s+(?P<name>[^,;|·()\n]{{3,60}})(?:[,;|·(]\s*(?P<role>[^)]{{2,120}})\)?)?", re.IGNORECASE
)
_DATE_LABEL = re.compile(
    r"(?:published|posted|updated|last\s+updated|date|publicado|actualizado|fecha|veröffentlicht|aktualisiert|datum|"
    r"publié|mis\s+à\s+jour|stand)(?:\s+(?:on|el|am|le))?\s*:?\s+",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+|(?:lunes|martes|miércoles|jueves|viernes|"
    r"sábado|domingo|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|segunda|terça|quarta|quinta|sexta)(?:-feira)?,?\s+(?:den\s+|el\s+|le\s+)?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[·•|–—]\s+|\s*[·•|]\s*")
_WORK = re.compile(r"\b(?:at|of|for|bei|von|für|en|de|del|chez|em|da)\b|[,@&]", re.IGNORECASE)
_LONGEST_ROLE = 14


def day_of(text: str) -> date | None:
    """The day a dateline names: "25 feb 2020", "Published on Tuesday, March 3rd, 2021". None without a day."""
    text = _WEEKDAY.sub("", _DATE_LABEL.sub("", text, count=1), count=1)
    known = parse_written_date(text)
    return known.first if known and known.precision == DAY else None


def _is_dated(text: str) -> bool:
    return parse_written_date(_WEEKDAY.sub("", _DATE_LABEL.sub("", text, count=1), count=1)) is not None


def plain_title(text: str) -> str:
    """A title without Markdown's signs."""
    return text.lstrip("#").strip().strip("*_").strip()


def same_title(one: str, two: str) -> bool:
    return fold(plain_title(one)).rstrip(".") == fold(plain_title(two)).rstrip(".")


def read_header(paragraphs: Sequence[Paragraph]) -> list[Labelled]:
    """Label the paragraphs above the conversation. The first that is no date, credit or picture is the title."""
    labelled: list[Labelled] = []
    title: str | None = None
    for paragraph in paragraphs:
        text = paragraph.text
        before = labelled[-1].kind if labelled else None
        found = _small_line(paragraph) or _byline(paragraph, before)
        if found:
            labelled.extend(found)
        elif title is None:
            title = plain_title(text)
            labelled.append(Labelled(paragraph, LineKind.TITLE, title))
        elif same_title(text, title):
            labelled.append(Labelled(paragraph, LineKind.TITLE_AGAIN, ""))
        else:
            labelled.append(_prose(paragraph, before))
    return labelled


def _small_line(paragraph: Paragraph) -> list[Labelled]:
    """Dates, reading times, credits and the like; several may share a line: "25 feb 2020 · 4 min"."""
    if kind := _kind_of_part(paragraph.text):
        return [_labelled_part(paragraph, kind, paragraph.text)]
    parts = [part for part in _SEPARATOR.split(paragraph.text) if part]
    found: list[Labelled] = []
    for part in parts:
        if kind := _kind_of_part(part):
            found.append(_labelled_part(paragraph, kind, part))
        elif byline := _name_and_role(paragraph, part):
            found.extend(byline)
        else:
            return []
    return found if len(parts) > 1 else []


def _labelled_part(paragraph: Paragraph, kind: LineKind, text: str) -> Labelled:
    return Labelled(paragraph, kind, text, kind is not LineKind.DATE or day_of(text) is not None)


def _kind_of_part(text: str) -> LineKind | None:
    if reading_minutes(text) is not None:
        return LineKind.READING_TIME
    if _is_dated(text):
        return LineKind.DATE
    if is_image_placeholder(text):
        return LineKind.IMAGE_PLACEHOLDER
    if photo_credit(text):
        return LineKind.PHOTO_CREDIT
    if source_of(text):
        return LineKind.SOURCE
    return LineKind.FURNITURE if is_furniture(text) else None


def _byline(paragraph: Paragraph, before: LineKind | None) -> list[Labelled]:
    text = paragraph.text.strip("*_")
    if _ONLY_LABEL.fullmatch(text):
        return [Labelled(paragraph, LineKind.BYLINE_LABEL, "")]
    if before is LineKind.BYLINE_LABEL and len(text.split()) <= 6:
        return [Labelled(paragraph, LineKind.BYLINE, text, looks_like_name(text))]
    return _name_and_role(paragraph, text)


def byline_of(text: str) -> tuple[str, str] | None:
    """Name and role ("" for none) in a line such as "By Theo Marchetti, features editor", else None."""
    match = _BYLINE.fullmatch(text)
    if match is None or not looks_like_name(match["name"].strip()):
        return None
    return match["name"].strip(), (match["role"] or "").strip()


def _name_and_role(paragraph: Paragraph, text: str) -> list[Labelled]:
    found = byline_of(text)
    if found is None:
        return []
    name, role = Labelled(paragraph, LineKind.BYLINE, found[0]), found[1]
    return [name, Labelled(paragraph, LineKind.BYLINE_ROLE, role)] if role else [name]


def _prose(paragraph: Paragraph, before: LineKind | None) -> Labelled:
    """A byline's role, a name without a label, or the standfirst; a short line without a full stop is never certain."""
    text = paragraph.text
    is_sentence = text.rstrip('”"’»*_')[-1:] in {".", "!", "?", "…", ":"}
    words = len(text.split())
    if before is LineKind.BYLINE and not is_sentence and words <= _LONGEST_ROLE:
        return Labelled(paragraph, LineKind.BYLINE_ROLE, text, _WORK.search(text) is not None)
    if before in {LineKind.TITLE, LineKind.TITLE_AGAIN, LineKind.DATE, LineKind.READING_TIME} and (
        2 <= words <= 4 and looks_like_name(text)
    ):
        return Labelled(paragraph, LineKind.BYLINE, text, certain=False)
    return Labelled(paragraph, LineKind.STANDFIRST, text.strip("*_") if words > 1 else text, is_sentence or words > 25)
