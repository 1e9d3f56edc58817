"""Assembly: build the interview and its problems from labelled paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from portfolio.documents.document import Interview, Problem, Severity, Span, Turn
from portfolio.interviews.boilerplate import (
    followed_publication,
    photo_credit,
    reading_minutes,
    source_of,
)
from portfolio.interviews.datelines import Dateline, read_dateline
from portfolio.interviews.kinds import Labelled, LineKind
from portfolio.interviews.naming import is_personal, joined
from portfolio.interviews.people import Interviewee, interviewee, looks_like_person
from portfolio.interviews.speakers import Speakers, is_role_word

_EXCERPT = 60
# Maximum lengths of the page fields, in characters.
_MAX_LENGTHS = {
    LineKind.BYLINE: 200,
    LineKind.BYLINE_ROLE: 300,
    LineKind.INTERVIEWEE: 200,
    LineKind.INTERVIEWEE_ROLE: 200,
    LineKind.PHOTO_CREDIT: 300,
    LineKind.SOURCE: 500,
}


@dataclass
class _Exchange:
    """A question and its answer while they are being collected."""

    question: list[Labelled] = field(default_factory=list)
    answer: list[Labelled] = field(default_factory=list)

    def turn(self) -> Turn:
        parts = [*self.question, *self.answer]
        return Turn(
            kind="question_answer",
            line=parts[0].paragraph.number,
            question=" ".join(part.content for part in self.question if part.content),
            answer=tuple(_paragraphs(self.answer)),
            span=Span(parts[0].paragraph.span.start, parts[-1].paragraph.span.end),
        )


def _paragraphs(parts: Sequence[Labelled]) -> list[str]:
    """Return the paragraphs of an answer; a part that continues a sentence joins the paragraph before it."""
    paragraphs: list[list[str]] = []
    for part in parts:
        if part.joins and paragraphs:
            paragraphs[-1] += [part.content] if part.content else []
        elif part.content:
            paragraphs.append([part.content])
    return [" ".join(pieces) for pieces in paragraphs]


def assemble(
    labelled: Sequence[Labelled], speakers: Speakers | None = None, day: date | None = None
) -> tuple[Interview, tuple[Problem, ...]]:
    """Return the interview made of the parts, and its problems.

    ``speakers`` are those in labels. ``day`` is the chosen reading of an ambiguous date.
    """
    labelled = _fitting(labelled)
    turns = tuple(_turns(labelled))
    title = _first(labelled, LineKind.TITLE)
    standfirst = "\n\n".join(_all(labelled, LineKind.STANDFIRST))
    byline = _first(labelled, LineKind.BYLINE)
    who = interviewee(labelled, title, standfirst, byline, speakers)
    asks = byline or _asking(speakers, who.name)
    publication, address = _source(labelled)
    days = date_readings(labelled)
    interview = Interview(
        title=title,
        standfirst=standfirst,
        turns=turns,
        date=day if day in days else next(iter(days), None),
        interviewee=who.name,
        interviewee_role=who.role,
        interviewee_organisation=who.organisation,
        byline=asks,
        byline_role=_first(labelled, LineKind.BYLINE_ROLE),
        reading_minutes=next(iter(map(reading_minutes, _all(labelled, LineKind.READING_TIME))), None),
        photo_credit=", ".join(photo_credit(text) or text for text in _all(labelled, LineKind.PHOTO_CREDIT)),
        source_publication=publication,
        source_url=address,
    )
    problems = [
        *_line_problems(labelled),
        *_date_problems(labelled, interview.date, chosen=day in days),
        *_turn_problems(turns),
        *_speaker_problems(labelled, speakers),
        *_person_problems(who, labelled),
    ]
    return interview, tuple(sorted(problems, key=lambda problem: problem.line or 0))


def date_readings(labelled: Sequence[Labelled]) -> tuple[date, ...]:
    """Return the possible dates of publication, the likeliest first; without any, those of an update."""
    dateline = _dateline(labelled)
    return dateline[1].readings if dateline else ()


def _dateline(labelled: Sequence[Labelled]) -> tuple[Labelled, Dateline] | None:
    dates = [(part, read) for part in labelled if part.kind is LineKind.DATE if (read := read_dateline(part.content))]
    with_day = [(part, dateline) for part, dateline in dates if dateline.readings]
    return min(with_day, key=lambda pair: pair[1].updated, default=None)


def _fitting(labelled: Sequence[Labelled]) -> list[Labelled]:
    """Return the parts; text that is too long for its kind becomes part of the introduction."""
    return [
        Labelled(part.paragraph, LineKind.STANDFIRST, part.content, certain=False)
        if len(part.content) > _MAX_LENGTHS.get(part.kind, len(part.content))
        else part
        for part in labelled
    ]


def _first(labelled: Sequence[Labelled], kind: LineKind) -> str:
    return next((part.content for part in labelled if part.kind is kind), "")


def _all(labelled: Sequence[Labelled], kind: LineKind) -> list[str]:
    return [part.content for part in labelled if part.kind is kind]


def _turns(labelled: Sequence[Labelled]) -> Iterator[Turn]:
    """Yield whole exchanges; a pull quote, picture or remark inside an answer follows after it."""
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
    LineKind.HEADING: "heading",
    LineKind.TEXT: "text",
}


def _aside(part: Labelled) -> Turn:
    return Turn(kind=_ASIDES[part.kind], line=part.paragraph.number, text=part.content, span=part.paragraph.span)


def _asking(speakers: Speakers | None, answering: str) -> str:
    """Return the full name of the interviewer from the labels, "" if there is none."""
    asking = speakers.people(answering=False) if speakers else []
    full = [name for name in asking if looks_like_person(name) and is_personal(name) and not is_role_word(name)]
    return joined(full) if full and joined(full) != answering else ""


def _source(labelled: Sequence[Labelled]) -> tuple[str, str]:
    """Return publication and URL from a source line, else the publication in an invitation to follow it."""
    sources = [source for text in _all(labelled, LineKind.SOURCE) if (source := source_of(text))]
    publication = next((name for name, _ in sources if name), "")
    address = next((url for _, url in sources if url), "")
    if not publication:
        followed = (followed_publication(part.paragraph.text) for part in labelled if part.kind is LineKind.BOILERPLATE)
        publication = next((name for name in followed if name), "")
    return publication, address


_NAMES = {
    LineKind.BYLINE: "the author's name",
    LineKind.BYLINE_ROLE: "the author's role",
    LineKind.INTERVIEWEE: "the name of who answers",
    LineKind.STANDFIRST: "the introduction",
    LineKind.HEADING: "a heading between the questions",
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
        elif part.kind is LineKind.TIME_STAMP:
            pass  # reported once for all, in `_speaker_problems`
        elif part.kind is LineKind.BOILERPLATE:
            yield Problem(
                Severity.INFO, "boilerplate", f"left out, it belongs to the page around it: “{excerpt}”", line
            )
        elif not part.certain:
            name = _NAMES.get(part.kind, f"part of the {part.kind.value}")
            yield Problem(Severity.WARNING, "uncertain-line", f"taken for {name}: “{excerpt}”", line)


def _date_problems(labelled: Sequence[Labelled], day: date | None, *, chosen: bool) -> Iterator[Problem]:
    """Report the reading of an ambiguous numeric date; only a note if one reading is far more common."""
    dateline = _dateline(labelled)
    if dateline is None or day is None or len(dateline[1].readings) < 2 or chosen:
        return
    part, read = dateline
    others = " or ".join(f"{other.day} {other:%B %Y}" for other in read.readings if other != day)
    message = f"“{part.content}” was read as {day.day} {day:%B %Y}; it may mean {others}: check the date"
    yield Problem(Severity.INFO if read.certain else Severity.WARNING, "ambiguous-date", message, part.paragraph.number)


def _speaker_problems(labelled: Sequence[Labelled], speakers: Speakers | None) -> Iterator[Problem]:
    turn = next((part for part in labelled if part.kind in {LineKind.QUESTION, LineKind.ANSWER}), None)
    if speakers is not None and turn is not None and not speakers.certain:
        asks, answers = (joined(speakers.people(answering=which)) for which in (False, True))
        message = f"{asks} is taken for the one who asks, {answers} for the one who answers: check it"
        yield Problem(Severity.WARNING, "guessed-speakers", message, turn.paragraph.number)
    stamps = [part.paragraph.number for part in labelled if part.kind is LineKind.TIME_STAMP]
    if stamps:
        yield Problem(Severity.INFO, "time-stamps", f"left out, times of the recording: {len(stamps)}", stamps[0])


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
