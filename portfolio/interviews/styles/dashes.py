"""Dialogue dashes: every turn, or every answer, begins with a dash."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.interviews.questions import asks, is_request
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading
from portfolio.interviews.styles.paragraph_marks import DASH, DOUBLE_DASH


def read_dashes(texts: Sequence[str]) -> list[ParagraphReading] | None:
    """The readings; None where fewer than two paragraphs begin with a dash, or only the questions (see ``marked``)."""
    matches = [DASH.fullmatch(text) for text in texts]
    if sum(match is not None for match in matches) < 2:
        return None
    indexes = [index for index, match in enumerate(matches) if index and match]
    if all(DOUBLE_DASH.match(texts[index]) for index in indexes) and are_each_answered(texts, indexes):
        spoken = [match["text"] for index, match in enumerate(matches) if index and match]
        if any(asks(text) or is_request(text) for text in spoken):
            return None  # only the questions carry them
    asking = [match is not None and (asks(match["text"]) or is_request(match["text"])) for match in matches]
    answers = [match is not None and not is_asking for match, is_asking in zip(matches, asking, strict=True)]
    if not any(answers) and sum(asking) < 2:
        return None
    if any(answers) and not any(asking):  # only the answers carry dashes
        asking = [not answer and asks(text) for text, answer in zip(texts, answers, strict=True)]
        if not any(is_asking and is_answer for is_asking, is_answer in zip(asking[1:], answers[2:], strict=False)):
            return None
    readings: list[ParagraphReading] = []
    for text, match, is_asking in zip(texts, matches, asking, strict=True):
        part = DialoguePart.QUESTION if is_asking else DialoguePart.ANSWER if match else DialoguePart.PLAIN
        readings.append(ParagraphReading(part, match["text"] if match else text))
    if answers and not any(answers):
        return None  # only the questions carry them
    return readings


def are_each_answered(texts: Sequence[str], indexes: Sequence[int]) -> bool:
    """Whether a paragraph of another form stands behind each of ``indexes``, the last one aside."""
    marked = set(indexes)
    return all(index + 1 < len(texts) and index + 1 not in marked for index in indexes[:-1])
