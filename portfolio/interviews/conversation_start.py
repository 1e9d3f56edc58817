"""Conversation start: the first paragraph of the conversation, behind title, byline and introduction."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.interviews.boilerplate import is_image_placeholder
from portfolio.interviews.header import plain_title, same_title
from portfolio.interviews.paragraphs import Paragraph
from portfolio.interviews.questions import has_question_mark
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading, Style


def conversation_start(paragraphs: Sequence[Paragraph], style: Style, readings: Sequence[ParagraphReading]) -> int:
    """The index of the first paragraph of the conversation; the number of paragraphs when there is none."""
    title = plain_title(paragraphs[0].text) if paragraphs else ""
    labels_begin = (
        style is Style.LABELS and readings and readings[0].part in {DialoguePart.QUESTION, DialoguePart.ANSWER}
    )
    for index in range(0 if labels_begin else 1, len(readings)):
        reading = readings[index]
        if index and same_title(paragraphs[index].text, title):
            continue
        if style is not Style.QUOTES and reading.part is DialoguePart.QUESTION:
            return _with_headings_above(readings, index)
        if style in {Style.LABELS, Style.DASHES} and reading.part is DialoguePart.ANSWER:
            return index
        if style is Style.QUOTES and _asks_in_quotes(readings, index):
            return _with_headings_above(readings, index)
    return len(readings)


def _with_headings_above(readings: Sequence[ParagraphReading], index: int) -> int:
    """The first of the headings right above the first question, which belong to the conversation."""
    while index > 1 and readings[index - 1].part is DialoguePart.HEADING:
        index -= 1
    return index


def _asks_in_quotes(readings: Sequence[ParagraphReading], index: int) -> bool:
    """A plain paragraph with a question mark, an answer in quotation marks behind it (pictures may stand between)."""
    if readings[index].part is not DialoguePart.PLAIN or not has_question_mark(readings[index].text):
        return False
    following = next(
        (reading for reading in readings[index + 1 : index + 4] if not is_image_placeholder(reading.text)), None
    )
    return following is not None and following.part is DialoguePart.ANSWER
