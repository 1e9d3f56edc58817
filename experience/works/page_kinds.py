"""Registration of projects, publications and talks, with the pages that list them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column, DateColumn

from experience.models import (
    ProjectIndexPage,
    ProjectPage,
    PublicationIndexPage,
    PublicationPage,
    TalkIndexPage,
    TalkPage,
)
from experience.works.markdown_page import (
    PROJECT_INDEX_MARKDOWN,
    PROJECT_MARKDOWN,
    PUBLICATION_INDEX_MARKDOWN,
    PUBLICATION_MARKDOWN,
    TALK_INDEX_MARKDOWN,
    TALK_MARKDOWN,
)
from experience.works.project_list import in_project_order
from experience.works.publication_list import in_publication_order
from experience.works.structured_data import project, publication, talk, work_index
from experience.works.talk_list import in_talk_order
from portfolio.content.lists import PAGES
from portfolio.content.registry import AdminListing, ArchiveSection, NewPageItem, PageKind, PageList


def all_projects(request: HttpRequest) -> Sequence[ProjectPage]:
    return in_project_order(ProjectPage.objects.published().defer_streamfields())


def all_publications(request: HttpRequest) -> Sequence[PublicationPage]:
    return in_publication_order(PublicationPage.objects.published().defer_streamfields())


def all_talks(request: HttpRequest) -> Sequence[TalkPage]:
    return in_talk_order(TalkPage.objects.published().defer_streamfields())


PROJECTS = PageList(ProjectPage, date="date", terms={"skill": "skills"}, cover="cover", in_feeds=True, is_optional=True)
PUBLICATIONS = PageList(
    PublicationPage, date="date", terms={"skill": "skills"}, cover="cover", in_feeds=True, is_optional=True
)

# Without a date: that of a talk to come is in nothing that says what was published when.
TALKS = PageList(TalkPage, terms={"skill": "skills"}, cover="cover", is_optional=True)

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
    counted=lambda number: ngettext("%(count)s project", "%(count)s projects", number) % {"count": number},
    order=30,
    label=_("Project"),
    plural=_("Projects"),
    icon="pick",
    list_label=_("Project"),
    content="experience.content.projects.ProjectContent",
    markdown=PROJECT_MARKDOWN,
    structured_data=project,
    search_facet="project",
    page_list=PROJECTS,
    section=ArchiveSection("projects", _("Projects"), all_projects, note=lambda project: project.period),
    new_page=[NewPageItem(41)],
    listing=AdminListing("projects", Column("period_text", label="Period", sort_key="start", width="20%"), "-start"),
)
PUBLICATION_INDEX = PageKind(
    model=PublicationIndexPage,
    name="publication_index",
    markdown=PUBLICATION_INDEX_MARKDOWN,
    structured_data=work_index,
    section=PAGES,
)
PUBLICATION = PageKind(
    model=PublicationPage,
    name="publication",
    counted=lambda number: ngettext("%(count)s publication", "%(count)s publications", number) % {"count": number},
    order=35,
    label=_("Publication"),
    plural=_("Publications"),
    icon="doc-full",
    list_label=_("Publication"),
    content="experience.content.publications.PublicationContent",
    markdown=PUBLICATION_MARKDOWN,
    structured_data=publication,
    search_facet="publication",
    page_list=PUBLICATIONS,
    section=ArchiveSection("publications", _("Publications"), all_publications, note=lambda page: page.when),
    new_page=[NewPageItem(42), NewPageItem(43, "Publications from BibTeX", "publications_from_bibtex", "upload")],
    listing=AdminListing("publications", Column("year", label="Year", sort_key="year", width="12%"), "-year"),
)
TALK_INDEX = PageKind(
    model=TalkIndexPage,
    name="talk_index",
    markdown=TALK_INDEX_MARKDOWN,
    structured_data=work_index,
    section=PAGES,
)
TALK = PageKind(
    model=TalkPage,
    name="talk",
    counted=lambda number: ngettext("%(count)s talk", "%(count)s talks", number) % {"count": number},
    order=37,
    label=_("Talk"),
    plural=_("Talks"),
    icon="calendar-alt",
    list_label=_("Talk"),
    content="experience.content.talks.TalkContent",
    markdown=TALK_MARKDOWN,
    structured_data=talk,
    search_facet="talk",
    page_list=TALKS,
    section=ArchiveSection("talks", _("Talks"), all_talks, note=lambda page: page.when),
    new_page=[NewPageItem(44)],
    listing=AdminListing("talks", DateColumn("date", label="Date", sort_key="date", width="12%"), "-date"),
)
