"""View “Interview from text”: paste it, check and correct how each part was classified, get a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.models import Comment, Page

from blog.content.interviews import turn_block
from blog.from_markdown import add_messages
from blog.models import InterviewPage
from blog.new_pages import Blocks, Note, new_draft
from portfolio.admin.editor.pasted_text import LONGEST, PastedTextField, PastedTextForm
from portfolio.admin.new_page_menu import parent_for
from portfolio.documents.document import Document, Problem, Severity
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker
from portfolio.interviews.interview_text import LineKind, ParsedInterview, parse_with_corrections

KIND_LABELS = {
    LineKind.QUESTION: "Question",
    LineKind.ANSWER: "Answer",
    LineKind.PULL_QUOTE: "Pull quote",
    LineKind.HEADING: "Heading",
    LineKind.TEXT: "Other text",
    LineKind.TITLE: "Title",
    LineKind.STANDFIRST: "Introduction",
    LineKind.INTERVIEWEE: "Who answers",
    LineKind.INTERVIEWEE_ROLE: "Who answers: role",
    LineKind.BYLINE: "Who asks",
    LineKind.BYLINE_ROLE: "Who asks: role",
    LineKind.DATE: "Date",
    LineKind.READING_TIME: "Reading time",
    LineKind.PHOTO_CREDIT: "Photo credit",
    LineKind.SOURCE: "Where it was printed",
    LineKind.BOILERPLATE: "Leave out",
    LineKind.TITLE_AGAIN: "Leave out: title again",
    LineKind.BYLINE_LABEL: "Leave out: label",
    LineKind.IMAGE_PLACEHOLDER: "Leave out: a picture was here",
    LineKind.TIME_STAMP: "Leave out: time of the recording",
}
LEFT_OUT = frozenset(
    {
        LineKind.BOILERPLATE,
        LineKind.TITLE_AGAIN,
        LineKind.BYLINE_LABEL,
        LineKind.IMAGE_PLACEHOLDER,
        LineKind.TIME_STAMP,
    }
)


# Where in the page's form what a problem, or a kind of line, is about can be changed.
FIELDS: Mapping[str, str] = {
    "guessed-interviewee": "interviewee_name",
    "unknown-interviewee": "interviewee_name",
    "ambiguous-date": "date",
    LineKind.TITLE: "title",
    LineKind.DATE: "date",
    LineKind.BYLINE: "interviewer",
    LineKind.BYLINE_ROLE: "interviewer_role",
    LineKind.INTERVIEWEE: "interviewee_name",
    LineKind.INTERVIEWEE_ROLE: "interviewee_role",
    LineKind.STANDFIRST: "summary",
}


class InterviewForm(PastedTextForm):
    text = PastedTextField(
        longest=LONGEST,
        label="The interview",
        help_text="Copy it from the page or the mail it is in, and paste all of it here.",
    )


@dataclass(frozen=True, slots=True)
class ClassifiedPart:
    """A part of the text as the screen shows it, with its kind and the first guess."""

    index: int
    line: int
    text: str
    kind: str
    guess: str
    certain: bool
    corrected: bool
    left_out: bool


@require_http_methods(["GET", "POST"])
def interview_from_text(request: HttpRequest) -> HttpResponse:
    parent_for(InterviewPage, request)  # raises for somebody who may add none anywhere
    form = InterviewForm(request.POST or None)
    context: dict[str, Any] = {
        "screen_title": "Interview from text",
        "icon": "openquote",
        "form": form,
        "kinds": KIND_LABELS.items(),
    }
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "portfolio/admin/editing/interview_from_text.html", context, status=status)
    text = form.cleaned_data["text"]
    try:
        parsed = parse_text(text, request.POST if form.is_parsed else QueryDict())
    except WorkStopped as error:
        form.add_error("text", f"This text {error}.")
        return render(request, "portfolio/admin/editing/interview_from_text.html", context, status=422)
    if "create" in request.POST and form.is_parsed:
        page, notes = new_draft(request, document_from(text, parsed), ready_blocks)
        summary = add_comments(page, parsed, request.user)
        add_messages(request, page, [*notes, *([(None, summary)] if summary else [])])
        return redirect("wagtailadmin_pages:edit", page.pk)
    form.data = form.data.copy()
    form.data["parsed_text"] = text
    context |= {
        "parsed": parsed,
        "parts": classified_parts(parsed),
        "facts": interview_facts(parsed),
        "dates": date_choices(parsed),
        "unsure": questions_left(parsed),
    }
    return render(request, "portfolio/admin/editing/interview_from_text.html", context)


def add_comments(page: Page, parsed: ParsedInterview, user: Any) -> str:
    """Leave a comment beside everything that nobody could be sure of: messages are gone when the page is left.

    What is returned says that there are comments, "" without any.
    """
    blocks = [block["id"] for block in page.body.get_prep_value()]
    unsure = [problem for problem in parsed.problems if problem.severity is not Severity.INFO]
    for problem in unsure:
        Comment.objects.create(
            page=page, user=user, text=sentence(problem.message), contentpath=field_of(problem, parsed, blocks)
        )
    if len(unsure) == 1:
        return "One thing was not certain: you find it as a comment beside its field"
    return f"{len(unsure)} things were not certain: you find each as a comment beside its field" if unsure else ""


def sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}."


def field_of(problem: Problem, parsed: ParsedInterview, blocks: Sequence[str]) -> str:
    """Where in the form the text is that ``problem`` is about, as Wagtail names fields: "body.<id>.answer"."""
    if problem.code in FIELDS:
        return FIELDS[problem.code]
    part = next((part for part in parsed.parts if part.line == problem.line and not part.certain), None)
    if part is not None and part.kind in FIELDS:
        return FIELDS[part.kind]
    turns = [turn for turn in parsed.interview.turns if turn_block(turn) is not None]
    indices = [index for index, turn in enumerate(turns) if turn.line <= (problem.line or 0)]
    if not indices or len(turns) != len(blocks):
        return "body"
    turn, block_id = turns[indices[-1]], blocks[indices[-1]]
    if turn.kind == "question_answer":
        return f"body.{block_id}.{'answer' if part is not None and part.kind is LineKind.ANSWER else 'question'}"
    return f"body.{block_id}" if turn.kind == "text" else f"body.{block_id}.text"


def parse_text(text: str, corrections: QueryDict) -> ParsedInterview:
    """The parsed text, with what the form says of its parts and its date. Raises `WorkStopped`."""
    parsed: ParsedInterview = in_one_worker(parse_with_corrections, text)
    kinds = {}
    for index, guess in enumerate(parsed.guesses):
        kind = corrections.get(f"kind-{index}", "")
        if kind in KIND_LABELS and kind != guess:
            kinds[index] = LineKind(kind)
    # The likeliest day is chosen from the start, so it being sent back does not say that somebody looked at it.
    day = next((day for day in parsed.days[1:] if day.isoformat() == corrections.get("day")), None)
    return in_one_worker(parse_with_corrections, text, kinds, day) if kinds or day else parsed


def classified_parts(parsed: ParsedInterview) -> list[ClassifiedPart]:
    doubtful = {problem.line for problem in parsed.problems if problem.severity is not Severity.INFO}
    return [
        ClassifiedPart(
            index=index,
            line=part.line,
            text=part.text,
            kind=part.kind,
            guess=KIND_LABELS[guess],
            certain=part.certain and not (part.kind is LineKind.DATE and part.line in doubtful),
            corrected=part.kind is not guess,
            left_out=part.kind in LEFT_OUT,
        )
        for index, (part, guess) in enumerate(zip(parsed.parts, parsed.guesses, strict=True))
    ]


def interview_facts(parsed: ParsedInterview) -> list[tuple[str, str]]:
    """What the page will say of the interview as a whole."""
    interview = parsed.interview
    who = ", ".join(
        filter(None, [interview.interviewee, interview.interviewee_role, interview.interviewee_organisation])
    )
    talk = [turn for turn in interview.turns if turn.kind == "question_answer"]
    halves = sum(not (turn.question and turn.answer) for turn in talk)
    quotes = sum(turn.kind == "pull_quote" for turn in interview.turns)
    return [
        ("Title", interview.title),
        ("Answers", who),
        ("Asks", ", ".join(filter(None, [interview.byline, interview.byline_role]))),
        ("Date", day_in_words(interview.date) if interview.date else ""),
        ("Printed in", ", ".join(filter(None, [interview.source_publication, interview.source_url]))),
        ("Photos", interview.photo_credit),
        (
            "Conversation",
            f"{count_of(len(talk) - halves, 'question')} with answers, {count_of(quotes, 'pull quote')}"
            + (f", {count_of(halves, 'half exchange')}" if halves else ""),
        ),
    ]


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def date_choices(parsed: ParsedInterview) -> list[tuple[str, str, bool]]:
    """The days that the date may mean, as value, words and whether it is taken; none where there is no choice."""
    if len(parsed.days) < 2:
        return []
    return [(day.isoformat(), day_in_words(day), day == parsed.interview.date) for day in parsed.days]


def count_of(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def questions_left(parsed: ParsedInterview) -> list[Note]:
    """What nobody could be sure of."""
    return [(problem.line, problem.message) for problem in parsed.problems if problem.severity is not Severity.INFO]


def document_from(text: str, parsed: ParsedInterview) -> Document:
    interview = parsed.interview
    day = interview.date
    return Document(
        path="interview.txt",
        kind="interview",
        sha256="",
        title=interview.title,
        date=datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone()) if day else None,
        authors=(interview.byline,) if interview.byline else (),
        interview=replace(interview, turns=tuple(replace(turn, span=None) for turn in interview.turns)),
    )


def ready_blocks(page: Page, blocks: Sequence[Any]) -> tuple[Blocks, list[Note]]:
    return [{"type": block.type, "value": block.value, "id": str(uuid4())} for block in blocks], []
