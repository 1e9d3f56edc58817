"""What a line of an interview can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portfolio.importer.interviews.paragraphs import Paragraph


class LineKind(StrEnum):
    TITLE = "title"
    TITLE_AGAIN = "title_again"
    DATE = "date"
    READING_TIME = "reading_time"
    BYLINE_LABEL = "byline_label"
    BYLINE = "byline"
    BYLINE_ROLE = "byline_role"
    SOURCE = "source"
    STANDFIRST = "standfirst"
    QUESTION = "question"
    ANSWER = "answer"
    PULL_QUOTE = "pull_quote"
    TEXT = "text"
    IMAGE_PLACEHOLDER = "image_placeholder"
    PHOTO_CREDIT = "photo_credit"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class ClassifiedLine:
    """One line that is not blank. ``text`` is the line without surrounding blanks; ``certain`` is False for a guess."""

    line: int
    kind: LineKind
    text: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph and what it is. ``content`` is what a reader gets to see of it: no marks, labels or prefixes."""

    paragraph: Paragraph
    kind: LineKind
    content: str
    certain: bool = True
