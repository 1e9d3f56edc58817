"""Label the conversation: questions, answers, pull quotes and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from portfolio.importer.interviews.furniture import (
    is_advertisement,
    is_furniture,
    is_image_placeholder,
    is_list_head,
    photo_credit,
    source_of,
)
from portfolio.importer.interviews.header import plain_title, same_title
from portfolio.importer.interviews.kinds import Labelled, LineKind
from portfolio.importer.interviews.paragraphs import Paragraph
from portfolio.importer.interviews.passages import is_near, locate_passage
from portfolio.importer.interviews.quotation import strip_outer
from portfolio.importer.interviews.styles import Part, Reading, Style, ends_with_question

# A pull quote stands near the answer it was taken from: this many answers, and this many paragraphs, away at most.
_NEAR = 12
_NEAR_PARAGRAPHS = 30
_SHORTEST_PASSAGE = 5  # words
_LONGEST_TOPIC = 6  # words
_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")
# Requests that ask without a question mark, by their first word.
_REQUESTS = frozenset(
    "tell describe explain talk walk give share finish complete name "
    "cuéntame cuéntanos cuéntenos cuente háblanos háblame explícanos descríbenos describe "
    "erzähl erzähle erzählen beschreib beschreiben erklären nennen racontez parlez décrivez expliquez conte".split()
)


def conversation_start(paragraphs: Sequence[Paragraph], style: Style, readings: Sequence[Reading]) -> int:
    """The index of the first paragraph of the conversation; the number of paragraphs when there is none."""
    title = plain_title(paragraphs[0].text) if paragraphs else ""
    for index in range(1, len(readings)):
        reading = readings[index]
        if same_title(paragraphs[index].text, title):
            continue
        if style is not Style.QUOTES and reading.part is Part.QUESTION:
            return index
        if style is Style.LABELS and reading.part is Part.ANSWER:
            return index
        if style is Style.QUOTES and _asks_in_quotes(readings, index):
            return index
    return len(readings)


def _asks_in_quotes(readings: Sequence[Reading], index: int) -> bool:
    """A plain paragraph with a question mark, an answer in quotation marks behind it (pictures may stand between)."""
    if readings[index].part is not Part.PLAIN or "?" not in readings[index].text:
        return False
    following = next(
        (reading for reading in readings[index + 1 : index + 4] if not is_image_placeholder(reading.text)), None
    )
    return following is not None and following.part is Part.ANSWER


def teaser(part: Labelled, answers: Sequence[Sequence[str]]) -> Labelled:
    """A sentence of the conversation that is printed above it is a pull quote; any other part stays what it is."""
    if part.kind is not LineKind.STANDFIRST:
        return part
    text = _without_marks(part.paragraph.text)
    if len(text.split()) < _SHORTEST_PASSAGE or locate_passage(text, answers).kind == "none":
        return part
    return Labelled(part.paragraph, LineKind.PULL_QUOTE, text)


class Conversation:
    """The paragraphs from the first question on, each with its label.

    Two passes: the first finds the answers, because a pull quote is known only by the answer it was taken from; the
    second labels every paragraph in order.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], style: Style, readings: Sequence[Reading]) -> None:
        self.paragraphs = paragraphs
        self.style = style
        self.readings = readings
        self.tail = self._tail_start()
        self.group_of, self.groups = self._answer_groups()

    def labelled(self) -> list[Labelled]:
        found: list[Labelled] = []
        in_topics = False
        for index, paragraph in enumerate(self.paragraphs):
            label = self._label(index, found[-1].kind if found else None, in_topics)
            in_topics = label.kind is LineKind.FURNITURE and (in_topics or is_list_head(paragraph.text))
            found.append(label)
        return found

    def _tail_start(self) -> int:
        """From which index on no answer follows: there the page around the interview is expected."""
        spoken = [index for index, reading in enumerate(self.readings) if reading.part is not Part.PLAIN]
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

    def _answer_groups(self) -> tuple[Mapping[int, int], list[list[int]]]:
        """The paragraphs that may be quoted elsewhere, grouped by answer, and the group each paragraph stands in."""
        group_of: dict[int, int] = {}
        groups: list[list[int]] = [[]]
        quoted = self.style is Style.QUOTES
        for index, reading in enumerate(self.readings):
            if reading.part is Part.QUESTION or (quoted and reading.part is Part.PLAIN and groups[-1]):
                groups.append([])
            group_of[index] = len(groups) - 1
            if index < self.tail and (reading.part is Part.ANSWER or (not quoted and reading.part is Part.PLAIN)):
                groups[-1].append(index)
        return group_of, groups

    def _label(self, index: int, before: LineKind | None, in_topics: bool) -> Labelled:
        paragraph, reading = self.paragraphs[index], self.readings[index]
        if reading.part is Part.PLAIN and (small := self._small_line(index, in_topics)):
            return small
        if reading.part is Part.QUESTION:
            return Labelled(paragraph, LineKind.QUESTION, _without_number(reading.text), reading.certain)
        if reading.part is Part.ANSWER:
            return Labelled(paragraph, LineKind.ANSWER, reading.text, reading.certain)
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
            return Labelled(paragraph, LineKind.FURNITURE, "")
        if index >= self.tail:
            if is_furniture(text) or (in_topics and _is_topic(text)):
                return Labelled(paragraph, LineKind.FURNITURE, "")
            if source_of(text):
                return Labelled(paragraph, LineKind.SOURCE, text)
        return None

    def _between_quotations(self, index: int) -> Labelled:
        """A paragraph without marks where answers carry them: a question, a pull quote or something else."""
        paragraph = self.paragraphs[index]
        text = _without_marks(paragraph.text)
        answer_follows = self._next_spoken(index) is Part.ANSWER
        if ends_with_question(text) and answer_follows:
            return Labelled(paragraph, LineKind.QUESTION, _without_number(text))
        if self._passage(index, text) != "none":
            return Labelled(paragraph, LineKind.PULL_QUOTE, text)
        if answer_follows and self._directly_before_answer(index):
            asks = "?" in text or text.split()[0].casefold().strip(",.:") in _REQUESTS
            return Labelled(paragraph, LineKind.QUESTION, text, asks)
        if ends_with_question(text) and index < self.tail:
            return Labelled(paragraph, LineKind.QUESTION, text, certain=False)
        if any(is_near(text, answer) for answer in self._answers_near(index, text)):
            return Labelled(paragraph, LineKind.PULL_QUOTE, text, certain=False)
        return Labelled(paragraph, LineKind.TEXT, text, certain=False)

    def _unmarked(self, index: int, before: LineKind | None) -> Labelled:
        """A paragraph without label or dash where turns carry them: a pull quote, or the last turn goes on."""
        paragraph = self.paragraphs[index]
        text = _without_marks(paragraph.text)
        if self._passage(index, text) != "none":
            return Labelled(paragraph, LineKind.PULL_QUOTE, text)
        if index >= self.tail:
            return Labelled(paragraph, LineKind.TEXT, text, certain=False)
        if before is LineKind.QUESTION and self.style is Style.LABELS:
            return Labelled(paragraph, LineKind.QUESTION, text, certain=False)
        return Labelled(paragraph, LineKind.ANSWER, text, self.style is not Style.DASHES)

    def _passage(self, index: int, text: str) -> str:
        if len(text.split()) < _SHORTEST_PASSAGE:
            return "none"
        return locate_passage(text, self._answers_near(index, text)).kind

    def _answers_near(self, index: int, text: str) -> list[list[str]]:
        """The answers around ``index`` that ``text`` may have been taken from."""
        here = self.group_of[index]
        near = self.groups[max(0, here - _NEAR) : here + _NEAR + 1]
        return [[self.readings[other].text for other in group if self._may_hold(other, index, text)] for group in near]

    def _may_hold(self, other: int, index: int, text: str) -> bool:
        """Whether ``text`` at ``index`` may come from the paragraph ``other``: near, and not much shorter.

        Where answers carry no marks, two equal paragraphs look the same: the first is the answer, the second the quote.
        """
        if other == index or abs(other - index) > _NEAR_PARAGRAPHS:
            return False
        least = 0.6 * len(text) if other < index or self.style is Style.QUOTES else len(text)
        return len(self.readings[other].text) > least

    def _next_spoken(self, index: int) -> Part | None:
        """The part of the next paragraph that is no picture and no pull quote."""
        for ahead in range(index + 1, len(self.readings)):
            reading = self.readings[ahead]
            if reading.part is not Part.PLAIN:
                return reading.part
            if not is_image_placeholder(reading.text) and self._passage(ahead, reading.text) == "none":
                return None
        return None

    def _directly_before_answer(self, index: int) -> bool:
        following = self.readings[index + 1 : index + 2]
        return bool(following) and following[0].part is Part.ANSWER


def _is_scrap(text: str) -> bool:
    return bool(photo_credit(text)) or is_furniture(text) or source_of(text) is not None or is_image_placeholder(text)


def _without_marks(text: str) -> str:
    """A pull quote without the quotation marks or the sign of a Markdown block quote around it."""
    return strip_outer(text.removeprefix(">").strip())[0]


def _without_number(question: str) -> str:
    return _NUMBER.sub("", question)


def _is_topic(text: str) -> bool:
    return len(text.split()) <= _LONGEST_TOPIC and text[-1] not in ".?!"
