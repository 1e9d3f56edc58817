"""JSON-LD of experience: the owner (ProfilePage with Person) with the roles of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template import Context
from wagtail.models import Site

from experience.models import ExperiencePage
from experience.timeline import RoleGroup
from portfolio.blocks.links import safe_href
from portfolio.content.registry import JsonLd
from portfolio.content.structured_data import owner, profile_page

DATE_LENGTHS = {"year": 4, "month": 7, "day": 10}


def experience_profile(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    """The owner with every role of the timeline."""
    yield from profile_page(page.full_url, with_roles(owner(page, site), roles_of(context["groups"])), page.title)


def role_profile(page: Any, site: Any, context: Context) -> Iterator[JsonLd]:
    """The owner with one role."""
    yield from profile_page(page.full_url, with_roles(owner(page, site), [page]), page.title)


def resume_profile(request: HttpRequest, groups: Iterable[RoleGroup], site: Any) -> Iterator[JsonLd]:
    """The owner with every role, on the résumé, which is no page of the tree."""
    current = Site.find_for_request(request)
    person = with_roles(owner(current.root_page, site), roles_of(groups))
    yield from profile_page(f"{current.root_url}{request.path}", person)


def roles_of(groups: Iterable[RoleGroup]) -> list[ExperiencePage]:
    return [role for group in groups for role in group.roles]


def with_roles(person: JsonLd, roles: Sequence[ExperiencePage]) -> JsonLd:
    """Employment and occupations of a person; {} for nobody."""
    if not person:
        return {}
    return {
        **person,
        "worksFor": [employment(role) for role in roles],
        "hasOccupation": [occupation(role) for role in roles],
    }


def employment(role: ExperiencePage) -> JsonLd:
    employer = role.organisation  # a draft may have none yet
    organisation = {"@type": "Organization", "name": employer.name, "url": safe_href(employer.url)} if employer else {}
    return {"@type": "EmployeeRole", "roleName": role.role, **period(role), "worksFor": organisation}


def occupation(role: ExperiencePage) -> JsonLd:
    skills = ", ".join(skill.name for skill in role.skills.all())
    return {
        "@type": "Role",
        **period(role),
        "hasOccupation": {"@type": "Occupation", "name": role.role, "skills": skills},
    }


def period(role: ExperiencePage) -> JsonLd:
    """Dates as precise as they are known and no more."""
    return {
        "startDate": partial_date(role.start, role.start_precision),
        "endDate": partial_date(role.end, role.end_precision),
    }


def partial_date(day: date | None, precision: str) -> str:
    """ISO 8601 with only the parts that are known: "2021", "2021-09"; "" when nothing is."""
    return day.isoformat()[: DATE_LENGTHS[precision]] if day and precision in DATE_LENGTHS else ""
