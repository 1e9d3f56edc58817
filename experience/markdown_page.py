"""Markdown version of roles and projects, and of the pages that list them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experience.models import ExperienceIndexPage, ExperiencePage, ProjectIndexPage, ProjectPage
from experience.project_list import in_project_order
from experience.timeline import timeline
from portfolio.content.registry import MarkdownPage, PageTextWriter


def role_front_matter(role: ExperiencePage) -> dict[str, Any]:
    return {
        "title": role.title,
        "organisation": role.organisation.name if role.organisation else "",
        "role": role.role,
        "employment_type": role.employment_type,
        "period": role.period,
        "location": role.location,
        "skills": skill_names(role),
    }


def role_text(role: ExperiencePage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.paragraphs(role.summary)
    yield writer.body(role.body)


def index_front_matter(index: ExperienceIndexPage | ProjectIndexPage) -> dict[str, Any]:
    return {"title": index.title, "description": index.search_description}


def index_text(index: ExperienceIndexPage, writer: PageTextWriter) -> Iterator[str]:
    yield writer.paragraphs(index.intro)
    yield writer.body(index.body)
    for group in timeline(ExperiencePage.objects.child_of(index).published().for_listing()):
        if group.organisation:
            yield f"## {writer.line(str(group.organisation))}"
        for role in group.roles:
            name = ", ".join(filter(None, [role.role or role.title, role.employment_type]))
            yield f"### {writer.line(name)} ({writer.line(role.period)})"
            yield writer.line(role.location)
            yield from role_text(role, writer)
            if skills := skill_names(role):
                yield writer.line(f"Skills: {', '.join(skills)}")


def project_front_matter(project: ProjectPage) -> dict[str, Any]:
    return {
        "title": project.title,
        "summary": project.summary,
        "role": project.role,
        "organisation": project.organisation.name if project.organisation else "",
        "period": project.period,
        "outcome": project.outcome,
        **{link.label.lower(): link.address for link in project.shown_links},
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


def skill_names(role: ExperiencePage | ProjectPage) -> list[str]:
    return sorted(skill.name for skill in role.skills.all())


ROLE_MARKDOWN = MarkdownPage(role_front_matter, role_text)
INDEX_MARKDOWN = MarkdownPage(index_front_matter, index_text)
PROJECT_MARKDOWN = MarkdownPage(project_front_matter, project_text)
PROJECT_INDEX_MARKDOWN = MarkdownPage(index_front_matter, project_index_text)
