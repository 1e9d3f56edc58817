"""List of projects: in order, by category, and narrowed to those that took a skill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from experience.models import ProjectPage, Skill

MOST_SKILLS = 12


@dataclass(frozen=True, slots=True)
class UsedSkill:
    """A skill, with the number of projects that took it."""

    skill: Skill
    uses: int


@dataclass(frozen=True, slots=True)
class ProjectGroup:
    """The projects of one category, "" for those without one."""

    category: str
    projects: list[ProjectPage]


@dataclass(frozen=True, slots=True)
class ProjectList:
    """``groups`` are the categories, or all in one where most would have a single project.

    ``skills`` are those of several projects, most first; ``chosen`` is the one that narrows the list.
    """

    groups: list[ProjectGroup]
    skills: list[UsedSkill]
    chosen: Skill | None


def project_list(projects: Iterable[ProjectPage], skill: str) -> ProjectList:
    """All of ``projects``, or with the slug of a skill of theirs those that took it."""
    ordered = in_project_order(projects)
    skills = {item.slug: item for project in ordered for item in project.skills.all()}
    chosen = skills.get(skill)
    shown = [project for project in ordered if chosen is None or chosen in project.skills.all()]
    return ProjectList(groups_of(shown), shared_skills(ordered, chosen), chosen)


def groups_of(projects: Sequence[ProjectPage]) -> list[ProjectGroup]:
    groups: dict[str, ProjectGroup] = {}
    for project in projects:
        name = project.category.strip()
        groups.setdefault(name.casefold(), ProjectGroup(name, [])).projects.append(project)
    if len(groups) == 1 or len(projects) < 2 * len(groups):
        return [ProjectGroup("", list(projects))] if projects else []
    return list(groups.values())


def in_project_order(projects: Iterable[ProjectPage]) -> list[ProjectPage]:
    return sorted(projects, key=project_order)


def project_order(project: ProjectPage) -> tuple[bool, int, bool, int, int, int]:
    """Sort key: by position, then ongoing ones, then by end, start and date, the latest first."""
    published = timezone.localdate(project.date) if project.date else None
    days = [-(day or date.min).toordinal() for day in (project.end or published, project.start, published)]
    return (project.position is None, project.position or 0, not project.ongoing, *days)


def shared_skills(projects: Iterable[ProjectPage], chosen: Skill | None) -> list[UsedSkill]:
    """The skills that narrow the list: of at least two projects, or the chosen one."""
    uses = Counter(skill for project in projects for skill in project.skills.all())
    ordered = sorted(uses.items(), key=lambda item: (-item[1], item[0].name.casefold()))
    shared = [UsedSkill(skill, number) for skill, number in ordered if number > 1][:MOST_SKILLS]
    if chosen is not None and all(item.skill != chosen for item in shared):
        shared.append(UsedSkill(chosen, uses[chosen]))
    return shared
