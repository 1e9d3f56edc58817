"""Markdown version of projects, publications and talks, and of the pages that list them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from experience.models import (
    ProjectIndexPage,
    ProjectPage,
    PublicationIndexPage,
    PublicationPage,
    TalkIndexPage,
    TalkPage,
)
from experience.models.work import WorkPage
from experience.works.project_list import in_project_order
from experience.works.publication_list import in_publication_order
from experience.works.talk_list import in_talk_order
from portfolio.content.registry import MarkdownPage, PageTextWriter


def skill_names(page: WorkPage) -> list[str]:
    return sorted(skill.name for skill in page.skills.all())


def index_front_matter(index: Any) -> dict[str, Any]:
    return {"title": index.title, "description": index.search_description}


def link_fields(page: WorkPage) -> dict[str, str]:
    """The links under the same keys in every language."""
    with override(None):
        return {str(link.label).lower(): link.address for link in page.shown_links}


def project_front_matter(project: ProjectPage) -> dict[str, Any]:
    return {
        "title": project.title,
        "summary": project.summary,
        "role": project.role,
        "organisation": project.organisation.name if project.organisation else "",
        "period": project.period,
        "outcome": project.outcome,
        **link_fields(project),
        "skills": skill_names(project),
    }


def project_text(project: ProjectPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.line(project.summary)
    yield writer.line(project.outcome)
    yield writer.body(project.body)


def project_index_text(index: ProjectIndexPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.paragraphs(index.intro)
    for project in in_project_order(ProjectPage.objects.child_of(index).published().for_listing()):
        period = f" ({project.period})" if project.period else ""
        yield f"## {writer.line(project.title)}{writer.line(period)}"
        yield writer.line(project.summary)
        yield writer.line(project.full_url or "")


def publication_front_matter(publication: PublicationPage) -> dict[str, Any]:
    return {
        "title": publication.title,
        "authors": publication.author_names,
        "type": publication.get_publication_type_display(),
        "venue": publication.venue,
        "year": publication.shown_year,
        "award": publication.award,
        **link_fields(publication),
        "skills": skill_names(publication),
    }


def publication_text(publication: PublicationPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.line(publication.summary)
    yield writer.line(publication.abstract)
    yield writer.body(publication.body)
    yield f"```bibtex\n{publication.bibtex_entry}\n```"


def publication_index_text(index: PublicationIndexPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.paragraphs(index.intro)
    for page in in_publication_order(PublicationPage.objects.child_of(index).published().for_listing()):
        facts = ". ".join(filter(None, [", ".join(page.author_names), page.title, page.venue, page.when]))
        yield f"- {writer.line(facts)}. {page.full_url or ''}"


def talk_front_matter(talk: TalkPage) -> dict[str, Any]:
    return {
        "title": talk.title,
        "kind": talk.kind,
        "event": talk.event,
        "place": talk.place,
        "date": talk.when,
        **link_fields(talk),
        "skills": skill_names(talk),
    }


def talk_text(talk: TalkPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.line(talk.summary)
    yield writer.line(talk.abstract)
    yield writer.body(talk.body)


def talk_index_text(index: TalkIndexPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.paragraphs(index.intro)
    for talk in in_talk_order(TalkPage.objects.child_of(index).published().for_listing()):
        facts = ", ".join(filter(None, [talk.title, talk.event, talk.place, talk.when]))
        yield f"- {writer.line(facts)}: {talk.full_url or ''}"


PROJECT_MARKDOWN = MarkdownPage(project_front_matter, project_text)
PROJECT_INDEX_MARKDOWN = MarkdownPage(index_front_matter, project_index_text)
PUBLICATION_MARKDOWN = MarkdownPage(publication_front_matter, publication_text)
PUBLICATION_INDEX_MARKDOWN = MarkdownPage(index_front_matter, publication_index_text)
TALK_MARKDOWN = MarkdownPage(talk_front_matter, talk_text)
TALK_INDEX_MARKDOWN = MarkdownPage(index_front_matter, talk_index_text)
