"""Dialogue: the style of a text, each paragraph's part in the conversation, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio.interviews.speakers import Speakers


class Style(StrEnum):
    """What sets questions apart from answers."""

    LABELS = "labels"  # Q: / A:, or names
    QUOTES = "quotes"  # answers stand in quotation marks
    DASHES = "dashes"  # every turn begins with a dash
    MARKED = "marked"  # questions are bold, italic or headings, or begin with a dash
    BARE = "bare"  # nothing but the question mark


class DialoguePart(StrEnum):
    """Part of a paragraph in the conversation."""

    QUESTION = "question"
    ANSWER = "answer"
    HEADING = "heading"
    NOISE = "noise"  # of a recording: times and numbers
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class ParagraphReading:
    """A paragraph's part in the conversation, and its text without marks and labels."""

    part: DialoguePart
    text: str
    certain: bool = True
    joins: bool = False  # goes on in the middle of the sentence before, as subtitles do


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The style of a text, each paragraph's part in it, and who speaks where labels say so."""

    style: Style
    readings: Sequence[ParagraphReading]
    speakers: Speakers | None = None
