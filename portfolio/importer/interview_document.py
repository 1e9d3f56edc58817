"""A document whose body is an interview pasted as plain text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from portfolio.importer.document import Document, Interview, Problem, Span, Turn
from portfolio.importer.interview_text import looks_like_interview, parse_interview
from portfolio.importer.nodes import Body
from portfolio.importer.sources.jekyll_address import titleise
from portfolio.importer.sources.plain import in_interview_folder


def is_interview(path: str, text: str) -> bool:
    """A text in an interviews folder is one; a text given alone must read like questions and answers."""
    return in_interview_folder(path) or looks_like_interview(text)


def interview_document(document: Document, body: Body, local: tzinfo) -> Document:
    """Put the interview into ``document``; lines and spans count in the file. What front matter says wins."""
    interview, problems = parse_interview(body.text)
    day = interview.date
    printed = datetime(day.year, day.month, day.day, tzinfo=local) if day else None
    named = document.front_matter.get("title")
    return replace(
        document,
        title=document.title if named else interview.title or titleise(document.slug.replace("_", "-")),
        date=document.date or printed,
        authors=document.authors or ((interview.byline,) if interview.byline else ()),
        interview=_in_file(interview, body),
        problems=(*document.problems, *(_moved(problem, body) for problem in problems)),
    )


def _in_file(interview: Interview, body: Body) -> Interview:
    turns = tuple(replace(turn, line=body.line(0) + turn.line - 1, span=_span(turn, body)) for turn in interview.turns)
    return replace(interview, turns=turns)


def _span(turn: Turn, body: Body) -> Span | None:
    return Span(body.start + turn.span.start, body.start + turn.span.end) if turn.span else None


def _moved(problem: Problem, body: Body) -> Problem:
    return replace(problem, line=body.line(0) + problem.line - 1) if problem.line else problem
