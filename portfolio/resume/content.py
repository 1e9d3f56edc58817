"""What the CV says: the published roles by organisation, and the skills that they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from blog.models import Entry
from experience.duration import months_of
from experience.models import ExperienceIndexPage, ExperiencePage, Skill
from experience.timeline import Group, timeline
from portfolio.blocks.foreseen import foresee
from portfolio.visibility import open_to_everybody


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with its evidence: the years of the roles that took it, "" when unknown, and how many show it."""

    skill: Skill
    years: str
    roles: int
    entries: int


@dataclass(frozen=True, slots=True)
class Resume:
    """``index`` is the page that lists the roles, for what else stands there; None when it is not public."""

    groups: list[Group]
    skills: list[SkillLine]
    index: ExperienceIndexPage | None


def resume() -> Resume:
    """Five queries, whatever there is: roles, their skills, what was written with these, the page above the roles, and
    what the texts of all these refer to.
    """
    groups = timeline(ExperiencePage.objects.published().for_listing())
    index = open_to_everybody(ExperienceIndexPage.objects.live()).order_by("path").first()
    roles = [role for group in groups for role in group.roles]
    foresee([role.body for role in roles if not role.summary] + [index.body if index else None], with_pages=True)
    return Resume(groups, skill_lines(roles), index)


def skill_lines(roles: Iterable[ExperiencePage]) -> list[SkillLine]:
    """The skills of the roles, those first that were used longest."""
    found: dict[Skill, list[ExperiencePage]] = {}
    for role in roles:
        for skill in role.skills.all():
            found.setdefault(skill, []).append(role)
    entries = Entry.objects.published().order_by().filter(skill_items__tag__in=found)
    written = dict(entries.values_list("skill_items__tag").annotate(n=Count("pk"))) if found else {}
    today = timezone.localdate()
    ordered = sorted(found, key=lambda skill: (-months_of(found[skill], today), skill.name.casefold()))
    return [SkillLine(skill, years(found[skill]), len(found[skill]), written.get(skill.pk, 0)) for skill in ordered]


def years(roles: Iterable[ExperiencePage]) -> str:
    """ "2015 to now", "2015 to 2019" or "2015"; "" when no year is known."""
    roles = list(roles)
    known = [day.year for role in roles for day in (role.start, role.end) if day]
    if not known:
        return ""
    last = "now" if any(role.ongoing for role in roles) else str(max(known))
    return str(min(known)) if last == str(min(known)) else f"{min(known)} to {last}"
