"""The owner's working life as JSON Resume 1.0 (https://jsonresume.org/schema)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from experience.models import ExperiencePage, Skill
from experience.timeline import in_order
from portfolio.blocks.foreseen import foresee
from portfolio.blocks.rendering import render_body
from portfolio.freshness import for_programs
from portfolio.markdown.text import visible_text
from portfolio.models import SiteSettings

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
# JSON Resume's dates may stop at what is known: "2018", "2018-09" or "2018-09-01".
KNOWN_LENGTH = {"year": 4, "month": 7, "day": 10}


@require_safe
@for_programs
def resume(request: HttpRequest) -> JsonResponse:
    return JsonResponse(document(request), json_dumps_params={"ensure_ascii": False, "indent": 2})


def document(request: HttpRequest) -> dict[str, Any]:
    """The whole résumé; keys without a value are left out."""
    published = ExperiencePage.objects.published().for_listing()
    roles = in_order(published)
    foresee([role.body for role in roles if not role.summary], with_pages=True)
    address = request.build_absolute_uri("/")
    return {
        "$schema": SCHEMA,
        "basics": basics(SiteSettings.for_request(request), address),
        "work": [work(role) for role in roles],
        "skills": [skill(found) for found in skills_of(roles)],
        "meta": {
            "version": "v1.0.0",
            "canonical": request.build_absolute_uri(request.path),
        },
    }


def basics(settings: SiteSettings, address: str) -> dict[str, Any]:
    profiles = [{"network": link.value["label"], "url": link.value["url"]} for link in settings.links]
    return known(
        name=settings.owner_name,
        label=settings.headline,
        email=settings.email,
        url=address,
        summary=visible_text(settings.bio),
        location=known(address=settings.location),
        profiles=profiles,
    )


def work(role: ExperiencePage) -> dict[str, Any]:
    """One position. Its summary is the entry's own, else the text of its body."""
    text = role.summary or render_body(role.body, {})
    return known(
        name=role.organisation.name if role.organisation else "",
        position=role.role,
        location=role.location,
        url=role.organisation.url if role.organisation else "",
        startDate=as_known(role.start, role.start_precision),
        endDate="" if role.ongoing else as_known(role.end, role.end_precision),
        summary=visible_text(text),
        keywords=sorted((skill.name for skill in role.skills.all()), key=str.casefold),
    )


def as_known(day: date | None, precision: str) -> str:
    """The part of the date that is known; "" when nothing is."""
    return day.isoformat()[: KNOWN_LENGTH[precision]] if day and precision else ""


def skills_of(roles: Iterable[ExperiencePage]) -> list[Skill]:
    """The skills of published roles, in order of name; those of drafts only are not given away."""
    found = {skill.pk: skill for role in roles for skill in role.skills.all()}
    return sorted(found.values(), key=lambda skill: skill.name.casefold())


def skill(found: Skill) -> dict[str, Any]:
    return known(name=found.name, keywords=found.alias_list())


def known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
