"""Markdown version of roles, and of the experience index with its timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experience.models import ExperienceIndexPage, ExperiencePage
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


def index_front_matter(index: ExperienceIndexPage) -> dict[str, Any]:
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


def skill_names(role: ExperiencePage) -> list[str]:
    return sorted(skill.name for skill in role.skills.all())


ROLE_MARKDOWN = MarkdownPage(role_front_matter, role_text)
INDEX_MARKDOWN = MarkdownPage(index_front_matter, index_text)
