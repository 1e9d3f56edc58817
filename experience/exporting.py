"""What the experience index and its entries say in front matter and in headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, Skill
from portfolio.exporter.escaping import escape_text
from portfolio.exporter.keys import publication, text_key
from portfolio.exporter.plan import Context
from portfolio.importer.rich_text import BLOCK_KEY
from portfolio.importer.summary import summary_from_html

IN_HEADING = ("period", "organisation", "role", "employment_type")


def describe_index(page: ExperienceIndexPage) -> dict[str, Any]:
    return {"title": page.title, "intro": BLOCK_KEY.sub("", page.intro), "published": page.live}


def describe_entry(page: ExperiencePage) -> dict[str, Any]:
    """What the heading of an entry says, and what stands nowhere in its text."""
    return {
        "organisation": page.organisation.name if page.organisation else "",
        "role": page.role,
        "employment_type": page.employment_type,
        "period": page.period_text,
        "title": page.title,
        "location": page.location,
        "summary": BLOCK_KEY.sub("", page.summary),
        "skills": sorted(skill.name for skill in page.skills.all()),
        "published": page.live,
    }


class ExperienceExport:
    """The index with all its entries in one file."""

    model = ExperienceIndexPage
    entry_model = ExperiencePage

    def describe(self, page: ExperienceIndexPage) -> dict[str, Any]:
        return describe_index(page)

    def describe_entry(self, page: ExperiencePage) -> dict[str, Any]:
        return describe_entry(page)

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any], context: Context) -> dict[str, Any]:
        changed = {name: value for name, value in after.items() if value != before.get(name)}
        published = publication(changed.pop("published"), context.existing) if "published" in changed else {}
        keys = [text_key(name, value, context.existing) for name, value in changed.items()]
        return {name: value for found in keys for name, value in found.items()} | published

    def front_matter(self, page: ExperienceIndexPage, context: Context) -> dict[str, Any]:
        return {
            "layout": "experience",
            "title": page.title,
            "permalink": context.addresses.own[page.pk],
            "intro": BLOCK_KEY.sub("", page.intro),
            **publication(page.live, {}),
        }

    def path(self, page: ExperienceIndexPage, context: Context) -> str:
        return f"{context.addresses.own[page.pk].strip('/').replace('/', '-') or 'experience'}.md"

    def entries(self, index: ExperienceIndexPage) -> Sequence[ExperiencePage]:
        return list(ExperiencePage.objects.child_of(index).order_by("path"))

    def heading(self, fields: Mapping[str, Any]) -> str:
        return heading_text(fields)

    def changed_heading(self, source: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
        return changed_heading(source, before, after)

    def behind(self, page: ExperiencePage, picture: Callable[[int], str]) -> str:
        """The organisation's logo, which the import takes from the entry."""
        if page.organisation is None or page.organisation.logo_id is None:
            return ""
        return f"![{escape_text(page.organisation.name)}]({picture(page.organisation.logo_id)})"


def heading_text(fields: Mapping[str, Any]) -> str:
    """``(2019 - 2022) Organisation - Role, Full-time``"""
    names = [fields["organisation"], ", ".join(filter(None, [fields["role"], fields["employment_type"]]))]
    return f"({fields['period']}) {' - '.join(filter(None, names))}"


def changed_heading(source: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """``source`` with each field's old text replaced; None where that is not possible."""
    for name in IN_HEADING:
        old, new = before.get(name) or "", after[name]
        if old == new:
            continue
        if not old or not new or source.count(old) != 1:
            return None
        source = source.replace(old, new)
    return source


def details_of(front_matter: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """What the front matter says of one entry beside its heading and its text (key ``entries``, by part)."""
    entries = front_matter.get("entries")
    found = entries.get(part) if isinstance(entries, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def fill_details(page: ExperiencePage, details: Mapping[str, Any]) -> None:
    """Fields that front matter gives win over what was read from the heading and the text."""
    for name, field in (("role", "role"), ("employment_type", "employment_type"), ("period", "period_text"),
                        ("location", "location")):  # fmt: skip
        if isinstance(details.get(name), str):
            setattr(page, field, details[name])
    if isinstance(details.get("summary"), str):
        page.summary = summary_from_html(details["summary"])
    if isinstance(details.get("organisation"), str) and details["organisation"].strip():
        page.organisation = organisation_called(details["organisation"])
    if isinstance(details.get("skills"), list):
        page.skills.set([Skill.objects.resolve(str(name)) for name in details["skills"] if str(name).strip()])


def organisation_called(name: str) -> Organisation:
    return Organisation.objects.filter(name__iexact=name).first() or Organisation.objects.create(name=name)
