"""Content of the résumé: the published roles by organisation, and the skills that they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from experience.duration import total_months
from experience.models import (
    ExperienceIndexPage,
    ExperiencePage,
    ProjectPage,
    PublicationPage,
    ResumeSections,
    Skill,
    TalkPage,
)
from experience.models.work import WorkPage
from experience.resume.brief import brief_of
from experience.resume.sections import ResumeSection, shown_sections
from experience.taxonomy import SKILLS
from experience.timeline import RoleGroup, timeline
from experience.works.project_list import in_project_order
from experience.works.publication_list import in_publication_order
from experience.works.talk_list import in_talk_order
from portfolio.content.registry import has_pages
from portfolio.content.terms import lists_with, term_counts, term_rows
from portfolio.languages.wording import year_range
from portfolio.models.prefetch import prefetch_references
from portfolio.models.visibility import public

MOST_PROJECTS = 4
MOST_PUBLICATIONS = 6


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with its evidence: the years of the roles that took it, "" when unknown, and how many show it."""

    skill: Skill
    years: str
    roles: int
    entries: int


@dataclass(frozen=True, slots=True)
class Resume:
    """``index`` is the page that lists the roles, for its introduction and body; None when it is not public.

    The short form has the featured projects and publications, or the first where none are, and roles in brief; the
    long form (``is_whole``) everything.
    """

    groups: list[RoleGroup]
    skills: list[SkillLine]
    index: ExperienceIndexPage | None
    sections: list[ResumeSection]
    projects: list[ProjectPage]
    publications: list[PublicationPage]
    talks: list[TalkPage]
    is_whole: bool

    def __bool__(self) -> bool:
        return bool(self.groups or self.sections or self.projects or self.publications)


def build_resume(*, is_whole: bool = False) -> Resume:
    """From eight queries, however much there is: the roles, their skills, the number of entries that show each skill,
    the index, the references of all their texts, the other sections, projects and publications. The long form takes
    one more for talks.
    """
    groups = timeline(ExperiencePage.objects.published().for_listing())
    index = public(ExperienceIndexPage.objects.live()).order_by("path").first()
    roles = [role for group in groups for role in group.roles]
    shown = [role.body for role in roles if is_whole or not role.summary]
    prefetch_references([*shown, index.body if index else None], with_pages=True)
    for role in roles:
        role.brief = None if is_whole else brief_of(role)
    projects, publications = all_pages(ProjectPage, in_project_order), all_pages(PublicationPage, in_publication_order)
    return Resume(
        groups,
        skill_lines(roles),
        index,
        shown_sections(ResumeSections.of_default_site()),
        projects if is_whole else featured(projects)[:MOST_PROJECTS],
        publications if is_whole else featured(publications)[:MOST_PUBLICATIONS],
        all_pages(TalkPage, in_talk_order) if is_whole else [],
        is_whole,
    )


def all_pages(model: type[Any], in_order: Callable[[Iterable[Any]], list[Any]]) -> list[Any]:
    """The published pages of the type, without bodies."""
    return in_order(model.objects.published().defer_streamfields()) if has_pages(model) else []


def featured(pages: list[Any]) -> list[Any]:
    return [page for page in pages if page.featured] or pages


def skill_lines(roles: Iterable[ExperiencePage]) -> list[SkillLine]:
    """The skills of the roles, those first that were used longest."""
    roles_of: dict[Skill, list[ExperiencePage]] = {}
    for role in roles:
        for skill in role.skills.all():
            roles_of.setdefault(skill, []).append(role)
    entries = entry_counts(roles_of) if roles_of else {}
    today = timezone.localdate()
    ordered = sorted(roles_of, key=lambda skill: (-total_months(roles_of[skill], today), skill.name.casefold()))
    return [
        SkillLine(skill, years(roles_of[skill]), len(roles_of[skill]), entries.get(skill.pk, 0)) for skill in ordered
    ]


def entry_counts(skills: Iterable[Skill]) -> Mapping[int, int]:
    """By skill, how many dated pages such as posts show it."""
    counts: Counter[int] = Counter()
    for page_list in lists_with(SKILLS):
        if page_list.date and not issubclass(page_list.model, WorkPage):
            column = f"{term_rows(page_list, SKILLS).related}__in"
            for pk, _, _, number in term_counts(page_list, SKILLS).filter(**{column: list(skills)}):
                counts[pk] += number
    return counts


def years(roles: Iterable[ExperiencePage]) -> str:
    """ "2015 to now", "2015 to 2019" or "2015"; "" when no year is known."""
    roles = list(roles)
    dates = [day.year for role in roles for day in (role.start, role.end) if day]
    if not dates:
        return ""
    return year_range(min(dates), None if any(role.ongoing for role in roles) else max(dates))
