"""The résumé as JSON Resume 1.0 (https://jsonresume.org/schema)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from experience.models import ExperiencePage, ProjectPage, PublicationPage, ResumeSections, Skill
from experience.resume.json_values import without_unsafe_addresses
from experience.resume.leftovers import leftovers, merged_leftovers, with_leftovers
from experience.resume.points import points_of, prose_of
from experience.resume.sections import sections_as_json
from experience.structured_data import partial_date
from experience.timeline import in_order
from experience.works.project_list import in_project_order
from experience.works.publication_list import in_publication_order
from portfolio.blocks.body.rendering import render_body
from portfolio.blocks.links import safe_href
from portfolio.content.registry import has_pages
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
    settings, sections = SiteSettings.for_request(request), ResumeSections.of_default_site()
    shown = shown_resume(settings, sections, request.build_absolute_uri("/"))
    meta = {"version": "v1.0.0", "canonical": request.build_absolute_uri(request.path)}
    other, _ = without_unsafe_addresses(sections.other)  # what was stored before imports left them out
    return {"$schema": SCHEMA, **with_leftovers(shown, other), "meta": meta}


def shown_resume(settings: SiteSettings, sections: ResumeSections, address: str) -> dict[str, Any]:
    """What pages and settings say; ``address`` is that of the site."""
    roles = in_order(ExperiencePage.objects.published().for_listing())
    prefetch_references([role.body for role in roles], with_pages=True)
    work_items = [project_item(page) for page in all_work(ProjectPage)]
    return {
        "basics": basics(settings, address),
        "work": [work(role) for role in roles],
        "skills": [skill_item(skill) for skill in skills_of(roles)],
        **sections_as_json(sections),
        **without_blanks(
            projects=work_items, publications=[publication_item(page) for page in all_work(PublicationPage)]
        ),
    }


def all_work(model: type[ProjectPage] | type[PublicationPage]) -> list[Any]:
    if not has_pages(model):
        return []
    pages = model.objects.published()
    if model is ProjectPage:
        return in_project_order(pages.select_related("organisation").prefetch_related("skills"))
    return in_publication_order(pages)


def keep_leftovers(imported: dict[str, Any]) -> None:
    """Store what the imported résumé has and the site does not show."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    sections = ResumeSections.for_site(site)
    shown = shown_resume(SiteSettings.for_site(site), sections, f"{site.root_url}/")
    sections.other = merged_leftovers(dict(sections.other or {}), leftovers(imported, shown), shown)
    sections.save()


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
        location=without_blanks(city=settings.location),
        profiles=profiles,
    )


def work(role: ExperiencePage) -> dict[str, Any]:
    """One position. Its summary is the entry's own, else what its body of text says beside points, else all of it."""
    points = points_of(role.body)
    has_highlights = bool(role.summary) or all(child.block_type == "text" for child in role.body)
    if points and has_highlights and not role.summary:
        summary = prose_of(role.body)
    else:
        summary = visible_text(role.summary or render_body(role.body, {}))
    return without_blanks(
        name=role.organisation.name if role.organisation else "",
        position=role.role,
        location=role.location,
        url=safe_href(role.organisation.url) if role.organisation else "",
        startDate=partial_date(role.start, role.start_precision),
        endDate="" if role.ongoing else partial_date(role.end, role.end_precision),
        summary=summary,
        highlights=points if has_highlights else [],
        keywords=sorted((skill.name for skill in role.skills.all()), key=str.casefold),
    )


def project_item(project: ProjectPage) -> dict[str, Any]:
    return without_blanks(
        name=project.title,
        description=project.summary,
        highlights=points_of(project.body) or [text for text in [project.outcome] if text],
        keywords=sorted((skill.name for skill in project.skills.all()), key=str.casefold),
        startDate=partial_date(project.start, project.start_precision),
        endDate="" if project.ongoing else partial_date(project.end, project.end_precision),
        url=project.link_to("website", "demo", "package", "code") or project.full_url or "",
        roles=[project.role] if project.role else [],
        entity=project.organisation.name if project.organisation else "",
    )


def publication_item(page: PublicationPage) -> dict[str, Any]:
    day = timezone.localdate(page.date).isoformat() if page.date else ""
    return without_blanks(
        name=page.title,
        publisher=page.venue,
        releaseDate=day or str(page.year or ""),
        url=page.link_to("website", "doi", "paper", "arxiv") or page.full_url or "",
        summary=page.abstract or page.summary,
    )


def skills_of(roles: Iterable[ExperiencePage]) -> list[Skill]:
    """The skills of published roles, in order of name; those of drafts only are not given away."""
    skills = {skill.pk: skill for role in roles for skill in role.skills.all()}
    return sorted(skills.values(), key=lambda skill: skill.name.casefold())


def skill_item(skill: Skill) -> dict[str, Any]:
    return without_blanks(name=skill.name, keywords=skill.alias_list())


def without_blanks(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
