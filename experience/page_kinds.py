"""Registration of the experience index and of roles."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column

from experience.markdown_page import INDEX_MARKDOWN, ROLE_MARKDOWN
from experience.models import ExperienceIndexPage, ExperiencePage
from experience.structured_data import experience_profile, role_profile
from experience.timeline import in_order
from portfolio.content.lists import PAGES
from portfolio.content.registry import AdminListing, ArchiveSection, NewPageItem, PageKind, PageList


def all_roles(request: HttpRequest) -> Sequence[ExperiencePage]:
    return in_order(ExperiencePage.objects.published().defer_streamfields())


CONTENT = "experience.content.roles.ExperienceContent"  # one document is an index with its roles

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
    label=_("Experience entry"),
    plural=_("Experience"),
    icon="site",
    content=CONTENT,
    markdown=ROLE_MARKDOWN,
    structured_data=role_profile,
    search_facet="experience",
    page_list=PageList(ExperiencePage, terms={"skill": "skills"}),
    section=ArchiveSection("roles", pgettext_lazy("experience", "Roles"), all_roles, note=lambda role: role.period),
    overview="resume",
    new_page=[NewPageItem(50), NewPageItem(55, "Experience from text", "experience_from_text")],
    listing=AdminListing("roles", Column("period_text", label="Period", sort_key="start", width="20%"), "-start"),
)
