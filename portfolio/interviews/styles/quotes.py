"""Quoted answers: answers stand in quotation marks and questions do not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from portfolio.interviews.questions import ends_with_question, has_question_mark
from portfolio.interviews.quotation import closes, opens, strip_outer
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading
from portfolio.interviews.styles.paragraph_marks import DASH

# An answer of which only the first and the last paragraph carry marks is followed this far.
_LONGEST_ANSWER = 12


def read_quotes(texts: Sequence[str]) -> list[ParagraphReading] | None:
    """The readings; None where no quoted answer follows a question, or a long text has a single one."""
    readings: list[ParagraphReading] = []
    inside = 0  # how many more paragraphs belong to a quotation that was opened and not closed
    for index, text in enumerate(texts):
        if opens(text):
            answer, well_formed = strip_outer(text)
            readings.append(ParagraphReading(DialoguePart.ANSWER, answer, well_formed))
            inside = _paragraphs_until_close(texts, index)
        elif inside and text:
            inside -= 1
            readings.append(ParagraphReading(DialoguePart.ANSWER, text if inside else text.rstrip()[:-1].rstrip()))
        elif len(readings) > 1 and ends_with_question(readings[-1].text) and (dash := DASH.fullmatch(text)):
            # Here and there a dash stands where the marks are elsewhere.
            readings.append(ParagraphReading(DialoguePart.ANSWER, dash["text"], certain=False))
        else:
            readings.append(ParagraphReading(DialoguePart.PLAIN, text))
    answers = sum(reading.part is DialoguePart.ANSWER and reading.certain for reading in readings[1:])
    is_asked = any(
        before.part is DialoguePart.PLAIN and has_question_mark(before.text) and after.part is DialoguePart.ANSWER
        for before, after in pairwise(readings[1:])
    )
    return readings if is_asked and any(map(opens, texts[1:])) and (answers >= 2 or len(texts) <= 8) else None


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
    last = text.rstrip(".,;!?…。，、！？")[-1:]
    if last == '"':
        return text.count('"') % 2 == 1
    openers = {"”": "“„", "“": "„", "»": "«", "«": "»", "」": "「", "』": "『"}.get(last, "")
    return bool(openers) and text.count(last) > sum(text.count(opener) for opener in openers)
