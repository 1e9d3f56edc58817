"""Registration of roles and of projects, with the pages that list them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from wagtail.admin.ui.tables import Column

from experience.content.projects import ProjectContent
from experience.content.roles import ExperienceContent
from experience.markdown_page import INDEX_MARKDOWN, PROJECT_INDEX_MARKDOWN, PROJECT_MARKDOWN, ROLE_MARKDOWN
from experience.models import ExperienceIndexPage, ExperiencePage, ProjectIndexPage, ProjectPage
from experience.project_list import in_project_order
from experience.structured_data import experience_profile, role_profile
from experience.timeline import in_order
from experience.work_data import project, work_index
from portfolio.content.lists import PAGES
from portfolio.content.registry import AdminListing, ArchiveSection, NewPageItem, PageKind, PageList


def all_roles(request: HttpRequest) -> Sequence[ExperiencePage]:
    return in_order(ExperiencePage.objects.published().defer_streamfields())


def all_projects(request: HttpRequest) -> Sequence[ProjectPage]:
    return in_project_order(ProjectPage.objects.published().defer_streamfields())


PROJECTS = PageList(ProjectPage, date="date", terms={"skill": "skills"}, cover="cover", in_feeds=True, is_optional=True)
CONTENT = ExperienceContent()  # one document is an index with its roles

EXPERIENCE_INDEX = PageKind(
    model=ExperienceIndexPage,
    name="experience_index",
    content=CONTENT,
    markdown=INDEX_MARKDOWN,
    structured_data=experience_profile,
    section=PAGES,
)
ROLE = PageKind(
    model=ExperiencePage,
    name="role",
    order=50,
    label="Experience entry",
    plural="Experience",
    icon="site",
    content=CONTENT,
    markdown=ROLE_MARKDOWN,
    structured_data=role_profile,
    search_facet="experience",
    page_list=PageList(ExperiencePage, terms={"skill": "skills"}),
    section=ArchiveSection("roles", "Roles", all_roles, note=lambda role: role.period),
    overview="resume",
    new_page=[NewPageItem(50)],
    listing=AdminListing("roles", Column("period_text", label="Period", sort_key="start", width="20%"), "-start"),
)
PROJECT_INDEX = PageKind(
    model=ProjectIndexPage,
    name="project_index",
    markdown=PROJECT_INDEX_MARKDOWN,
    structured_data=work_index,
    section=PAGES,
)
PROJECT = PageKind(
    model=ProjectPage,
    name="project",
    order=30,
    label="Project",
    plural="Projects",
    icon="pick",
    list_label="Project",
    content=ProjectContent(),
    markdown=PROJECT_MARKDOWN,
    structured_data=project,
    search_facet="project",
    page_list=PROJECTS,
    section=ArchiveSection("projects", "Projects", all_projects, note=lambda project: project.period),
    new_page=[NewPageItem(41)],
    listing=AdminListing("projects", Column("period_text", label="Period", sort_key="start", width="20%"), "-start"),
)
