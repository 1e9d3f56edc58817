"""“Interview from text”: paste it, see what each part was taken for, say what is wrong, get a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from blog.from_markdown import tell
from blog.models import InterviewPage
from blog.new_pages import Blocks, Note, new_draft
from portfolio.importer.document import Document
from portfolio.importer.interview_text import LineKind, Understood, understand
from portfolio.importer.worker import WorkStopped, in_one_worker
from portfolio.writing.start import place_for

LONGEST = 300_000  # characters: some fifty thousand words
NAMES = {
    LineKind.QUESTION: "Question",
    LineKind.ANSWER: "Answer",
    LineKind.PULL_QUOTE: "Pull quote",
    LineKind.TEXT: "Other text",
    LineKind.TITLE: "Title",
    LineKind.STANDFIRST: "Introduction",
    LineKind.BYLINE: "Byline: who asks",
    LineKind.BYLINE_ROLE: "Role of who asks",
    LineKind.DATE: "Date",
    LineKind.READING_TIME: "Reading time",
    LineKind.PHOTO_CREDIT: "Photo credit",
    LineKind.SOURCE: "Where it was printed",
    LineKind.FURNITURE: "Leave out",
    LineKind.TITLE_AGAIN: "Leave out: title again",
    LineKind.BYLINE_LABEL: "Leave out: label",
    LineKind.IMAGE_PLACEHOLDER: "Leave out: a picture was here",
}
LEFT_OUT = frozenset(
    {LineKind.FURNITURE, LineKind.TITLE_AGAIN, LineKind.BYLINE_LABEL, LineKind.IMAGE_PLACEHOLDER}
)  # fmt: skip


class TextForm(forms.Form):
    """``read`` is the text that the kinds in the form belong to: with another text they mean nothing."""

    text = forms.CharField(
        strip=False,
        max_length=LONGEST,
        label="The interview",
        help_text="Copy it from the page or the mail it is in, and paste all of it here.",
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": None}),
    )
    read = forms.CharField(strip=False, required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the text on the screen, with the kinds that it may be."""

    place: int
    line: int
    text: str
    kind: str
    guess: str
    certain: bool
    corrected: bool
    left_out: bool


@require_http_methods(["GET", "POST"])
def interview_from_text(request: HttpRequest) -> HttpResponse:
    place_for(InterviewPage, request)  # raises for somebody who may add none anywhere
    form = TextForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "kinds": NAMES.items()}
    if request.method != "POST" or not form.is_valid():
        return render(request, "writing/interview_from_text.html", context, status=422 if form.errors else 200)
    text = form.cleaned_data["text"]
    try:
        found = read(text, request.POST if same_text(form) else QueryDict())
    except WorkStopped as error:
        form.add_error("text", f"This text {error}.")
        return render(request, "writing/interview_from_text.html", context, status=422)
    if "create" in request.POST and same_text(form):
        page, notes = new_draft(request, document_from(text, found), ready_blocks)
        tell(request, page, [*notes, *questions_left(found)])
        return redirect("wagtailadmin_pages:edit", page.pk)
    form.data = form.data.copy()
    form.data["read"] = text
    context |= {"found": found, "rows": rows(found), "facts": facts(found), "unsure": questions_left(found)}
    return render(request, "writing/interview_from_text.html", context)


def same_text(form: TextForm) -> bool:
    one, other = form.cleaned_data["text"], form.cleaned_data["read"]
    return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def read(text: str, said: QueryDict) -> Understood:
    """The text as it is understood, with what the form says of its parts. Raises `WorkStopped`."""
    found: Understood = in_one_worker(understand, text)
    kinds = {}
    for place, guess in enumerate(found.guesses):
        kind = said.get(f"kind-{place}", "")
        if kind in NAMES and kind != guess:
            kinds[place] = LineKind(kind)
    return in_one_worker(understand, text, kinds) if kinds else found


def rows(found: Understood) -> list[Row]:
    return [
        Row(
            place=place,
            line=part.line,
            text=part.text,
            kind=part.kind,
            guess=NAMES[guess],
            certain=part.certain,
            corrected=part.kind is not guess,
            left_out=part.kind in LEFT_OUT,
        )
        for place, (part, guess) in enumerate(zip(found.parts, found.guesses, strict=True))
    ]


def facts(found: Understood) -> list[tuple[str, str]]:
    """What the page will say of the interview as a whole."""
    told = found.interview
    who = ", ".join(filter(None, [told.interviewee, told.interviewee_role, told.interviewee_organisation]))
    exchanges = sum(turn.kind == "question_answer" for turn in told.turns)
    quotes = sum(turn.kind == "pull_quote" for turn in told.turns)
    return [
        ("Title", told.title),
        ("Answers", who),
        ("Asks", ", ".join(filter(None, [told.byline, told.byline_role]))),
        ("Date", told.date.strftime("%-d %B %Y") if told.date else ""),
        ("Printed in", ", ".join(filter(None, [told.source_publication, told.source_url]))),
        ("Photos", told.photo_credit),
        ("Conversation", f"{counted(exchanges, 'question')} with answers, {counted(quotes, 'pull quote')}"),
    ]


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def questions_left(found: Understood) -> list[Note]:
    """What nobody could be sure of."""
    return [(problem.line, problem.message) for problem in found.problems if problem.code != "site-furniture"]


def document_from(text: str, found: Understood) -> Document:
    told = found.interview
    day = told.date
    return Document(
        path="interview.txt",
        kind="interview",
        sha256="",
        title=told.title,
        date=datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone()) if day else None,
        authors=(told.byline,) if told.byline else (),
        interview=replace(told, turns=tuple(replace(turn, span=None) for turn in told.turns)),
    )


def ready_blocks(page: Page, ready: Sequence[Any]) -> tuple[Blocks, list[Note]]:
    return [{"type": block.type, "value": block.value} for block in ready], []
