"""Read the sections of a CV from data files, in the names of JSON Resume (https://jsonresume.org/schema).

Three forms are read: al-folio's list of titled sections, RenderCV's ``cv: {sections: …}``, which al-folio uses now, and
JSON Resume itself. Positions are read apart (`work_entries`); projects, publications and skills are left out.
``keep_others`` adds the values of an entry that none of our fields takes, under the keys that they have in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portfolio.documents.periods import parse_period
from portfolio.documents.title_text import plain_title, without_markdown

MOST_ENTRIES = 100  # of a section
# Words in the titles of sections. The first that fits decides.
TITLES = {
    "education": ("education", "studies", "degrees"),
    "certificates": ("certificat", "certification", "licen"),
    "awards": ("award", "honor", "honour", "prize", "scholarship", "grant"),
    "languages": ("language",),
    "volunteer": ("volunteer",),
    "interests": ("interest",),
    "references": ("reference",),
}
# The keys of an entry for each field, the first that it has counts.
FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "education": {
        "institution": ("institution", "school", "university", "organization"),
        "url": ("url", "website"),
        "area": ("area", "field", "major"),
        "studyType": ("studyType", "study_type", "degree", "title"),
        "score": ("score", "gpa", "grade"),
        "courses": ("courses", "highlights", "description"),
    },
    "certificates": {
        "name": ("name", "title", "label"),
        "issuer": ("issuer", "institution"),
        "url": ("url", "website"),
    },
    "awards": {
        "title": ("title", "name", "label"),
        "awarder": ("awarder", "institution", "organization"),
        "summary": ("summary", "description", "details"),
    },
    "languages": {
        "language": ("language", "name", "label", "title"),
        "fluency": ("fluency", "summary", "details", "level", "description"),
    },
    "volunteer": {
        "organization": ("organization", "company", "institution", "name"),
        "position": ("position", "role", "title"),
        "url": ("url", "website"),
        "summary": ("summary",),
        "highlights": ("highlights", "description"),
    },
    "interests": {"name": ("name", "label", "title"), "keywords": ("keywords", "items", "details", "highlights")},
    "references": {"name": ("name", "label", "title"), "reference": ("reference", "details", "summary")},
}
WORK: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "company", "institution", "organization"),
    "position": ("position", "role", "title"),
    "url": ("url", "website"),
    "location": ("location",),
    "summary": ("summary",),
    "highlights": ("highlights", "description"),
}
WORK_TITLES = ("experience", "employment", "appointment", "positions", "career")
LISTS = frozenset({"courses", "highlights", "keywords"})
WITH_PERIOD = frozenset({"education", "volunteer"})
WITH_DATE = frozenset({"certificates", "awards"})
MAIN_FIELD = {name: next(iter(fields)) for name, fields in FIELDS.items()}
PRESENT = frozenset({"present", "now", "current"})
PERIOD_KEYS = ("year", "date", "dates", "period")
DATE_KEYS = frozenset({"startDate", "start_date", "endDate", "end_date", *PERIOD_KEYS})

BULLET = re.compile(r"\s*(?:[-*+•·▪●◦–]|\d{1,2}[.)])\s+")
INLINE_BULLET = re.compile(r"\s*[•▪●◦]\s*")
HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
TEMPLATE = re.compile(r"\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}")  # of Liquid, and Hugo's shortcodes
LINK = re.compile(r"\[[^\[\]]*\]\((https?://[^()\s]*)\)")
ADDRESS = re.compile(r"(?![\[<])\S*[/@]\S*")
ADDRESS_KEYS = ("url", "website", "link", "doi", "email", "image", "icon")
TEXT_KEYS = ("bullet", "number", "reversed_number")
LONGEST_PROSE = 20_000  # characters


def resume_sections(value: Any, *, keep_others: bool = False) -> dict[str, list[dict[str, Any]]]:
    """The sections of a CV in any of the three forms; {} for anything else."""
    result: dict[str, list[dict[str, Any]]] = {}
    for title, entries in titled_sections(value):
        name = section_named(title)
        if name and isinstance(entries, list):
            found = [entry for item in entries[:MOST_ENTRIES] for entry in entries_of(name, item, keep_others)]
            result.setdefault(name, []).extend(found[:MOST_ENTRIES])
    return {name: entries for name, entries in result.items() if entries}


def work_entries(value: Any, *, keep_others: bool = False) -> list[dict[str, Any]]:
    """The positions of a CV in any of the three forms."""
    sections = [entries for title, entries in titled_sections(value) if is_work(title) and isinstance(entries, list)]
    rows = (item for entries in sections for item in entries if isinstance(item, Mapping))
    entries = ({**others(WORK, item, keep_others), **fields_of(WORK, item), **dates_of(item)} for item in rows)
    found = ({name: text for name, text in entry.items() if text not in ("", [])} for entry in entries)
    return [entry for entry in found if entry.get("name") or entry.get("position")][:MOST_ENTRIES]


def is_work(title: str) -> bool:
    words = title.casefold().strip()
    return words == "work" or (not section_named(title) and any(word in words for word in WORK_TITLES))


def titled_sections(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, Mapping)]
        yield from ((str(row.get("title") or ""), without_markup(row.get("contents"))) for row in rows[:MOST_ENTRIES])
    elif isinstance(value, Mapping):
        cv = value.get("cv")
        sections = without_markup(cv.get("sections")) if isinstance(cv, Mapping) else value
        yield from (
            ((str(title), entries) for title, entries in sections.items()) if isinstance(sections, Mapping) else ()
        )


def without_markup(value: Any, key: str = "") -> Any:
    """A value as readers of the old site saw it: its texts were Markdown or HTML. Addresses stay as they are."""
    if isinstance(value, list):
        return [without_markup(item, key) for item in value]
    if isinstance(value, Mapping):
        if len(value) == 1 and (text := first(value, *TEXT_KEYS)):  # RenderCV's points and numbered texts
            return without_markup(text)
        link = next((match for name in ("name", "title") if (match := LINK.fullmatch(str(value.get(name))))), None)
        result = {name: without_markup(item, str(name)) for name, item in value.items()}
        return result if link is None or has_value(result.get("url")) else {**result, "url": link[1]}
    is_address = key.endswith(ADDRESS_KEYS) or (isinstance(value, str) and ADDRESS.fullmatch(value))
    return plain_title(value) if isinstance(value, str) and not is_address else value


def section_named(title: str) -> str:
    """The section that the title names; "" for one that is not among ours, "Programming languages" for instance."""
    words = title.casefold()
    if "programming" in words:
        return ""
    return next((name for name, starts in TITLES.items() if any(start in words for start in starts)), "")


def entries_of(name: str, item: Any, keep_others: bool = False) -> Iterator[dict[str, Any]]:
    """The entries that an item is: several for a year with a list, as al-folio writes awards."""
    if isinstance(item, str | int | float) and not isinstance(item, bool):
        yield {MAIN_FIELD[name]: str(item)}
    elif isinstance(item, Mapping) and "items" in item and name != "interests" and not first(item, *FIELDS[name]):
        for row in item["items"] if isinstance(item["items"], list) else ():
            own = row if isinstance(row, Mapping) else {MAIN_FIELD[name]: str(row)}
            yield from entries_of(name, {**own, "date": item.get("year") or item.get("date")}, keep_others)
    elif isinstance(item, Mapping) and (entry := entry_of(name, item, keep_others)).get(MAIN_FIELD[name]):
        yield entry


def entry_of(name: str, item: Mapping[str, Any], keep_others: bool = False) -> dict[str, Any]:
    entry = others(FIELDS[name], item, keep_others) | fields_of(FIELDS[name], item)
    if name in WITH_PERIOD:
        entry |= dates_of(item)
    elif name in WITH_DATE:
        entry["date"] = day_of(first(item, "date", "year", "end_date", "endDate"))
    return {field: value for field, value in entry.items() if value not in ("", [])}


def fields_of(fields: Mapping[str, tuple[str, ...]], item: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for field, keys in fields.items():
        value = first(item, *keys)
        entry[field] = list(texts_of(value)) if field in LISTS else ", ".join(texts_of(value))
    return entry


def others(fields: Mapping[str, tuple[str, ...]], item: Mapping[str, Any], keep: bool = True) -> dict[str, Any]:
    """The values of an entry that no field takes."""
    taken = {chosen(item, *keys) for keys in fields.values()} | {key for key in DATE_KEYS if is_date(item.get(key))}
    return {str(key): value for key, value in item.items() if key not in taken and has_value(value)} if keep else {}


def first(item: Mapping[str, Any], *keys: str) -> Any:
    key = chosen(item, *keys)
    return item[key] if key else None


def chosen(item: Mapping[str, Any], *keys: str) -> str:
    """The first of the keys that has a value; "" for none."""
    return next((key for key in keys if has_value(item.get(key))), "")


def has_value(value: Any) -> bool:
    return value not in (None, "", [], {})


def texts_of(value: Any) -> Iterator[str]:
    """The texts of a value: of a list, its items with what is nested in them."""
    for item in value[:MOST_ENTRIES] if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield from texts_of(first(item, "title", "name", "bullet"))
            yield from texts_of(item.get("contents"))
        elif isinstance(item, str | int | float | date) and not isinstance(item, bool):
            yield " ".join(str(item).split())


def dates_of(item: Mapping[str, Any]) -> dict[str, str]:
    start, end = (day_of(first(item, *keys)) for keys in (("startDate", "start_date"), ("endDate", "end_date")))
    if start or end:
        return {"startDate": start, "endDate": end}
    period = parse_period(" ".join(texts_of(first(item, *PERIOD_KEYS))))
    if period is None or period.start is None:
        return {}
    is_over = period.end is not None and not period.ongoing
    return {
        "startDate": partial_day(period.start, period.start_precision),
        "endDate": partial_day(period.end, period.end_precision) if is_over and period.end else "",
    }


def day_of(value: Any) -> str:
    """A date in ISO 8601, to the month or year where no more is known; "" for the present."""
    text = " ".join(texts_of(value))
    if text.casefold() in PRESENT:
        return ""
    period = parse_period(text)
    return partial_day(period.start, period.start_precision) if period and period.start else ""


def is_date(value: Any) -> bool:
    text = " ".join(texts_of(value))
    return text.casefold() in PRESENT or parse_period(text) is not None


def partial_day(day: date, precision: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def prose_and_points(text: str) -> tuple[str, list[str]]:
    """The sentences of a text and the points of its list; an indented line that follows a point belongs to it."""
    prose: list[str] = []
    points: list[str] = []
    for line in INLINE_BULLET.sub("\n• ", text).splitlines():
        if match := BULLET.match(line):
            points.append(line[match.end() :].strip())
        elif points and line[:1].isspace() and line.strip():
            points[-1] = f"{points[-1]} {line.strip()}"
        elif line.strip():
            prose.append(line.strip())
    return " ".join(prose), [point for point in points if point]


def lines_of(text: str) -> list[str]:
    """The lines of a text, without marks of a list."""
    lines = INLINE_BULLET.sub("\n• ", text).splitlines()
    return [line for line in (BULLET.sub("", line, count=1).strip() for line in lines) if line]


def plain_lines(markdown: str) -> str:
    """A Markdown text without marks of emphasis, links and headings; marks of a list stay."""
    text = TEMPLATE.sub("", markdown[:LONGEST_PROSE])
    return "\n".join(without_markdown(HEADING.sub("", line, count=1)) for line in text.splitlines())
