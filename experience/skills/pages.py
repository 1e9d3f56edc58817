"""Page of a skill: the roles, posts and interviews that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from wagtail.models import Page

from experience.duration import format_months, total_months
from experience.models import ExperiencePage, Skill
from experience.models.periods import PeriodFields
from experience.models.work import WorkPage
from experience.taxonomy import SKILLS
from experience.timeline import in_order
from portfolio.content.lists import light, published
from portfolio.content.registry import PageKind, kind_of, kind_of_type
from portfolio.content.terms import lists_with, term_lookup
from portfolio.languages.wording import and_list
from portfolio.models.site_state import cached_among
from portfolio.templatetags.pictures import load_covers

# Of each kind so many pages are listed; the others are a search away.
LISTED = 20
MOST_KEPT = 200  # skills whose evidence is kept for one version of the site


@dataclass(frozen=True, slots=True)
class DatedEvidence:
    """The pages of one kind that show a skill: the newest, newest first, and how many there are."""

    kind: PageKind
    pages: list[Page]
    count: int


@dataclass(frozen=True, slots=True)
class SkillEvidence:
    """The published pages that show a skill.

    ``first`` and ``last`` are the earliest and latest day of use that is known, None when none is; with an ``ongoing``
    role there is no last day but today. ``months`` is how long the roles took together, time that several share counted
    once. ``roles`` are in the timeline's order, ``dates`` are those of all dated pages. ``in_feeds``: a feed of the
    skill has entries.
    """

    first: date | None
    last: date | None
    ongoing: bool
    months: int
    roles: list[ExperiencePage]
    dated: list[DatedEvidence]
    dates: list[datetime]
    in_feeds: bool

    def __bool__(self) -> bool:
        return bool(self.roles or self.dated)

    @property
    def sentence(self) -> str:
        """ "Used 2018 to now, 6 years in 4 roles, 7 posts and 1 interview." What is not there is not mentioned."""
        parts = {"pages": self.pages_in_words, "years": self.years, "duration": self.duration}
        if not parts["years"]:
            return gettext("Used in %(pages)s.") % parts
        if not parts["duration"]:
            return gettext("Used %(years)s in %(pages)s.") % parts
        return gettext("Used %(years)s, %(duration)s in %(pages)s.") % parts

    @property
    def duration(self) -> str:
        """ "7 years", or "5 months" when it is less than a year; "" when it is unknown."""
        return format_months(self.months)

    @property
    def years(self) -> str:
        """The years as in the sentence; "" when none is known."""
        if self.first is None or self.last is None:
            return ""
        years = {"first": self.first.year, "last": self.last.year}
        if self.ongoing:
            return pgettext("used when", "%(first)s to now") % years
        if self.first.year == self.last.year:
            return pgettext("used when", "in %(first)s") % years
        return pgettext("used when", "%(first)s to %(last)s") % years

    @property
    def pages_in_words(self) -> str:
        """ "4 roles, 7 posts and 1 interview"."""
        roles = len(self.roles)
        counts = [ngettext("%(count)s role", "%(count)s roles", roles) % {"count": roles}] if roles else []
        return and_list([*counts, *(item.kind.counted(item.count) for item in self.dated)])


def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """A skill's page; there is none without published evidence, so that a draft does not give its skills away."""
    shown = get_object_or_404(Skill, slug=slug)
    key = (shown.pk, timezone.localdate())  # a current role is longer each day
    evidence = cached_among("skill evidence", MOST_KEPT, key, lambda: evidence_of(shown))
    if not evidence:
        raise Http404("Nothing published shows this skill")
    return render(request, "experience/skill.html", {"skill": shown, "evidence": evidence})


def evidence_of(skill: Skill) -> SkillEvidence:
    """The pages that show the skill. Only those that are listed are loaded; of the others the date is enough."""
    today = timezone.localdate()
    roles = in_order(ExperiencePage.objects.published().filter(skill_items__tag=skill).defer_streamfields())
    dates: list[datetime] = []
    dated: list[DatedEvidence] = []
    spans: list[PeriodFields] = [*roles]
    in_feeds = False
    for page_list in lists_with(SKILLS):
        pages = published(page_list).filter(**{term_lookup(page_list, SKILLS): skill})
        if issubclass(page_list.model, WorkPage):
            work = sorted(light(pages).defer_streamfields(), key=newest_work_first)
            dated += [DatedEvidence(kind_of(work[0]), work[:LISTED], len(work))] if work else ()
            in_feeds |= page_list.in_feeds and any(item.date for item in work)
            if issubclass(page_list.model, PeriodFields):  # when it was made counts, not when the page was published
                spans += work
            else:
                dates += [item.date for item in work if item.date and item.date <= timezone.now()]
        elif page_list.date:
            rows = list(pages.order_by(f"-{page_list.date}", "-pk").values_list("pk", page_list.date, "content_type"))
            dates += [moment for _, moment, _ in rows]
            in_feeds |= page_list.in_feeds and bool(rows)
            dated += dated_evidence(page_list.model, [(pk, kind_of_type(content_type)) for pk, _, content_type in rows])
    load_covers(page for item in dated for page in item.pages)
    days = [day for item in spans for day in (item.start, item.end) if day]
    days += [timezone.localdate(moment) for moment in (min(dates), max(dates))] if dates else []
    ongoing = any(item.ongoing for item in spans)
    return SkillEvidence(
        first=min(days, default=None),
        last=today if ongoing else max(days, default=None),
        ongoing=ongoing,
        months=total_months(roles, today),
        roles=roles,
        dated=sorted(dated, key=lambda item: item.kind.order),
        dates=dates,
        in_feeds=in_feeds,
    )


def newest_work_first(page: WorkPage) -> tuple[bool, float, int]:
    return (page.date is None, -page.date.timestamp() if page.date else 0.0, -page.pk)


def dated_evidence(model: type[Page], rows: Sequence[tuple[int, PageKind | None]]) -> list[DatedEvidence]:
    """The pages of a list by their kind; ``rows`` are the newest first."""
    keys: dict[PageKind, list[int]] = {}
    for pk, kind in rows:
        if kind is not None:
            keys.setdefault(kind, []).append(pk)
    pages = light(model.objects.all()).in_bulk([pk for pks in keys.values() for pk in pks[:LISTED]]) if keys else {}
    return [DatedEvidence(kind, [pages[pk] for pk in pks[:LISTED]], len(pks)) for kind, pks in keys.items()]
