"""Interview parser: the entry point for interviews as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from portfolio.documents.document import Interview, Problem
from portfolio.interviews.assembly import assemble, date_readings
from portfolio.interviews.conversation import Conversation
from portfolio.interviews.conversation_start import conversation_start
from portfolio.interviews.correction import corrected
from portfolio.interviews.header import read_header
from portfolio.interviews.kinds import ClassifiedLine, Labelled, LineKind
from portfolio.interviews.naming import named_in_title, says_interview
from portfolio.interviews.paragraphs import split_paragraphs
from portfolio.interviews.passages import Passage, locate_passage
from portfolio.interviews.pull_quotes import teaser
from portfolio.interviews.questions import addresses_reader, ends_with_question
from portfolio.interviews.run_in import split_run_in
from portfolio.interviews.speakers import is_role_word
from portfolio.interviews.styles.detection import read_parts
from portfolio.interviews.styles.dialogue import Dialogue, DialoguePart, Style

__all__ = [
    "ClassifiedLine",
    "LineKind",
    "ParsedInterview",
    "Passage",
    "classify",
    "locate_passage",
    "looks_like_interview",
    "parse_interview",
    "parse_with_corrections",
]

# Paragraphs above the conversation that are checked for pull quotes, since each is searched in all answers.
_MAX_TEASERS = 40


@dataclass(frozen=True, slots=True)
class ParsedInterview:
    """An interview and its parts, in the order of the text.

    ``guesses`` are the detected kinds of the parts, without corrections. ``days`` are the possible dates, the
    likeliest first.
    """

    interview: Interview
    problems: tuple[Problem, ...]
    parts: tuple[ClassifiedLine, ...]
    guesses: tuple[LineKind, ...]
    days: tuple[date, ...] = ()


def parse_interview(text: str) -> tuple[Interview, tuple[Problem, ...]]:
    """Return the interview in ``text`` and its problems. Never raises.

    Problem codes: ``uncertain-line`` (a guess; the line is kept), ``missing-image`` (a placeholder in place of a
    picture), ``boilerplate`` (boilerplate, left out), ``ambiguous-date`` (a numeric date with more than one
    reading), ``guessed-speakers``,
    ``guessed-interviewee``, ``unknown-interviewee``, ``question-without-answer``, ``answer-without-question`` and
    ``no-conversation``.
    Spans of turns are byte offsets into ``text`` as UTF-8; the span of a question ends with its answer, so it contains
    the spans of pull quotes and pictures inside the answer.
    """
    labelled, dialogue = _label(text)
    return assemble(labelled, dialogue.speakers)


def parse_with_corrections(
    text: str, kinds: Mapping[int, LineKind] | None = None, day: date | None = None
) -> ParsedInterview:
    """Return the interview in ``text`` with its parts; ``kinds`` are corrections by the index of a part.

    ``day`` is the chosen reading of an ambiguous date; any other date is ignored.

    A part is a paragraph, or a segment of a line such as "25 Feb 2020 · 4 min".
    """
    guessed, dialogue = _label(text)
    labelled = corrected(guessed, kinds or {}, dialogue.speakers.answers if dialogue.speakers else ())
    interview, problems = assemble(labelled, dialogue.speakers, day)
    parts = tuple(
        ClassifiedLine(part.paragraph.number, part.kind, part.paragraph.text, part.certain) for part in labelled
    )
    return ParsedInterview(interview, problems, parts, tuple(part.kind for part in guessed), date_readings(labelled))


def classify(text: str) -> tuple[ClassifiedLine, ...]:
    """Return the kind of each line that is not blank, in order. A line such as "25 Feb 2020 · 4 min" appears twice."""
    return tuple(
        ClassifiedLine(line.number, labelled.kind, line.text, labelled.certain)
        for labelled in _label(text)[0]
        for line in labelled.paragraph.lines
    )


def looks_like_interview(text: str) -> bool:
    """Whether a text file is an interview.

    With a title that names the interviewee, one and a half exchanges are enough. Labels, and dialogue in quotation
    marks, need two questions with answers. If only question marks or headings mark the questions, the text may be an
    essay: then most questions must address somebody, or one if a person is introduced above. They must occur
    throughout the text, and there must be three, or two if the title mentions an interview.
    """
    labelled, dialogue = _label(text)
    kinds = [part.kind for part in labelled]
    asked = [part.content for part in labelled if part.kind is LineKind.QUESTION]
    answers = kinds.count(LineKind.ANSWER)
    titles = [part.content for part in labelled if part.kind is LineKind.TITLE]
    if asked and answers and len(asked) + answers >= 3 and any(map(_names_somebody, titles)):
        return True
    if dialogue.style in {Style.BARE, Style.MARKED}:
        return _asks_somebody(labelled, dialogue, asked, titled=any(map(says_interview, titles)))
    if dialogue.style is Style.LABELS and sum(map(ends_with_question, asked)) < 2:
        labels = dialogue.speakers.answers if dialogue.speakers else ()
        return any(map(is_role_word, labels)) and len(asked) >= 2 and answers >= 2
    return len(asked) >= 2 and answers >= 2 and kinds.count(LineKind.TEXT) <= len(asked) + answers


def _names_somebody(title: str) -> bool:
    named = named_in_title(title)
    return named.certain and any(" " in name or not name.isascii() for name in named.answers)


def _asks_somebody(labelled: Sequence[Labelled], dialogue: Dialogue, asked: Sequence[str], *, titled: bool) -> bool:
    """Whether questions marked only by their form address a person and not the reader."""
    kinds = [part.kind for part in labelled]
    answered = sum(one is LineKind.QUESTION and two is LineKind.ANSWER for one, two in pairwise(kinds))
    you = sum(map(addresses_reader, asked))
    interview, problems = assemble(labelled, dialogue.speakers)
    introduced = bool(interview.interviewee) and not any(one.code == "guessed-interviewee" for one in problems)
    addressed = you * 2 >= len(asked) or (introduced and you > 0)
    early = next((index for index, kind in enumerate(kinds) if kind is LineKind.QUESTION), 0) <= len(kinds) // 2
    enough = answered >= (2 if titled else 3) and answered >= len(kinds) // 6
    return enough and early and addressed


def _label(text: str) -> tuple[list[Labelled], Dialogue]:
    paragraphs = split_run_in(split_paragraphs(text))
    dialogue = read_parts(paragraphs)
    start = conversation_start(paragraphs, dialogue.style, dialogue.readings)
    talk = Conversation(paragraphs[start:], dialogue.style, dialogue.readings[start:])
    spoken = talk.labelled()
    answers = [[part.content for part in spoken if part.kind is LineKind.ANSWER]]
    above = read_header(
        paragraphs[:start], [reading.part is DialoguePart.NOISE for reading in dialogue.readings[:start]]
    )
    return [*(teaser(part, answers) for part in above[:_MAX_TEASERS]), *above[_MAX_TEASERS:], *spoken], dialogue
