"""Line kinds of an interview, and labelled paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portfolio.interviews.paragraphs import Paragraph


class LineKind(StrEnum):
    TITLE = "title"
    TITLE_AGAIN = "title_again"
    DATE = "date"
    READING_TIME = "reading_time"
    BYLINE_LABEL = "byline_label"
    BYLINE = "byline"
    BYLINE_ROLE = "byline_role"
    INTERVIEWEE = "interviewee"
    INTERVIEWEE_ROLE = "interviewee_role"
    SOURCE = "source"
    STANDFIRST = "standfirst"
    QUESTION = "question"
    ANSWER = "answer"
    PULL_QUOTE = "pull_quote"
    HEADING = "heading"
    TEXT = "text"
    IMAGE_PLACEHOLDER = "image_placeholder"
    PHOTO_CREDIT = "photo_credit"
    TIME_STAMP = "time_stamp"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class ClassifiedLine:
    """A line that is not blank. ``text`` has no surrounding spaces; ``certain`` is False for a guess."""

    line: int
    kind: LineKind
    text: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph with its kind. ``content`` is its visible text without marks, labels and prefixes.

    ``joins`` is True if it continues the sentence before, as subtitles do.
    """

    paragraph: Paragraph
    kind: LineKind
    content: str
    certain: bool = True
    joins: bool = False
