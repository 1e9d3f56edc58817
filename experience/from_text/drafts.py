"""Drafts of experience entries from a parsed work history; organisations and skills that are here are used again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any

from django.db import transaction
from wagtail.models import Comment, Page

from experience.from_text.parser.entries import WorkEntry
from experience.from_text.parser.kinds import HistoryKind
from experience.models import ExperiencePage, Organisation, Skill
from portfolio.documents.periods import parse_period
from portfolio.documents.slugs import name_key, slug_of
from portfolio.validation.page_form import free_page_slug

# The field of the page's form that each kind of part is in, for comments.
FIELD_OF_KIND = {
    HistoryKind.ROLE: "role",
    HistoryKind.ORGANISATION: "organisation",
    HistoryKind.PERIOD: "period_text",
    HistoryKind.EMPLOYMENT: "employment_type",
    HistoryKind.LOCATION: "location",
    HistoryKind.SKILLS: "skills",
}
Identity = tuple[str, str, Any, Any, bool]


@dataclass(slots=True)
class DraftedEntries:
    """The drafts made, the titles of entries that were here already, and how many comments say what is uncertain."""

    pages: list[ExperiencePage] = field(default_factory=list)
    existing: list[str] = field(default_factory=list)
    comments: int = 0


class ExistingNames:
    """The organisations, skills and entries of the site, as far as a work history names them."""

    def __init__(self, entries: Sequence[WorkEntry]) -> None:
        self.organisations = Organisation.objects.named_all(entry.organisation for entry in entries)
        self.skills = Skill.objects.named_all(skill for entry in entries for skill in entry.skills)
        self.entries = {identity_of_page(page) for page in ExperiencePage.objects.select_related("organisation")}

    def has_organisation(self, entry: WorkEntry) -> bool:
        return name_key(entry.organisation) in self.organisations

    def has_skill(self, name: str) -> bool:
        return name_key(name) in self.skills

    def has_entry(self, entry: WorkEntry) -> bool:
        return identity_of(entry) in self.entries


def identity_of(entry: WorkEntry) -> Identity:
    """What two entries of the same role have in common: names, whatever their case, and the period, however written."""
    period = parse_period(entry.period)
    days = (period.start, period.end, period.ongoing) if period else (None, None, False)
    return (name_key(entry.role), name_key(entry.organisation), *days)


def identity_of_page(page: ExperiencePage) -> Identity:
    organisation = page.organisation.name if page.organisation else ""
    return (name_key(page.role), name_key(organisation), page.start, page.end, page.ongoing)


@transaction.atomic
def make_drafts(entries: Iterable[WorkEntry], existing: ExistingNames, parent: Page, user: Any) -> DraftedEntries:
    """Make a draft of each entry that is not here yet. No entry may be nameless."""
    result = DraftedEntries()
    for entry in entries:
        if existing.has_entry(entry):
            result.existing.append(title_of(entry.role, entry.organisation))
            continue
        page = make_draft(entry, parent, user)
        for problem in entry.problems:
            path = FIELD_OF_KIND.get(problem.kind, "body")
            Comment.objects.create(page=page, user=user, text=f"{problem.message}.", contentpath=path)
        result.comments += len(entry.problems)
        result.pages.append(page)
    return result


def make_draft(entry: WorkEntry, parent: Page, user: Any) -> ExperiencePage:
    organisation = Organisation.objects.resolve(entry.organisation) if entry.organisation else None
    page = ExperiencePage(
        title=title_of(entry.role, organisation.name if organisation else ""),
        role=entry.role,
        organisation=organisation,
        employment_type=entry.employment_type,
        period_text=entry.period,
        location=entry.location,
        body=body_of(entry),
        live=False,
        owner=user,
    )
    page.slug = free_page_slug(slug_of(page.title)[:200] or "entry", parent, page)
    page.skills.add(*(Skill.objects.resolve(name) for name in entry.skills))
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)  # a draft may lack its period
    return page


def title_of(role: str, organisation: str) -> str:
    return (f"{role} at {organisation}" if role and organisation else role or organisation)[:255]


def body_of(entry: WorkEntry) -> str:
    """One block of text with the paragraphs and lists of the entry; "[]" for none."""
    html = ""
    for kind, items in groupby(entry.body, key=lambda item: item[0]):
        if kind is HistoryKind.POINT:
            html += f"<ul>{''.join(f'<li>{escape(text)}</li>' for _, text in items)}</ul>"
        else:
            html += "".join(f"<p>{escape(text)}</p>" for _, text in items)
    return json.dumps([{"type": "text", "value": html}] if html else [])
