"""Marked questions: they are bold, italic or headings, or begin with a dash, a square or a label that asks."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.interviews.questions import asks, ends_with_question, has_question_mark, is_request, is_short
from portfolio.interviews.styles.dashes import are_each_answered
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading
from portfolio.interviews.styles.paragraph_marks import ParagraphMark, paragraph_mark

# Marks that only questions carry.
_SURE = frozenset({"asked", "double dash"})


def read_marked(texts: Sequence[str]) -> list[ParagraphReading] | None:
    """The readings; None where no kind of mark sets questions apart."""
    marks = [paragraph_mark(text) for text in texts]
    asking = {
        kind: [index for index, mark in enumerate(marks) if index and mark and mark.kind == kind]
        for kind in dict.fromkeys(mark.kind for mark in marks[1:] if mark)
    }
    asking = {kind: indexes for kind, indexes in asking.items() if _are_questions(texts, indexes, marks, kind)}
    if not asking:
        return None

    def rank(kind: str) -> tuple[int, int]:
        return sum(ends_with_question(_marked_text(marks, index)) for index in asking[kind]), -len(kind)

    kind = max(asking, key=rank)
    readings = []
    for index, (text, mark) in enumerate(zip(texts, marks, strict=True)):
        if not mark or (mark.kind != kind and not mark.kind.startswith("heading")):
            readings.append(ParagraphReading(DialoguePart.PLAIN, text))
        elif mark.kind == kind and (
            kind in _SURE or has_question_mark(mark.text) or is_request(mark.text) or _is_sentence(mark.text)
        ):
            certain = kind in _SURE or asks(mark.text) or has_question_mark(mark.text) or is_request(mark.text)
            readings.append(ParagraphReading(DialoguePart.QUESTION, mark.text.strip("* "), certain))
        elif index and _stands_above_text(texts, marks, index, kind):
            readings.append(ParagraphReading(DialoguePart.QUESTION, mark.text.strip("* "), certain=False))
        else:
            readings.append(ParagraphReading(DialoguePart.HEADING, mark.text))
    return readings


def _marked_text(marks: Sequence[ParagraphMark | None], index: int) -> str:
    """The text of the mark at ``index``, "" where there is none."""
    mark = marks[index]
    return mark.text if mark else ""


def _are_questions(
    texts: Sequence[str], indexes: Sequence[int], marks: Sequence[ParagraphMark | None], kind: str
) -> bool:
    """Whether siblings are questions: two or more, of which one asks and most ask, request or are whole sentences.

    Where a label says so they are; so are those behind two dashes that an answer without dashes follows each.
    """
    marked_texts = [_marked_text(marks, index) for index in indexes]
    if kind == "asked":
        return len(marked_texts) >= 2
    if (
        kind == "double dash"
        and len(marked_texts) >= 2
        and any(asks(text) or is_request(text) for text in marked_texts)
    ):
        return are_each_answered(texts, indexes)
    asking = sum(asks(text) for text in marked_texts)
    like = sum(is_short(text) and (asks(text) or is_request(text) or _is_sentence(text)) for text in marked_texts)
    return (
        len(marked_texts) >= 2
        and asking >= 1
        and (asking >= 2 or like == len(marked_texts))
        and like * 2 >= len(marked_texts)
    )


def _is_sentence(text: str) -> bool:
    return text.rstrip('”"’»」』)） ')[-1:] in set(".。…!！:：")


def _stands_above_text(texts: Sequence[str], marks: Sequence[ParagraphMark | None], index: int, kind: str) -> bool:
    """Whether a marked line without a full stop is followed by an answer, as questions are, and not by a question."""
    ahead = next((other for other in range(index + 1, len(texts)) if texts[other]), None)
    mark, next_mark = marks[index], None if ahead is None else marks[ahead]
    return mark is not None and mark.kind == kind and ahead is not None and not (next_mark and next_mark.kind == kind)
