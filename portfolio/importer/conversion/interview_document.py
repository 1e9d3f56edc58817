"""A document whose body is an interview pasted as plain text."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, tzinfo

from portfolio.documents.document import Document, Interview, Problem, Severity, Span, Turn
from portfolio.documents.title_text import title_of_slug
from portfolio.engines.folder import in_interview_folder
from portfolio.importer.conversion.nodes import BodyText
from portfolio.interviews.interview_text import looks_like_interview, parse_interview
from portfolio.markdown.characters import without_controls


def is_interview(path: str, text: str) -> bool:
    """A text in an interviews folder is one; a text given alone must read like questions and answers."""
    return in_interview_folder(path) or looks_like_interview(text)


def interview_document(document: Document, body: BodyText, local: tzinfo) -> Document:
    """Put the interview into ``document``; lines and spans count in the file. What front matter says wins."""
    interview, problems = parse_interview(body.text)
    interview, invisible = _visible(interview)
    day = interview.date
    printed = datetime(day.year, day.month, day.day, tzinfo=local) if day else None
    named = document.front_matter.get("title")
    return replace(
        document,
        title=document.title if named else interview.title or title_of_slug(document.slug.replace("_", "-")),
        date=document.date or printed,
        authors=document.authors or ((interview.byline,) if interview.byline else ()),
        interview=_in_file(interview, body),
        problems=(*document.problems, *(_moved(problem, body) for problem in (*problems, *invisible))),
    )


def _visible(interview: Interview) -> tuple[Interview, list[Problem]]:
    """The interview without control characters in what it says of people and places, and a warning for each."""
    stated = {field.name: getattr(interview, field.name) for field in fields(interview)}
    clean = {name: without_controls(text) for name, text in stated.items() if isinstance(text, str)}
    changed = {name: text for name, text in clean.items() if text != stated[name]}
    problems = [
        Problem(Severity.WARNING, "control-character", f"{name}: holds invisible control characters; they are left out")
        for name in changed
    ]
    return replace(interview, **changed), problems


def _in_file(interview: Interview, body: BodyText) -> Interview:
    turns = tuple(replace(turn, line=body.line(0) + turn.line - 1, span=_span(turn, body)) for turn in interview.turns)
    return replace(interview, turns=turns)


def _span(turn: Turn, body: BodyText) -> Span | None:
    return Span(body.start + turn.span.start, body.start + turn.span.end) if turn.span else None


def _moved(problem: Problem, body: BodyText) -> Problem:
    return replace(problem, line=body.line(0) + problem.line - 1) if problem.line else problem
