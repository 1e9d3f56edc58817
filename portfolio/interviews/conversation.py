"""Conversation labels: which paragraph is a question, an answer, a pull quote, or a line between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from portfolio.interviews.boilerplate import (
    is_advertisement,
    is_boilerplate,
    is_image_placeholder,
    is_list_head,
    photo_credit,
    source_of,
)
from portfolio.interviews.header import signature
from portfolio.interviews.kinds import Labelled, LineKind
from portfolio.interviews.paragraphs import Paragraph
from portfolio.interviews.pull_quotes import NEAR_PARAGRAPHS, AnswerGroups, without_marks
from portfolio.interviews.questions import ends_with_question, has_question_mark, is_request
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading, Style

_LONGEST_TOPIC = 6  # words
_NUMBER = re.compile(r"^[(（#]?\d{1,3}[.)．、:：）](?!\d)\s*")
_LONGEST_HEADING = 8  # words
_LONGEST_BARE = 35  # words: a longer paragraph that ends with a question mark may as well be an answer


class Conversation:
    """The paragraphs from the first question on, each with its label.

    Two passes: the first finds the answers, because a pull quote is known only by the answer it was taken from; the
    second labels every paragraph in order.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], style: Style, readings: Sequence[ParagraphReading]) -> None:
        self.paragraphs = paragraphs
        self.style = style
        self.readings = readings
        self.tail = self._tail_start()
        self.signed = self._signed_start()
        self.answers = AnswerGroups(style, readings, self.tail)

    def labelled(self) -> list[Labelled]:
        labels: list[Labelled] = []
        in_topics = False
        for index, paragraph in enumerate(self.paragraphs):
            if self._may_be_signed(index) and (signed := signature(paragraph)):
                labels += signed
                continue
            label = self._label(index, labels[-1].kind if labels else None, in_topics)
            in_topics = label.kind is LineKind.BOILERPLATE and (in_topics or is_list_head(paragraph.text))
            labels.append(label)
        return labels

    def _may_be_signed(self, index: int) -> bool:
        """Whether only scraps follow: there stands who asked, when and for whom."""
        return self.readings[index].part is DialoguePart.PLAIN and index >= self.signed

    def _tail_start(self) -> int:
        """From which index on no answer follows: there the page around the interview is expected."""
        spoken = [
            index
            for index, reading in enumerate(self.readings)
            if reading.part in {DialoguePart.QUESTION, DialoguePart.ANSWER}
        ]
        last = spoken[-1] if spoken else -1
        if self.style is Style.QUOTES:
            return last + 1
        start = len(self.paragraphs)
        for index in range(len(self.paragraphs) - 1, last, -1):
            text = self.paragraphs[index].text
            if _is_scrap(text):
                start = index
            elif not _is_topic(text):
                break
        return start

    def _signed_start(self) -> int:
        """From which index on every paragraph is a credit, a byline, a date or a notice."""
        start = len(self.paragraphs)
        for index in range(len(self.paragraphs) - 1, -1, -1):
            paragraph = self.paragraphs[index]
            if self.readings[index].part is not DialoguePart.PLAIN:
                break
            if not _is_scrap(paragraph.text) and not signature(paragraph) and index < self.tail:
                break
            start = index
        return start

    def _label(self, index: int, before: LineKind | None, in_topics: bool) -> Labelled:
        paragraph, reading = self.paragraphs[index], self.readings[index]
        if reading.part is DialoguePart.NOISE:
            return Labelled(paragraph, LineKind.TIME_STAMP, "")
        if reading.part is DialoguePart.HEADING:
            return Labelled(paragraph, LineKind.HEADING, reading.text)
        if reading.part is DialoguePart.PLAIN and (small := self._small_line(index, in_topics)):
            return small
        if reading.part is DialoguePart.QUESTION:
            certain = reading.certain and (self.style is not Style.BARE or len(reading.text.split()) <= _LONGEST_BARE)
            return Labelled(paragraph, LineKind.QUESTION, _without_number(reading.text), certain, reading.joins)
        if reading.part is DialoguePart.ANSWER:
            return Labelled(paragraph, LineKind.ANSWER, reading.text, reading.certain, reading.joins)
        if self.style is Style.QUOTES:
            return self._between_quotations(index)
        return self._unmarked(index, before)

    def _small_line(self, index: int, in_topics: bool) -> Labelled | None:
        paragraph = self.paragraphs[index]
        text = paragraph.text
        if is_image_placeholder(text):
            return Labelled(paragraph, LineKind.IMAGE_PLACEHOLDER, text)
        if credit := photo_credit(text):
            return Labelled(paragraph, LineKind.PHOTO_CREDIT, credit)
        if is_advertisement(text):
            return Labelled(paragraph, LineKind.BOILERPLATE, "")
        if index >= self.tail:
            if is_boilerplate(text) or (in_topics and _is_topic(text)):
                return Labelled(paragraph, LineKind.BOILERPLATE, "")
            if source_of(text):
                return Labelled(paragraph, LineKind.SOURCE, text)
        return None

    def _between_quotations(self, index: int) -> Labelled:
        """A paragraph without marks where answers carry them: a question, a pull quote or something else."""
        paragraph = self.paragraphs[index]
        text = without_marks(paragraph.text)
        answer_follows = self._next_spoken(index) is DialoguePart.ANSWER
        if ends_with_question(text) and answer_follows:
            return Labelled(paragraph, LineKind.QUESTION, _without_number(text))
        if self.answers.is_pull_quote(index, text):
            return Labelled(paragraph, LineKind.PULL_QUOTE, text)
        if answer_follows and self._directly_before_answer(index):
            question = _without_number(text)
            certain = has_question_mark(question) or is_request(question)
            return Labelled(paragraph, LineKind.QUESTION, question, certain)
        if ends_with_question(text):
            return Labelled(paragraph, LineKind.QUESTION, text, certain=False)
        if self.answers.is_reworded(index, text):
            return Labelled(paragraph, LineKind.PULL_QUOTE, text, certain=False)
        return Labelled(paragraph, LineKind.TEXT, text, certain=False)

    def _unmarked(self, index: int, before: LineKind | None) -> Labelled:
        """A paragraph without label or dash where turns carry them: a pull quote, or the last turn goes on."""
        paragraph = self.paragraphs[index]
        text = without_marks(paragraph.text)
        if self.answers.is_pull_quote(index, text):
            return Labelled(paragraph, LineKind.PULL_QUOTE, text)
        if index >= self.tail:
            return Labelled(paragraph, LineKind.TEXT, text, certain=False)
        if self._is_heading(index, before):
            return Labelled(paragraph, LineKind.HEADING, text, certain=False)
        if before is LineKind.QUESTION and self.style is Style.LABELS:
            return Labelled(paragraph, LineKind.QUESTION, text, certain=False)
        return Labelled(paragraph, LineKind.ANSWER, text, self.style is not Style.DASHES)

    def _is_heading(self, index: int, before: LineKind | None) -> bool:
        """A few words without a full stop between an answer and the next question."""
        text = self.paragraphs[index].text
        short = len(text.split()) <= _LONGEST_HEADING and len(text) <= 60 and text[:1].isalnum()
        behind = islice(self.readings, index + 1, index + 1 + NEAR_PARAGRAPHS)
        ahead = next((reading for reading in behind if not is_image_placeholder(reading.text)), None)
        ends = text.rstrip('”"’»」』）)*_')[-1:]
        return (
            short
            and before is LineKind.ANSWER
            and ends.isalnum()
            and text[0].upper() == text[0]
            and ahead is not None
            and ahead.part is DialoguePart.QUESTION
        )

    def _next_spoken(self, index: int) -> DialoguePart | None:
        """The part of the next paragraph that is no picture and no pull quote."""
        for ahead in range(index + 1, min(index + 1 + NEAR_PARAGRAPHS, len(self.readings))):
            reading = self.readings[ahead]
            if reading.part not in {DialoguePart.PLAIN, DialoguePart.NOISE}:
                return reading.part
            if not is_image_placeholder(reading.text) and not self.answers.is_pull_quote(ahead, reading.text):
                return None
        return None

    def _directly_before_answer(self, index: int) -> bool:
        following = self.readings[index + 1 : index + 2]
        return bool(following) and following[0].part is DialoguePart.ANSWER


def _is_scrap(text: str) -> bool:
    return bool(photo_credit(text)) or is_boilerplate(text) or source_of(text) is not None or is_image_placeholder(text)


def _without_number(question: str) -> str:
    return _NUMBER.sub("", question)


def _is_topic(text: str) -> bool:
    return len(text.split()) <= _LONGEST_TOPIC and text[-1] not in ".?!"
