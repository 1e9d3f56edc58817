"""Sections of the résumé and kinds of skills as data of the site: from the files of an import, and into an export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import Site

from experience.models import ResumeSections, Skill
from portfolio.content.site_data import PageFinder, SiteDataPart

LONGEST_KIND = 100  # characters


def described_sections() -> dict[str, Any]:
    from experience.resume.sections import sections_as_json

    return sections_as_json(ResumeSections.of_default_site())


def filled_sections(value: Any, sections: ResumeSections) -> ResumeSections:
    from experience.resume.json_import import ResumeImport, fill_sections

    fill_sections(sections, value if isinstance(value, Mapping) else {}, ResumeImport())
    return sections


def fill_resume(value: Any, pages: PageFinder) -> bool:
    sections = ResumeSections.for_site(Site.objects.get(is_default_site=True))
    before = described_sections()
    filled_sections(value, sections).save()
    return described_sections() != before


def normal_sections(value: Any) -> dict[str, Any]:
    from experience.resume.sections import sections_as_json

    return sections_as_json(filled_sections(value, ResumeSections()))


def described_kinds() -> dict[str, str]:
    """The kinds that the owner has given to skills."""
    return dict(Skill.objects.exclude(kind="").order_by("name").values_list("name", "kind"))


def fill_kinds(value: Any, pages: PageFinder) -> bool:
    """Set the kinds of skills without one. A skill of which the site says nothing else is not made."""
    filled = False
    for name, kind in kinds_in(value).items():
        skill = Skill.objects.named(name)
        if skill is not None and not skill.kind:
            skill.kind, filled = kind, True
            skill.save()
    return filled


def kinds_in(value: Any) -> dict[str, str]:
    rows = value.items() if isinstance(value, Mapping) else ()
    return {name: kind[:LONGEST_KIND] for name, kind in rows if isinstance(name, str) and isinstance(kind, str)}


RESUME_DATA = SiteDataPart("resume", "résumé", described_sections, fill_resume, normal_sections)
SKILL_DATA = SiteDataPart("skills", "kinds of skills", described_kinds, fill_kinds, kinds_in)
