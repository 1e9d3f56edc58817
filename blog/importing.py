"""Which documents are posts and interviews, and the pages they become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.urls import reverse
from taggit.models import Tag

from blog.exporting import describe_interview, describe_post, fill_from_keys, is_interview, summary_said
from blog.models import BlogIndexPage, BlogPage, Category, InterviewPage, Series
from portfolio.importer import lists
from portfolio.importer.document import Document, Interview, Turn
from portfolio.importer.plan import PagePlan, ReadyBlock
from portfolio.importer.resources import Resources
from portfolio.importer.rich_text import paragraph
from portfolio.importer.summary import summary_from_html
from portfolio.models import Person

# Problems that leave open when or what a document is: a person looks at it first.
UNCERTAIN = frozenset({"bad-date", "no-conversation"})


class PostMapping:
    """Jekyll's posts, drafts among them."""

    def claims(self, document: Document) -> bool:
        return document.kind == "post"

    def plans(self, document: Document) -> Sequence[PagePlan]:
        def fill(page: BlogPage, resources: Resources) -> None:
            fill_listing(page, document, resources)
            fill_said(page, document, resources)

        plan = PagePlan(
            model=BlogPage,
            parent=BlogIndexPage,
            title=document.title,
            slug=document.slug,
            fill=fill,
            describe=describe_post,
            live=readable(document),
            published_at=document.date,
            nodes=document.nodes,
            old_urls=document.old_urls,
        )
        return (plan,)

    def list_address(self, document: Document) -> str:
        """Where the list is now that ``document`` was on the old site: its tag's or category's, or a list of all."""
        for model, key, terms in ((Tag, "tag", document.tags), (Category, "category", document.categories)):
            name = text_of(document, key) or (terms[0] if len(terms) == 1 else "")
            if name and (found := model.objects.filter(name__iexact=name).first()):
                return reverse(key, args=[found.slug])
        return lists.list_address(document)


class InterviewMapping:
    """Interviews read from pasted text, and posts that say they are interviews."""

    def claims(self, document: Document) -> bool:
        return document.interview is not None or (document.kind == "post" and is_interview(document.front_matter))

    def plans(self, document: Document) -> Sequence[PagePlan]:
        interview = document.interview or Interview(title=document.title, standfirst="", turns=())

        def fill(page: InterviewPage, resources: Resources) -> None:
            fill_listing(page, document, resources)
            if document.interview is not None:
                fill_interview(page, interview)
            fill_said(page, document, resources)

        plan = PagePlan(
            model=InterviewPage,
            parent=BlogIndexPage,
            title=text_of(document, "title") or interview.title or document.title,
            slug=document.slug,
            fill=fill,
            describe=describe_interview,
            live=readable(document),
            published_at=published(document),
            nodes=document.nodes,
            ready=[ready for turn in interview.turns if (ready := block(turn)) is not None],
            old_urls=document.old_urls,
        )
        return (plan,)


def fill_listing(page: BlogPage | InterviewPage, document: Document, resources: Resources) -> None:
    """What a list of entries shows. Names are matched whatever their letter case; new ones are made."""
    date = published(document)
    if date is not None:
        page.date = date
    page.updated = document.updated
    page.summary = paragraph(document.description) if document.description else summary_from_html(document.excerpt)
    page.search_description = document.description[:300]
    canonical = text_of(document, "canonical_url")
    page.canonical_url = resources.web_address(canonical, "canonical_url") if canonical else ""
    page.cover = resources.image(document.image, document.title, 1) if document.image else None
    page.categories = known(resources.all_named(Category, document.categories))
    page.authors = known(resources.all_named(Person, document.authors))
    page.tags.set(known(resources.all_named(Tag, document.tags)))
    title = text_of(document, "series")
    page.series = resources.named(Series, title, series_called, "title") if title else None


def known(found: Iterable[Any]) -> list[Any]:
    """Each thing once, in order, without those that could not be had."""
    return list(dict.fromkeys(thing for thing in found if thing is not None))


def readable(document: Document) -> bool:
    """Whether it may go live: nothing of what places it was left to a guess."""
    return not document.draft and not any(problem.code in UNCERTAIN for problem in document.problems)


def series_called(title: str) -> Series:
    return Series.objects.filter(title__iexact=title).first() or Series.objects.create(title=title)


def fill_said(page: BlogPage | InterviewPage, document: Document, resources: Resources) -> None:
    """What the front matter says outright, whatever was worked out from the text."""
    if said := summary_said(document.front_matter):
        page.summary = summary_from_html(said)
    fill_from_keys(page, document.front_matter, lambda address: resources.image(address, "", 1))


def fill_interview(page: InterviewPage, interview: Interview) -> None:
    page.summary = paragraph(interview.standfirst) if interview.standfirst else ""
    page.interviewee_name = interview.interviewee
    page.interviewee_role = interview.interviewee_role
    page.interviewee_organisation = interview.interviewee_organisation
    page.interviewer = interview.byline
    page.interviewer_role = interview.byline_role
    page.source_publication = interview.source_publication
    page.source_url = interview.source_url
    page.photo_credit = interview.photo_credit
    page.reading_minutes_given = interview.reading_minutes


def block(turn: Turn) -> ReadyBlock | None:
    """The block for one turn of the conversation; None for a picture's placeholder, which shows nothing."""
    if turn.kind == "question_answer":
        answer = "".join(paragraph(text) for text in turn.answer)
        return ReadyBlock("question_answer", {"question": turn.question, "answer": answer}, turn.span)
    if turn.kind == "pull_quote":
        return ReadyBlock("pull_quote", {"text": turn.text, "attribution": ""}, turn.span)
    if turn.kind == "text":
        return ReadyBlock("text", paragraph(turn.text), turn.span)
    return None


def published(document: Document) -> datetime | None:
    """The document's date; an interview's date, which has no time of day, is the beginning of that day."""
    if document.date is None and document.interview is not None and document.interview.date is not None:
        return datetime.combine(document.interview.date, time(), UTC)
    return document.date


def text_of(document: Document, key: str) -> str:
    value = document.front_matter.get(key)
    return value.strip() if isinstance(value, str) else ""
