"""The résumé as JSON Resume 1.0 (https://jsonresume.org/schema)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from experience.models import ExperiencePage, Skill
from experience.structured_data import partial_date
from experience.timeline import in_order
from portfolio.blocks.body.rendering import render_body
from portfolio.blocks.links import safe_href
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.markdown.characters import controls_removed
from portfolio.markdown.text import visible_text
from portfolio.models import SiteSettings
from portfolio.models.prefetch import prefetch_references

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


@require_safe
@short_cache
def resume_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(controls_removed(document(request)), json_dumps_params={"ensure_ascii": False, "indent": 2})


def document(request: HttpRequest) -> dict[str, Any]:
    """The whole résumé; keys without a value are left out."""
    published = ExperiencePage.objects.published().for_listing()
    roles = in_order(published)
    prefetch_references([role.body for role in roles if not role.summary], with_pages=True)
    address = request.build_absolute_uri("/")
    return {
        "$schema": SCHEMA,
        "basics": basics(SiteSettings.for_request(request), address),
        "work": [work(role) for role in roles],
        "skills": [skill_item(skill) for skill in skills_of(roles)],
        "meta": {
            "version": "v1.0.0",
            "canonical": request.build_absolute_uri(request.path),
        },
    }


def basics(settings: SiteSettings, address: str) -> dict[str, Any]:
    profiles = [
        without_blanks(network=link.value["label"], url=safe_href(link.value["url"])) for link in settings.links
    ]
    return without_blanks(
        name=settings.owner_name,
        label=settings.headline,
        email=settings.email,
        url=address,
        summary=visible_text(settings.bio),
        location=without_blanks(address=settings.location),
        profiles=profiles,
    )


def work(role: ExperiencePage) -> dict[str, Any]:
    """One position. Its summary is the entry's own, else the text of its body."""
    text = role.summary or render_body(role.body, {})
    return without_blanks(
        name=role.organisation.name if role.organisation else "",
        position=role.role,
        location=role.location,
        url=safe_href(role.organisation.url) if role.organisation else "",
        startDate=partial_date(role.start, role.start_precision),
        endDate="" if role.ongoing else partial_date(role.end, role.end_precision),
        summary=visible_text(text),
        keywords=sorted((skill.name for skill in role.skills.all()), key=str.casefold),
    )


def skills_of(roles: Iterable[ExperiencePage]) -> list[Skill]:
    """The skills of published roles, in order of name; those of drafts only are not given away."""
    skills = {skill.pk: skill for role in roles for skill in role.skills.all()}
    return sorted(skills.values(), key=lambda skill: skill.name.casefold())


def skill_item(skill: Skill) -> dict[str, Any]:
    return without_blanks(name=skill.name, keywords=skill.alias_list())


def without_blanks(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
