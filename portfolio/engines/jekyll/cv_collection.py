"""Collection ``cv``: documents that say in front matter what of a CV they are (``pubtype: education``).

Sites made of academicpages have one. The documents become pages; here they are also read as the entries of a CV, as a
list of titled sections in the form that `resume_data` reads.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from portfolio.documents.front_matter import FrontMatterError, split_front_matter
from portfolio.documents.title_text import plain_title
from portfolio.engines.dated_names import date_and_slug
from portfolio.engines.resume_data import first, is_work, lines_of, plain_lines, prose_and_points, section_named
from portfolio.engines.walk import files_below, read_bytes

COLLECTIONS = frozenset({"cv", "resume"})
TYPE_KEYS = ("pubtype", "type", "category", "section", "categories")
POSITIONS = frozenset({"position", "job", "research", "internship"})  # beside the titles that `is_work` knows
EMPLOYER = ("institution", "school", "university", "organization", "organisation", "company", "employer", "venue")
ROLE = ("position", "role", "job_title")
DEGREE = ("degree", "studyType", "study_type")
PERIODS = ("period", "dates", "year")
STARTS, ENDS = ("startDate", "start_date", "start"), ("endDate", "end_date", "end")
MARKDOWN = (".md", ".markdown", ".mkd", ".html")
MAX_DOCUMENTS = 200
MAX_DOCUMENT = 256 * 1024  # bytes


def cv_collection(root: Path, config: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The folder of the collection, and its documents as sections; ("", []) where none says what it is."""
    for label in config.get("collections") or ():
        if str(label).casefold() in COLLECTIONS:
            folder = posixpath.join(str(config.get("collections_dir") or ""), f"_{label}")
            sections: dict[str, list[dict[str, Any]]] = {}
            for title, entry in entries_below(root, folder):
                sections.setdefault(title, []).append(entry)
            if sections:
                return folder, [{"title": title, "contents": entries} for title, entries in sections.items()]
    return "", []


def entries_below(root: Path, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The title of the section and the entry of each document, the newest first as in a CV."""
    found = []
    files = (file for file in files_below(root / folder, root) if file.suffix.lower() in MARKDOWN)
    for file in [*files][:MAX_DOCUMENTS]:
        try:
            data = read_bytes(file, MAX_DOCUMENT)
            front_matter = split_front_matter(data)
        except (OSError, ValueError, FrontMatterError):
            continue  # the report of the document says so
        values = dict(front_matter.values)
        title = section_title(values)
        if not title or values.get("published") is False or not values.get("title"):
            continue
        values.setdefault("date", date_and_slug(file.name, "collection:cv")[0])
        body = data[front_matter.body_start :].decode("utf-8", "replace")
        found.append((str(values["date"]), title, entry_of(title, values, plain_lines(body))))
    found.sort(key=lambda row: row[0], reverse=True)
    yield from ((title, entry) for _, title, entry in found)


def section_title(values: Mapping[str, Any]) -> str:
    """The first word for a section in the front matter, as a title that `resume_data` knows; "" for none."""
    for key in TYPE_KEYS:
        for word in values[key] if isinstance(values.get(key), list) else [values.get(key)]:
            text = str(word or "").strip()
            if text.casefold() in POSITIONS:
                return "Experience"
            if section_named(text) or is_work(text):
                return text
    return ""


def entry_of(title: str, values: Mapping[str, Any], body: str) -> dict[str, Any]:
    """The entry in the names of the section. A title names what is most of it: the degree where a school is given."""
    name, employer = plain_title(str(values["title"])), first(values, *EMPLOYER)
    text = body if body.strip() else str(first(values, "summary", "description", "excerpt") or "")
    section = section_named(title)
    prose, points = prose_and_points(text)
    entry: dict[str, Any] = {"summary": prose, "highlights": points, **when(values)}
    entry |= {
        key: values[key]
        for key in ("location", "url", "website", "area", "field", "score", "gpa", "keywords")
        if key in values
    }
    role = first(values, *(DEGREE if section == "education" else ROLE))
    if section == "education":
        courses = lines_of(text)
        return {
            **entry,
            "institution": employer or name,
            "degree": role or (name if employer else ""),
            "courses": courses,
        }
    if section == "volunteer":
        return {**entry, "organization": employer or name, "position": role or (name if employer else "")}
    if not section:
        return {**entry, "name": employer or "", "position": role or name}
    summary = " ".join(lines_of(text))
    fluency = first(values, "fluency", "level", "proficiency") or summary
    return {**entry, "title": name, "institution": employer, "summary": summary, "fluency": fluency, "highlights": []}


def when(values: Mapping[str, Any]) -> dict[str, Any]:
    """The dates of an entry. ``date`` counts if nothing else does, and may only be there to sort the documents."""
    if start := first(values, *STARTS):
        return {"start_date": start, "end_date": first(values, *ENDS)}
    written = first(values, *PERIODS)
    return {"year": written or without_filler(values.get("date"))}


def without_filler(value: Any) -> str:
    """A date without the 1st of a month, or of January, that Jekyll needs where only month or year are known."""
    day = str(value.date() if isinstance(value, datetime) else value or "").partition(" ")[0]
    return re.sub(r"^(\d{4})(?:-01-01|(-\d\d)-01)$", r"\1\2", day)
