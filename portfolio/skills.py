"""Where a skill shows: the evidence for it in roles, posts and interviews, and the home page's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from blog.models import Entry, EntrySkill, InterviewPage
from experience.duration import in_words, months_of
from experience.models import ExperiencePage, ExperienceSkill, Skill
from experience.timeline import in_order
from portfolio.visibility import open_to_everybody

HOME_SKILLS = 24
# Of posts and of interviews so many are listed on a skill's page; the others are a search away.
LISTED = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a skill, all of it published.

    ``first`` and ``last`` are the earliest and latest day of use that is known, None when none is; with an ``ongoing``
    role there is no last day but today. ``months`` is how long the roles took together, time that several share counted
    once. ``roles`` are in the timeline's order, ``posts`` and ``interviews`` the newest, newest first; how many there
    are is told by the counts, and when they all were written by ``dates``.
    """

    first: date | None
    last: date | None
    ongoing: bool
    months: int
    roles: list[ExperiencePage]
    posts: list[Entry]
    interviews: list[Entry]
    post_count: int
    interview_count: int
    dates: list[datetime]

    def __bool__(self) -> bool:
        return bool(self.roles or self.dates)

    @property
    def duration(self) -> str:
        """ "7 years", or "5 months" when it is less than a year; "" when it is unknown."""
        return in_words(self.months)


def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """A skill's page; there is none without published evidence, so that a draft does not give its skills away."""
    found = get_object_or_404(Skill, slug=slug)
    evidence = evidence_of(found)
    if not evidence:
        raise Http404("Nothing published shows this skill")
    return render(request, "experience/skill.html", {"skill": found, "evidence": evidence})


def evidence_of(skill: Skill) -> Evidence:
    """What shows the skill. Only the entries that are listed are loaded; of the others the date is enough."""
    today = timezone.localdate()
    roles = in_order(ExperiencePage.objects.published().filter(skill_items__tag=skill).defer_streamfields())
    entries = list(Entry.objects.published().filter(skill_items__tag=skill).values_list("pk", "date", "content_type"))
    interview = ContentType.objects.get_for_model(InterviewPage).pk
    interviews = [pk for pk, _, kind in entries if kind == interview]
    posts = [pk for pk, _, kind in entries if kind != interview]
    rows = Entry.objects.in_bulk(posts[:LISTED] + interviews[:LISTED]) if entries else {}
    days = [day for role in roles for day in (role.start, role.end) if day]
    days += [timezone.localdate(date) for _, date, _ in (entries[0], entries[-1])] if entries else []
    ongoing = any(role.ongoing for role in roles)
    return Evidence(
        first=min(days, default=None),
        last=today if ongoing else max(days, default=None),
        ongoing=ongoing,
        months=months_of(roles, today),
        roles=roles,
        posts=[rows[pk] for pk in posts[:LISTED]],
        interviews=[rows[pk] for pk in interviews[:LISTED]],
        post_count=len(posts),
        interview_count=len(interviews),
        dates=[date for _, date, _ in entries],
    )


def home_skills(request: HttpRequest) -> dict[str, Any]:
    """``skills``: those with the most published uses, most first, each with ``uses``; from one query."""
    found: dict[int, Skill] = {}
    for pk, name, slug, uses in uses_of(EntrySkill).union(uses_of(ExperienceSkill), all=True):
        skill = found.setdefault(pk, Skill(pk=pk, name=name, slug=slug))
        skill.uses = getattr(skill, "uses", 0) + uses
    ordered = sorted(found.values(), key=lambda skill: (-skill.uses, skill.name.lower()))
    return {"skills": ordered[:HOME_SKILLS]}


def uses_of(through: type[EntrySkill] | type[ExperienceSkill]) -> QuerySet[Any]:
    """(key, name, slug, number) of the skills of published pages of a kind.

    Counted from the few rows that name a skill, not from the many pages.
    """
    rows = open_to_everybody(through.objects.filter(content_object__live=True), "content_object__path")
    return rows.order_by().values_list("tag", "tag__name", "tag__slug").annotate(n=Count("pk"))
