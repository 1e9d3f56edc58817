"""Understand an interview that was pasted as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolio.importer.document import Interview, Problem
from portfolio.importer.interviews.assembly import assemble
from portfolio.importer.interviews.conversation import Conversation, conversation_start, teaser
from portfolio.importer.interviews.correction import corrected
from portfolio.importer.interviews.header import read_header
from portfolio.importer.interviews.kinds import ClassifiedLine, Labelled, LineKind
from portfolio.importer.interviews.paragraphs import split_paragraphs
from portfolio.importer.interviews.passages import Passage, locate_passage
from portfolio.importer.interviews.styles import Part, Style, read_parts

__all__ = [
    "ClassifiedLine",
    "LineKind",
    "Passage",
    "Understood",
    "classify",
    "locate_passage",
    "looks_like_interview",
    "parse_interview",
    "understand",
]


@dataclass(frozen=True, slots=True)
class Understood:
    """An interview and the parts it was put together from, in the order of the text.

    ``guesses`` are the kinds that the rules took the parts for, whatever somebody said of them.
    """

    interview: Interview
    problems: tuple[Problem, ...]
    parts: tuple[ClassifiedLine, ...]
    guesses: tuple[LineKind, ...]


def parse_interview(text: str) -> tuple[Interview, tuple[Problem, ...]]:
    """The interview in ``text`` and what its owner should look at. Never raises.

    Problem codes: ``uncertain-line`` (the rules guessed; the line is kept), ``missing-image`` (a placeholder stands
    where a picture was), ``site-furniture`` (a line of the page around the interview, left out),
    ``guessed-interviewee``, ``unknown-interviewee``, ``question-without-answer``, ``answer-without-question`` and
    ``no-conversation``.
    Spans of turns are byte offsets into ``text`` as UTF-8; the span of a question runs to the end of its answer, so a
    pull quote or a picture in the middle of an answer lies inside it.
    """
    return assemble(_label(text))


def understand(text: str, kinds: Mapping[int, LineKind] | None = None) -> Understood:
    """What ``text`` was taken for, part by part; ``kinds`` says of parts, by their place, what they are instead.

    A part is a paragraph, or a piece of a line such as "25 Feb 2020 · 4 min".
    """
    guessed = _label(text)
    labelled = corrected(guessed, kinds or {})
    interview, problems = assemble(labelled)
    parts = tuple(
        ClassifiedLine(part.paragraph.number, part.kind, part.paragraph.text, part.certain) for part in labelled
    )
    return Understood(interview, problems, parts, tuple(part.kind for part in guessed))


def classify(text: str) -> tuple[ClassifiedLine, ...]:
    """What each line that is not blank was taken for, in order. A line such as "25 Feb 2020 · 4 min" appears twice."""
    return tuple(
        ClassifiedLine(line.number, labelled.kind, line.text, labelled.certain)
        for labelled in _label(text)
        for line in labelled.paragraph.lines
    )


def looks_like_interview(text: str) -> bool:
    """Whether a text file reads like questions and answers: at least two questions, each answered."""
    paragraphs = split_paragraphs(text)
    style, readings = read_parts(paragraphs)
    if style is Style.BARE:
        questions = [index for index, reading in enumerate(readings) if reading.part is Part.QUESTION]
        answered = [
            index for index in questions if index + 1 < len(readings) and readings[index + 1].part is not Part.QUESTION
        ]
        return len(answered) >= 3 and len(answered) >= len(readings) // 6 and _asks_throughout(paragraphs, questions)
    turns = [labelled for labelled in _label(text) if labelled.kind in {LineKind.QUESTION, LineKind.ANSWER}]
    asked = sum(turn.kind is LineKind.QUESTION for turn in turns)
    return asked >= 2 and len(turns) - asked >= 2


def _asks_throughout(paragraphs: Sequence[object], questions: Sequence[int]) -> bool:
    """Whether the first question stands in the first half: an essay that ends in questions is no interview."""
    return questions[0] <= len(paragraphs) // 2


def _label(text: str) -> list[Labelled]:
    paragraphs = split_paragraphs(text)
    style, readings = read_parts(paragraphs)
    start = conversation_start(paragraphs, style, readings)
    talk = Conversation(paragraphs[start:], style, readings[start:])
    spoken = talk.labelled()
    answers = [[part.content for part in spoken if part.kind is LineKind.ANSWER]]
    return [*(teaser(part, answers) for part in read_header(paragraphs[:start])), *spoken]
