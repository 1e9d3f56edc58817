"""Sections of the résumé: for readers as entries with a period, and as JSON Resume, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from experience.models import ResumeSections
from experience.models.periods import shown_period
from experience.structured_data import partial_date
from portfolio.blocks.links import safe_href
from portfolio.documents.periods import parse_period


@dataclass(frozen=True, slots=True)
class ResumeEntry:
    """One entry of a section: its title, a line below it, when it was, text, and points."""

    title: str
    line: str = ""
    when: str = ""
    text: str = ""
    points: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class ResumeSection:
    """A section that has entries; ``is_inline`` ones are lists of words."""

    id: str
    title: str
    entries: list[ResumeEntry]
    is_inline: bool = False


def shown_sections(sections: ResumeSections) -> list[ResumeSection]:
    """The sections with entries, in the order in which they are read."""
    shown = [
        ResumeSection("education", gettext("Education"), [*map(education_entry, items(sections.education))]),
        ResumeSection("certificates", gettext("Certificates"), [*map(certificate_entry, items(sections.certificates))]),
        ResumeSection("awards", gettext("Awards"), [*map(award_entry, items(sections.awards))]),
        ResumeSection("volunteering", gettext("Volunteering"), [*map(volunteer_entry, items(sections.volunteering))]),
        ResumeSection(
            "languages",
            gettext("Languages"),
            [ResumeEntry(item["language"], item["fluency"]) for item in items(sections.languages)],
            is_inline=True,
        ),
        ResumeSection(
            "interests",
            gettext("Interests"),
            [ResumeEntry(item["name"], ", ".join(lines(item["keywords"]))) for item in items(sections.interests)],
            is_inline=True,
        ),
        ResumeSection(
            "references",
            gettext("References"),
            [ResumeEntry(item["name"], text=item["reference"]) for item in items(sections.references)],
        ),
    ]
    return [section for section in shown if section.entries]


def items(stream: Any) -> Iterator[Mapping[str, Any]]:
    for child in stream:
        yield {name: value or "" for name, value in child.value.items()}


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def education_entry(item: Mapping[str, Any]) -> ResumeEntry:
    title = item["study_type"] or item["area"] or item["institution"]
    if item["study_type"] and item["area"]:
        # Translators: a degree and its subject: "BSc in Oceanography".
        title = gettext("%(degree)s in %(subject)s") % {"degree": item["study_type"], "subject": item["area"]}
    line = ", ".join(filter(None, [item["institution"] if title != item["institution"] else "", item["score"]]))
    return ResumeEntry(title, line, shown_period(item["period"]), "", lines(item["courses"]), safe_href(item["url"]))


def certificate_entry(item: Mapping[str, Any]) -> ResumeEntry:
    return ResumeEntry(item["name"], item["issuer"], item["date"], url=safe_href(item["url"]))


def award_entry(item: Mapping[str, Any]) -> ResumeEntry:
    return ResumeEntry(item["title"], item["awarder"], item["date"], item["summary"])


def volunteer_entry(item: Mapping[str, Any]) -> ResumeEntry:
    title = item["position"] or item["organization"]
    line = item["organization"] if item["position"] else ""
    when = shown_period(item["period"])
    return ResumeEntry(title, line, when, item["summary"], lines(item["highlights"]), safe_href(item["url"]))


# JSON Resume ---------------------------------------------------------------------------------------------------------

# By our section: its name there, and the name there of each of our fields. A period is two dates, points are a list.
JSON_SECTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "education": (
        "education",
        {"institution": "institution", "url": "url", "area": "area", "study_type": "studyType", "score": "score"},
    ),
    "certificates": ("certificates", {"name": "name", "date": "date", "issuer": "issuer", "url": "url"}),
    "awards": ("awards", {"title": "title", "date": "date", "awarder": "awarder", "summary": "summary"}),
    "languages": ("languages", {"language": "language", "fluency": "fluency"}),
    "volunteering": (
        "volunteer",
        {"organization": "organization", "position": "position", "url": "url", "summary": "summary"},
    ),
    "interests": ("interests", {"name": "name"}),
    "references": ("references", {"name": "name", "reference": "reference"}),
}
# What the import calls one entry, and several.
SECTION_NAMES = {
    "education": ("education entry", "education entries"),
    "certificates": ("certificate", "certificates"),
    "awards": ("award", "awards"),
    "languages": ("language", "languages"),
    "volunteering": ("volunteering entry", "volunteering entries"),
    "interests": ("interest", "interests"),
    "references": ("reference", "references"),
}
POINTS = {"education": "courses", "volunteering": "highlights", "interests": "keywords"}
WITH_PERIOD = frozenset({"education", "volunteering"})


def sections_as_json(sections: ResumeSections) -> dict[str, Any]:
    """The sections with entries, by their names in JSON Resume."""
    result = {}
    for section, (name, fields) in JSON_SECTIONS.items():
        rows = [row_as_json(section, item, fields) for item in items(getattr(sections, section))]
        if rows:
            result[name] = rows
    return result


def row_as_json(section: str, item: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    row = {
        name: iso_date(item[field]) if field == "date" else safe_href(item[field]) if field == "url" else item[field]
        for field, name in fields.items()
    }
    if section in WITH_PERIOD:
        row |= period_dates(item["period"])
    if section in POINTS:
        row[POINTS[section]] = list(lines(item[POINTS[section]]))
    return {name: value for name, value in row.items() if value not in ("", [])}


def iso_date(text: str) -> str:
    period = parse_period(text or "")
    return partial_date(period.start, period.start_precision) if period else ""


def period_dates(text: str) -> dict[str, str]:
    period = parse_period(text or "")
    if period is None:
        return {}
    dates = {"startDate": partial_date(period.start, period.start_precision)}
    if not period.ongoing:
        dates["endDate"] = partial_date(period.end, period.end_precision)
    return dates
