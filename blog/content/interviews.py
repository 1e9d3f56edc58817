"""Content of interviews: those read from pasted text, and posts whose front matter says that they are interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from blog.content.posts import (
    INTERVIEW_LAYOUT,
    PostContent,
    fill_from_document,
    fill_from_front_matter,
    is_interview,
    text_of,
)
from blog.models import InterviewPage
from portfolio.documents.document import Document, Interview, Turn
from portfolio.documents.title_text import plain_title
from portfolio.importer.body.rich_text import paragraph
from portfolio.importer.plan import ReadyBlock
from portfolio.importer.references.document_references import DocumentReferences

MAX_HEADING = 300
# Front matter of an interview written as Markdown, and the page's field that each key is for.
FIELD_OF_KEY = {
    "interviewee": "interviewee_name",
    "interviewee_role": "interviewee_role",
    "interviewee_organisation": "interviewee_organisation",
    "interviewer": "interviewer",
    "interviewer_role": "interviewer_role",
    "publication": "source_publication",
    "source_url": "source_url",
    "photo_credit": "photo_credit",
    "reading_minutes": "reading_minutes_given",
}


class InterviewContent(PostContent):
    """Import and export of interviews: as pasted text, or as posts with the layout "interview"."""

    model = InterviewPage
    layout = INTERVIEW_LAYOUT

    def claims(self, document: Document) -> bool:
        return is_interview(document)

    def title(self, document: Document) -> str:
        interview_title = document.interview.title if document.interview else ""
        return plain_title(text_of(document, "title")) or interview_title or document.title

    def ready_blocks(self, document: Document) -> Sequence[ReadyBlock]:
        turns = document.interview.turns if document.interview else ()
        return [block for turn in turns if (block := turn_block(turn)) is not None]

    def fill(self, document: Document, page: InterviewPage, references: DocumentReferences) -> None:
        fill_from_document(page, document, references)
        if document.interview is not None:
            fill_from_interview(page, document.interview)
        fill_from_front_matter(page, document.front_matter, references)
        fill_interview_keys(page, document.front_matter, references)

    def describe(self, page: InterviewPage) -> dict[str, Any]:
        own = {key: getattr(page, field) for key, field in FIELD_OF_KEY.items()}
        return {**super().describe(page), **own, "photo": page.interviewee_photo_id}


def fill_from_interview(page: InterviewPage, interview: Interview) -> None:
    page.summary = paragraph(interview.standfirst) if interview.standfirst else ""
    page.source_url = interview.source_url
    page.reading_minutes_given = interview.reading_minutes
    for name, text in {
        "interviewee_name": interview.interviewee,
        "interviewee_role": interview.interviewee_role,
        "interviewee_organisation": interview.interviewee_organisation,
        "interviewer": interview.byline,
        "interviewer_role": interview.byline_role,
        "source_publication": interview.source_publication,
        "photo_credit": interview.photo_credit,
    }.items():
        setattr(page, name, shortened(text, page._meta.get_field(name).max_length))


def fill_interview_keys(page: InterviewPage, front_matter: Mapping[str, Any], references: DocumentReferences) -> None:
    for key, field in FIELD_OF_KEY.items():
        value = front_matter.get(key)
        if key == "reading_minutes":
            if type(value) is int and 0 < value < 2**15:
                page.reading_minutes_given = value
        elif isinstance(value, str | int | float):
            setattr(page, field, " ".join(str(value).split()))
    if isinstance(front_matter.get("photo"), str):
        page.interviewee_photo = references.image(front_matter["photo"], "", 1)


def shortened(text: str, limit: int) -> str:
    """Names of a dozen people, joined, may be more than a field holds; the text itself is never cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def turn_block(turn: Turn) -> ReadyBlock | None:
    """The block for one turn of the conversation; None for a picture's placeholder, which shows nothing."""
    if turn.kind == "question_answer":
        answer = "".join(paragraph(text) for text in turn.answer)
        return ReadyBlock("question_answer", {"question": turn.question, "answer": answer}, turn.span)
    if turn.kind == "pull_quote":
        return ReadyBlock("pull_quote", {"text": turn.text, "attribution": ""}, turn.span)
    if turn.kind == "heading" and len(turn.text) <= MAX_HEADING:
        return ReadyBlock("heading", {"text": turn.text, "level": "2", "anchor": ""}, turn.span)
    if turn.kind in ("heading", "text"):
        return ReadyBlock("text", paragraph(turn.text), turn.span)
    return None
