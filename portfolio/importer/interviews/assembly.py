"""Put labelled paragraphs together: the interview and the report on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portfolio.importer.document import Interview, Problem, Severity, Span, Turn
from portfolio.importer.interviews.furniture import (
    followed_publication,
    photo_credit,
    reading_minutes,
    source_of,
)
from portfolio.importer.interviews.header import day_of
from portfolio.importer.interviews.kinds import Labelled, LineKind
from portfolio.importer.interviews.people import Interviewee, find_interviewee
from portfolio.importer.interviews.speakers import answering_speakers, full_name, looks_like_name, speaker_label

_EXCERPT = 60


@dataclass
class _Exchange:
    """A question and its answer while they are being read."""

    question: list[Labelled] = field(default_factory=list)
    answer: list[Labelled] = field(default_factory=list)

    def turn(self) -> Turn:
        parts = [*self.question, *self.answer]
        return Turn(
            kind="question_answer",
            line=parts[0].paragraph.number,
            question=" ".join(part.content for part in self.question if part.content),
            answer=tuple(part.content for part in self.answer if part.content),
            span=Span(parts[0].paragraph.span.start, parts[-1].paragraph.span.end),
        )


def assemble(labelled: Sequence[Labelled]) -> tuple[Interview, tuple[Problem, ...]]:
    turns = tuple(_turns(labelled))
    title = _first(labelled, LineKind.TITLE)
    standfirst = "\n\n".join(_all(labelled, LineKind.STANDFIRST))
    byline = _first(labelled, LineKind.BYLINE)
    who = _interviewee(labelled, title, standfirst, byline)
    publication, address = _source(labelled)
    interview = Interview(
        title=title,
        standfirst=standfirst,
        turns=turns,
        date=next((day for text in _all(labelled, LineKind.DATE) if (day := day_of(text))), None),
        interviewee=who.name,
        interviewee_role=who.role,
        interviewee_organisation=who.organisation,
        byline=byline,
        byline_role=_first(labelled, LineKind.BYLINE_ROLE),
        reading_minutes=next(iter(map(reading_minutes, _all(labelled, LineKind.READING_TIME))), None),
        photo_credit=", ".join(photo_credit(text) or text for text in _all(labelled, LineKind.PHOTO_CREDIT)),
        source_publication=publication,
        source_url=address,
    )
    problems = [*_line_problems(labelled), *_turn_problems(turns), *_person_problems(who, labelled)]
    return interview, tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _first(labelled: Sequence[Labelled], kind: LineKind) -> str:
    return next((part.content for part in labelled if part.kind is kind), "")


def _all(labelled: Sequence[Labelled], kind: LineKind) -> list[str]:
    return [part.content for part in labelled if part.kind is kind]


def _turns(labelled: Sequence[Labelled]) -> Iterator[Turn]:
    """Exchanges whole; what stands inside an answer (a pull quote, a picture, a remark) follows it."""
    exchange = _Exchange()
    behind: list[Turn] = []
    for part in labelled:
        if part.kind is LineKind.QUESTION and (exchange.answer or (behind and exchange.question)):
            yield exchange.turn()
            yield from behind
            exchange, behind = _Exchange(), []
        if part.kind is LineKind.QUESTION:
            yield from behind
            behind = []
            exchange.question.append(part)
        elif part.kind is LineKind.ANSWER:
            exchange.answer.append(part)
        elif part.kind in _ASIDES:
            behind.append(_aside(part))
    if exchange.question or exchange.answer:
        yield exchange.turn()
    yield from behind


_ASIDES = {
    LineKind.PULL_QUOTE: "pull_quote",
    LineKind.IMAGE_PLACEHOLDER: "image_placeholder",
    LineKind.TEXT: "text",
}


def _aside(part: Labelled) -> Turn:
    return Turn(kind=_ASIDES[part.kind], line=part.paragraph.number, text=part.content, span=part.paragraph.span)


def _interviewee(labelled: Sequence[Labelled], title: str, standfirst: str, byline: str) -> Interviewee:
    talk = [part.content for part in labelled if part.kind in {LineKind.QUESTION, LineKind.ANSWER}]
    guess = find_interviewee(title, standfirst, talk, byline)
    spoken = [
        label for part in labelled if (label := speaker_label(part.paragraph.text)) and part.kind is not LineKind.TITLE
    ]
    roles = answering_speakers(spoken) or {}
    names = [full_name(speaker, list(roles)) for speaker, answers in roles.items() if answers]
    named = next((name for name in names if looks_like_name(name) and " " in name), "")
    if not named:
        return guess
    if named == guess.name:
        return Interviewee(named, guess.role, guess.organisation, certain=True)
    return Interviewee(named, "", "", certain=True)


def _source(labelled: Sequence[Labelled]) -> tuple[str, str]:
    """Publication and address from a source line; else the publication a reader is invited to follow."""
    found = [source for text in _all(labelled, LineKind.SOURCE) if (source := source_of(text))]
    publication = next((name for name, _ in found if name), "")
    address = next((url for _, url in found if url), "")
    if not publication:
        followed = (followed_publication(part.paragraph.text) for part in labelled if part.kind is LineKind.FURNITURE)
        publication = next((name for name in followed if name), "")
    return publication, address


_NAMES = {
    LineKind.BYLINE: "the author's name",
    LineKind.BYLINE_ROLE: "the author's role",
    LineKind.STANDFIRST: "the introduction",
    LineKind.TEXT: "text between the questions",
    LineKind.PULL_QUOTE: "a pull quote that was reworded",
    LineKind.DATE: "a date without a day",
}


def _line_problems(labelled: Sequence[Labelled]) -> Iterator[Problem]:
    for part in labelled:
        line, text = part.paragraph.number, part.paragraph.text
        excerpt = text if len(text) <= _EXCERPT else text[:_EXCERPT].rstrip() + "…"
        if part.kind is LineKind.IMAGE_PLACEHOLDER:
            yield Problem(
                Severity.WARNING, "missing-image", f"a picture stood here and is not in the text: “{excerpt}”", line
            )
        elif part.kind is LineKind.FURNITURE:
            yield Problem(
                Severity.INFO, "site-furniture", f"left out, it belongs to the page around it: “{excerpt}”", line
            )
        elif not part.certain:
            taken_for = _NAMES.get(part.kind, f"part of the {part.kind.value}")
            yield Problem(Severity.WARNING, "uncertain-line", f"taken for {taken_for}: “{excerpt}”", line)


def _turn_problems(turns: Sequence[Turn]) -> Iterator[Problem]:
    exchanges = [turn for turn in turns if turn.kind == "question_answer"]
    if not exchanges:
        yield Problem(Severity.WARNING, "no-conversation", "no questions and answers were found in this text")
    for turn in exchanges:
        if not turn.answer:
            yield Problem(Severity.WARNING, "question-without-answer", "no answer follows this question", turn.line)
        elif not turn.question:
            yield Problem(Severity.WARNING, "answer-without-question", "no question precedes this answer", turn.line)


def _person_problems(who: Interviewee, labelled: Sequence[Labelled]) -> Iterator[Problem]:
    line = next((part.paragraph.number for part in labelled if part.kind is LineKind.STANDFIRST), None)
    if not who.name:
        yield Problem(Severity.WARNING, "unknown-interviewee", "nothing says who is interviewed: fill it in", line)
    elif not who.certain:
        yield Problem(
            Severity.WARNING, "guessed-interviewee", f"{who.name} is taken for the person interviewed: check it", line
        )
