"""Home page sections: the newest roles and the skills; and where the owner works now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Page

from experience.models import ExperienceIndexPage, ExperiencePage
from experience.taxonomy import SKILLS
from experience.timeline import in_order
from portfolio.content.terms import used_terms
from portfolio.models.home.sections import MOST_TERMS, MoreLink, SectionContent, how_many
from portfolio.models.index_pages import index_url
from portfolio.models.site_state import cached_for_version

NEWEST_ROLES = 3


def all_roles() -> list[ExperiencePage]:
    return cached_for_version("home roles", read_roles)


def read_roles() -> list[ExperiencePage]:
    """The published roles in the timeline's order, without bodies."""
    roles = ExperiencePage.objects.published().select_related("organisation__logo")
    return in_order(roles.defer_streamfields())


def owner_facts() -> dict[str, Any]:
    """``current_roles``, the one begun last first, and whether there is a résumé to lead to."""
    roles = all_roles()
    return {"current_roles": [role for role in roles if role.ongoing], "has_resume": bool(roles)}


def newest_roles(settings: Mapping[str, Any], seen: Sequence[Page]) -> SectionContent:
    roles, number = all_roles(), how_many(settings, NEWEST_ROLES)
    url = index_url(ExperienceIndexPage)
    return SectionContent(roles[:number], [MoreLink(url, gettext("All experience"))] if url else [])


def most_used_skills(settings: Mapping[str, Any], seen: Sequence[Page]) -> SectionContent:
    number = how_many(settings, SKILLS.max_listed, MOST_TERMS)
    skills = used_terms(SKILLS, number)
    return SectionContent(skills, [MoreLink(reverse("skills"), gettext("All skills"))] if skills else [])
