"""Map of all skills: by kind, each with the years in which it was used and the pages that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext

from experience.duration import total_months
from experience.models import ExperiencePage, ProjectPage, Skill
from experience.models.periods import PeriodFields
from experience.taxonomy import SKILLS
from portfolio.content.registry import PageKind, has_pages, kind_of_type
from portfolio.content.terms import lists_with, published_term_rows, term_rows
from portfolio.templatetags.time_bar import last_day

WIDTH = 1000
NARROWEST = 8
MOST_LABELS = 6


@dataclass(slots=True)
class SkillUse:
    """What is published of a skill: the roles and projects that took it, and how many pages of each kind show it."""

    works: list[PeriodFields] = field(default_factory=list)
    counts: Counter[PageKind] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)

    @property
    def roles(self) -> list[ExperiencePage]:
        return [work for work in self.works if isinstance(work, ExperiencePage)]

    @property
    def evidence(self) -> int:
        return len(self.roles) + self.counts.total()


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill as shown. ``spans`` and ``line`` are (start, width) in units of the bar, which has ``WIDTH`` of them.

    ``spans`` are the times of roles and projects, as ``periods`` says in words; ``line`` reaches from the first to the
    last day that is known.
    """

    skill: Skill
    years: str
    evidence: str
    periods: str
    spans: list[tuple[int, int]]
    line: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """The skills of one kind, "" for those without one."""

    kind: str
    rows: list[SkillRow]


@dataclass(frozen=True, slots=True)
class SkillMap:
    """``labels`` are (year, place in per cent) of the axis."""

    groups: list[SkillGroup]
    labels: list[tuple[int, float]]
    count: int


def skill_map_page(request: HttpRequest) -> HttpResponse:
    """All skills with published evidence; there is no page before there is one."""
    shown = skill_map()
    if not shown.groups:
        raise Http404("Nothing published shows a skill")
    return render(request, "experience/skill_map.html", {"map": shown})


def skill_map() -> SkillMap:
    uses = read_uses()
    today = timezone.localdate()
    days = [day for use in uses.values() for day in (*use.days, *starts_of(use.works))]
    axis = Axis(date(min(days).year, 1, 1) if days else today, today)
    ordered = sorted(
        Skill.objects.filter(pk__in=uses),
        key=lambda skill: (-total_months(uses[skill.pk].roles, today), -uses[skill.pk].evidence, skill.name.casefold()),
    )
    groups: dict[str, SkillGroup] = {}
    for skill in ordered:
        group = groups.setdefault(skill.kind.casefold(), SkillGroup(skill.kind, []))
        group.rows.append(axis.row_of(skill, uses[skill.pk]))
    others = groups.pop("", None)
    return SkillMap([*groups.values(), *([others] if others else [])], axis.labels(), len(ordered))


def starts_of(works: Iterable[PeriodFields]) -> Iterator[date]:
    return (work.start for work in works if work.start)


def read_uses() -> dict[int, SkillUse]:
    """What is published of each skill, by its key; one or two queries for each list of pages."""
    uses: dict[int, SkillUse] = {}
    for model in (ExperiencePage, ProjectPage):
        if has_pages(model):
            for work in model.objects.published().defer_streamfields().prefetch_related("skills"):
                for skill in work.skills.all():
                    uses.setdefault(skill.pk, SkillUse()).works.append(work)
    for page_list in lists_with(SKILLS):
        if page_list.model is ExperiencePage:
            continue
        rows = term_rows(page_list, SKILLS)
        fields = (rows.related, rows.page_field("content_type"))
        dated = page_list.date and page_list.model is not ProjectPage  # the page's date is not when it was made
        ends = {name: of(rows.page_field(page_list.date)) for name, of in (("a", Min), ("b", Max))} if dated else {}
        counted = published_term_rows(page_list, SKILLS).values_list(*fields).annotate(number=Count("pk"), **ends)
        for pk, content_type, number, *moments in counted:
            if kind := kind_of_type(content_type):
                use = uses.setdefault(pk, SkillUse())
                use.counts[kind] += number
                use.days += past_days(moments)
    return uses


def past_days(moments: Iterable[datetime | None]) -> Iterator[date]:
    now = timezone.now()
    return (timezone.localdate(moment) for moment in moments if moment and moment <= now)


@dataclass(frozen=True, slots=True)
class Axis:
    """The years of the map, from the first of January to today."""

    begin: date
    end: date

    def place(self, day: date) -> int:
        length = max((self.end - self.begin).days, 1)
        return round(min(max((day - self.begin).days / length, 0), 1) * WIDTH)

    def labels(self) -> list[tuple[int, float]]:
        """Some of the years, evenly apart, with their places."""
        years = range(self.begin.year, self.end.year + 1)
        step = max(1, -(-len(years) // MOST_LABELS))
        return [(year, self.place(date(year, 1, 1)) / WIDTH * 100) for year in years[::step]]

    def span_of(self, work: PeriodFields) -> tuple[int, int] | None:
        if work.start is None:
            return None
        left = min(self.place(work.start), WIDTH - NARROWEST)
        right = self.place(self.end if work.ongoing else last_day(work.end or work.start, work))
        return left, max(right - left, NARROWEST)

    def row_of(self, skill: Skill, use: SkillUse) -> SkillRow:
        ends = [work.end or work.start for work in use.works if work.start]
        days = sorted([*use.days, *starts_of(use.works), *(day for day in ends if day)])
        line = None
        if days:
            left = min(self.place(days[0]), WIDTH - NARROWEST)
            line = left, max(self.place(days[-1]) - left, NARROWEST)
        return SkillRow(
            skill,
            years_in_words(days, any(work.ongoing for work in use.works)),
            in_words(use),
            ", ".join(dict.fromkeys(work.period for work in use.works if work.period)),
            merged(span for work in use.works if (span := self.span_of(work))),
            line,
        )


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those that touch or overlap as one."""
    result: list[tuple[int, int]] = []
    for left, width in sorted(spans):
        if result and left <= sum(result[-1]):
            start, earlier = result.pop()
            result.append((start, max(earlier, left + width - start)))
        else:
            result.append((left, width))
    return result


def years_in_words(days: list[date], ongoing: bool) -> str:
    """ "2015 – now", "2015 – 2019" or "2015"; "" when no year is known."""
    if not days:
        return ""
    first, last = days[0].year, days[-1].year
    if ongoing:
        return gettext("%(first)s – now") % {"first": first}
    return str(first) if first == last else f"{first} – {last}"


def in_words(use: SkillUse) -> str:
    """ "2 roles, 1 project, 3 posts"."""
    roles = len(use.roles)
    parts = [ngettext("%(count)s role", "%(count)s roles", roles) % {"count": roles}] if roles else []
    parts += [kind.counted(number) for kind, number in sorted(use.counts.items(), key=lambda item: item[0].order)]
    return pgettext("list", ", ").join(parts)
