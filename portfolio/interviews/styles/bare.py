"""Bare questions: nothing but a question mark, a number or a mark of their own sets them apart."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.interviews.numbered import numbered_questions
from portfolio.interviews.questions import ends_with_question
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading
from portfolio.interviews.styles.paragraph_marks import paragraph_mark


def read_bare(texts: Sequence[str]) -> list[ParagraphReading]:
    readings = []
    numbered = numbered_questions(texts)
    for index, text in enumerate(texts):
        mark = paragraph_mark(text)
        if index in numbered:
            readings.append(ParagraphReading(DialoguePart.QUESTION, text, numbered[index]))
        elif mark and mark.kind.startswith("heading") and not ends_with_question(text):
            readings.append(ParagraphReading(DialoguePart.HEADING, mark.text))
        elif ends_with_question(mark.text if mark else text):
            question = mark.text if mark and mark.kind != "square" else text
            readings.append(ParagraphReading(DialoguePart.QUESTION, question))
        else:
            readings.append(ParagraphReading(DialoguePart.PLAIN, text))
    return readings
