"""How questions and answers are told apart in a given text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from portfolio.importer.interviews.paragraphs import Paragraph
from portfolio.importer.interviews.quotation import closes, opens, strip_outer
from portfolio.importer.interviews.speakers import Label, answering_speakers, speaker_label

_DASH = re.compile(r"[—–―]\s*(?P<text>.+)", re.DOTALL)
_BOLD = re.compile(r"(?:\*\*|__)(?P<text>(?:(?!\*\*|__).)+)(?:\*\*|__)", re.DOTALL)
_HEADING = re.compile(r"#{1,6}\s+(?P<text>.+?)\s*#*", re.DOTALL)
_LONGEST_QUESTION = 60  # words
# An answer of which only the first and the last paragraph carry marks is followed this far.
_LONGEST_ANSWER = 12


class Style(StrEnum):
    """What sets questions apart from answers."""

    LABELS = "labels"  # Q: / A:, or names
    QUOTES = "quotes"  # answers stand in quotation marks
    DASHES = "dashes"  # every turn begins with a dash
    MARKED = "marked"  # questions are bold or headings
    BARE = "bare"  # nothing but the question mark


class Part(StrEnum):
    QUESTION = "question"
    ANSWER = "answer"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph seen by itself: its part in the conversation, and what it says without marks and labels."""

    part: Part
    text: str
    certain: bool = True


def ends_with_question(text: str) -> bool:
    return text.rstrip('*_"”’»)] ').endswith("?") and len(text.split()) <= _LONGEST_QUESTION


def read_parts(paragraphs: Sequence[Paragraph]) -> tuple[Style, list[Reading]]:
    """The style of the text and each paragraph's part in it. The first paragraph is the title and takes no part."""
    texts = [paragraph.text for paragraph in paragraphs]
    for style, read in _READERS.items():
        readings = read(texts)
        if readings is not None:
            if readings:
                readings[0] = Reading(Part.PLAIN, texts[0])
            return style, readings
    return Style.BARE, []


def _read_labels(texts: Sequence[str]) -> list[Reading] | None:
    labels = [speaker_label(text) for text in texts]
    roles = answering_speakers(
        [
            label if label.text else Label(label.speaker, following)
            for label, following in zip(labels[1:], [*texts[2:], ""], strict=False)
            if label
        ]
    )
    if roles is None:
        return None
    readings: list[Reading] = []
    waiting: Part | None = None  # a label stood on a line of its own: the next paragraph is what it labels
    for text, label in zip(texts, labels, strict=True):
        answers = roles.get(label.speaker) if label else None
        if label and answers is not None:
            part = Part.ANSWER if answers else Part.QUESTION
            readings.append(Reading(part, strip_outer(label.text)[0]))
            waiting = None if label.text else part
        else:
            readings.append(Reading(waiting, strip_outer(text)[0]) if waiting else Reading(Part.PLAIN, text))
            waiting = None
    return readings


def _read_quotes(texts: Sequence[str]) -> list[Reading] | None:
    readings: list[Reading] = []
    inside = 0  # how many more paragraphs belong to a quotation that was opened and not closed
    for index, text in enumerate(texts):
        if opens(text):
            said, well_formed = strip_outer(text)
            readings.append(Reading(Part.ANSWER, said, well_formed))
            inside = _paragraphs_until_close(texts, index)
        elif inside:
            inside -= 1
            readings.append(Reading(Part.ANSWER, text if inside else text.rstrip()[:-1].rstrip()))
        else:
            readings.append(Reading(Part.PLAIN, text))
    answers = sum(reading.part is Part.ANSWER and reading.certain for reading in readings[1:])
    asked = any(
        one.part is Part.PLAIN and "?" in one.text and two.part is Part.ANSWER for one, two in pairwise(readings[1:])
    )
    return readings if asked and (answers >= 2 or len(texts) <= 8) else None


def _paragraphs_until_close(texts: Sequence[str], index: int) -> int:
    """How many unmarked paragraphs behind ``index`` go on with its quotation, up to the one that closes it."""
    text = texts[index]
    if closes(text):
        return 0
    for ahead, following in enumerate(texts[index + 1 : index + 1 + _LONGEST_ANSWER], start=1):
        if opens(following) or ends_with_question(following):
            return 0
        if closes(following) and _unbalanced(following):
            return ahead
    return 0


def _unbalanced(text: str) -> bool:
    """Whether the closing mark at the end has no opening mark in the same paragraph."""
    last = text.rstrip(".,;!?…")[-1:]
    if last == '"':
        return text.count('"') % 2 == 1
    openers = {"”": "“„", "“": "„", "»": "«", "«": "»"}.get(last, "")
    return bool(openers) and text.count(last) > sum(text.count(opener) for opener in openers)


def _read_dashes(texts: Sequence[str]) -> list[Reading] | None:
    matches = [_DASH.fullmatch(text) for text in texts]
    if sum(match is not None for match in matches) < 2:
        return None
    readings: list[Reading] = []
    for text, match in zip(texts, matches, strict=True):
        if match is None:
            readings.append(Reading(Part.PLAIN, text))
        else:
            asks = ends_with_question(match["text"])
            readings.append(Reading(Part.QUESTION if asks else Part.ANSWER, match["text"]))
    parts = {reading.part for reading in readings}
    return readings if {Part.QUESTION, Part.ANSWER} <= parts else None


def _read_marked(texts: Sequence[str]) -> list[Reading] | None:
    matches = [_BOLD.fullmatch(text) or _HEADING.fullmatch(text) for text in texts]
    if sum(match is not None and ends_with_question(match["text"]) for match in matches[1:]) < 2:
        return None
    return [
        Reading(Part.QUESTION, match["text"].strip("* "), "?" in match["text"]) if match else Reading(Part.PLAIN, text)
        for text, match in zip(texts, matches, strict=True)
    ]


def _read_bare(texts: Sequence[str]) -> list[Reading] | None:
    return [Reading(Part.QUESTION if ends_with_question(text) else Part.PLAIN, text) for text in texts]


_READERS = {
    Style.LABELS: _read_labels,
    Style.QUOTES: _read_quotes,
    Style.DASHES: _read_dashes,
    Style.MARKED: _read_marked,
    Style.BARE: _read_bare,
}
