"""Where a skill shows: the evidence for it in roles, posts and interviews, and the home page's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from blog.models import Entry, EntrySkill
from experience.models import ExperiencePage, ExperienceSkill, Skill
from experience.timeline import in_order

HOME_SKILLS = 24


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a skill, all of it published.

    ``first`` and ``last`` are the earliest and latest day of use that is known, None when none is; with an ``ongoing``
    role there is no last day but today. ``roles`` are in the timeline's order, ``posts`` and ``interviews`` the newest
    first.
    """

    first: date | None
    last: date | None
    ongoing: bool
    roles: list[ExperiencePage]
    posts: list[Entry]
    interviews: list[Entry]

    def __bool__(self) -> bool:
        return bool(self.roles or self.posts or self.interviews)


def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """A skill's page; there is none without published evidence, so that a draft does not give its skills away."""
    found = get_object_or_404(Skill, slug=slug)
    evidence = evidence_of(found)
    if not evidence:
        raise Http404("Nothing published shows this skill")
    return render(request, "experience/skill.html", {"skill": found, "evidence": evidence})


def evidence_of(skill: Skill) -> Evidence:
    roles = in_order(
        ExperiencePage.objects.published().filter(skill_items__tag=skill).for_listing().defer_streamfields()
    )
    entries = list(Entry.objects.published().filter(skill_items__tag=skill))
    days = [day for role in roles for day in (role.start, role.end) if day]
    days += [timezone.localdate(entry.date) for entry in entries]
    ongoing = any(role.ongoing for role in roles)
    return Evidence(
        first=min(days, default=None),
        last=timezone.localdate() if ongoing else max(days, default=None),
        ongoing=ongoing,
        roles=roles,
        posts=[entry for entry in entries if entry.kind == "post"],
        interviews=[entry for entry in entries if entry.kind == "interview"],
    )


def home_skills(request: HttpRequest) -> dict[str, Any]:
    """``skills``: those with the most published uses, most first, each with ``uses``."""
    uses = uses_on(Entry, EntrySkill) + uses_on(ExperiencePage, ExperienceSkill)
    skills = Skill.objects.annotate(uses=uses).filter(uses__gt=0).order_by("-uses", Lower("name"))
    return {"skills": list(skills[:HOME_SKILLS])}


def uses_on(pages: type[Entry] | type[ExperiencePage], through: type[EntrySkill] | type[ExperienceSkill]) -> Coalesce:
    """How many published pages of a kind show the skill of the outer query."""
    published = pages.objects.published().order_by().values("pk")
    rows = through.objects.filter(tag=OuterRef("pk"), content_object__in=published).order_by().values("tag")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
