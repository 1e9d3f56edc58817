"""Import of a résumé: from a document of JSON Resume to roles, projects, publications, sections and owner's settings.

What is here already stays: a role, project or publication of the same name is not made twice, a setting or section
that somebody has filled in is not overwritten.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from wagtail.models import Page, Site

from experience.models import ResumeSections
from experience.resume.import_notes import LONGEST_OF_SECTION, notes_on
from experience.resume.json_pages import store_project, store_publication, store_role
from experience.resume.json_resume import keep_leftovers
from experience.resume.json_values import (
    LONG_TEXT,
    address_of,
    in_words,
    mail_address_of,
    mapping,
    period_of,
    points_of,
    rows,
    text_of,
    without_unsafe_addresses,
)
from experience.resume.readers.resume_file import ResumeError
from experience.resume.sections import JSON_SECTIONS, POINTS, SECTION_NAMES, WITH_PERIOD
from portfolio.models import HomePage, SiteSettings


@dataclass(slots=True)
class ResumeImport:
    """How many of each were made, and what was left out."""

    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what the owner should know

    def count(self, one: str, many: str) -> None:
        """Count one more of what is called ``one``, of several ``many``."""
        self.made[one, many] += 1

    @property
    def in_words(self) -> str:
        counted = (f"{number} {one if number == 1 else many}" for (one, many), number in self.made.items())
        return ", ".join(counted) or "nothing"


@transaction.atomic
def import_resume(document: dict[str, Any], user: Any = None) -> ResumeImport:
    """Store what ``document`` says; what has no place here is kept for ``/resume.json``."""
    document, unsafe = without_unsafe_addresses(document)
    result = ResumeImport(
        problems=[f"{place}: {address[:80]} is no web address; left out" for place, address in unsafe]
    )
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = HomePage.objects.first()
    if site is None or home is None:
        raise ResumeError("The site has no home page.")
    fill_settings(SiteSettings.for_site(site), mapping(document.get("basics")), result)
    sections = ResumeSections.for_site(site)
    fill_sections(sections, document, result)
    sections.save()
    for item in rows(document, "work"):
        store(item, store_role, home, user, result)
    for item in rows(document, "projects"):
        store(item, store_project, home, user, result)
    for item in rows(document, "publications"):
        store(item, store_publication, home, user, result)
    keep_leftovers(document)
    result.notes += notes_on(document)
    return result


def pages_in(document: Mapping[str, Any]) -> int:
    """How many pages an import may make."""
    return sum(len(rows(document, name)) for name in ("work", "projects", "publications"))


def fill_settings(settings: SiteSettings, basics: Mapping[str, Any], result: ResumeImport) -> None:
    """Fill the empty settings of the owner."""
    location = mapping(basics.get("location"))
    # The town, whose street is nobody's business; without a town the address is where somebody lives at large.
    places = (text_of(location, name, 200) for name in ("city", "address", "region", "countryCode"))
    about = text_of(basics, "summary", LONG_TEXT)
    found = {
        "owner_name": text_of(basics, "name", 200),
        "headline": text_of(basics, "label", 300),
        "email": mail_address_of(basics),
        "location": next(filter(None, places), ""),
        "bio": f"<p>{escape(about)}</p>" if about else "",
    }
    for name, value in found.items():
        if value and not getattr(settings, name):
            setattr(settings, name, value)
    profiles = rows(basics, "profiles")
    links = [(text_of(item, "network", 60) or "Profile", address_of(item)) for item in profiles]
    if not settings.links:
        settings.links = json.dumps(
            [{"type": "link", "value": {"label": label, "url": url}} for label, url in links if url]
        )
    settings.save()


def fill_sections(sections: ResumeSections, document: Mapping[str, Any], result: ResumeImport) -> None:
    """Fill the empty sections. They are not saved."""
    for section, (name, fields) in JSON_SECTIONS.items():
        items = rows(document, name)
        if not items or getattr(sections, section):
            continue
        blocks = []
        for item in items:
            value = {
                ours: address_of(item) if ours == "url" else text_of(item, theirs, LONGEST_OF_SECTION)
                for ours, theirs in fields.items()
            }
            if section in WITH_PERIOD:
                value["period"] = in_words(period_of(item))
            if "date" in value:
                value["date"] = in_words(value["date"])
            if section in POINTS:
                value[POINTS[section]] = "\n".join(points_of(item, POINTS[section]))
            blocks.append({"type": "item", "value": value})
            result.count(*SECTION_NAMES[section])
        setattr(sections, section, json.dumps(blocks))


Store = Callable[[Mapping[str, Any], Page, Any], Page | None]


def store(item: Mapping[str, Any], make: Store, home: Page, user: Any, result: ResumeImport) -> None:
    try:
        with transaction.atomic():
            page = make(item, home, user)
    except ValidationError as error:
        name = text_of(item, "name") or text_of(item, "position") or in_words(period_of(item)) or "An item of work"
        result.problems.append(f"{name}: {'; '.join(messages_of(error))}")
        return
    if page is not None:
        result.count(str(page._meta.verbose_name), str(page._meta.verbose_name_plural))


def messages_of(error: ValidationError) -> list[str]:
    """The messages of a page that cannot be stored, each with the field that it is about."""
    names = {"period_text": "period", NON_FIELD_ERRORS: ""}
    return [
        f"{name}: {text}" if (name := names.get(field, field.replace("_", " "))) else text
        for field, texts in getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages}).items()
        for text in texts
    ]
