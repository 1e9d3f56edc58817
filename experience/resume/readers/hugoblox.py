"""Author of a HugoBlox site (https://hugoblox.com, before: Wowchemy, Academic), in each of its three forms.

``content/authors/<name>/_index.md`` has the profile as front matter; ``data/authors/<name>.yaml`` is the newer form.
Entries are given the names that the reader of CV data knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from experience.resume.readers.cv_data import check_length
from experience.resume.readers.resume_file import Json, ResumeFile, without_empty
from portfolio.engines.profile_links import host_label
from portfolio.engines.resume_data import first, has_value, plain_lines, prose_and_points, resume_sections, work_entries

NAMES = {
    "course": "studyType",
    "degree": "studyType",
    "org": "name",
    "company_name": "name",
    "company": "name",
    "company_url": "url",
    "date_start": "startDate",
    "start": "startDate",
    "date_end": "endDate",
    "end": "endDate",
}
KNOWN = frozenset(
    "date title name first_name last_name role bio email interests education experience work skills languages awards "
    "certificates certifications social profiles links organizations affiliations".split()
)
PRESENTATION = frozenset({"icon", "icon_pack", "company_logo", "button", "color", "color_border"})  # of an entry
FORM = "the author of a HugoBlox site"


def is_author(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    if str(value.get("schema") or "").startswith("hugoblox/author"):
        return True
    if value.get("widget") == "about":  # of Academic, whose author had no file of its own
        return True
    has_name = isinstance(value.get("name"), Mapping) or has_value(first(value, "title", "name", "first_name"))
    return has_name and not value.keys().isdisjoint(
        {"superuser", "organizations", "affiliations", "social", "user_groups", "is_owner", "interests", "role"}
    )


def read_author(value: Mapping[str, Any], body: str = "") -> ResumeFile:
    education = value.get("education")
    courses = education.get("courses") if isinstance(education, Mapping) else education
    roles = entries(first(value, "work", "experience"))
    work = [{**row, "summary": " ".join(prose), "highlights": points} for row, prose, points in roles]
    interests = value.get("interests")
    certificates = first(value, "certificates", "certifications")
    source = {
        "education": [{**row, "description": [*prose, *points]} for row, prose, points in entries(courses)],
        "awards": [*with_summary(value.get("awards"))],
        "certificates": [*with_summary(certificates)],
        "languages": [*languages_of(value.get("languages"))],
        "interests": interests.get("interests") if isinstance(interests, Mapping) else interests,
    }
    for title, rows in {"work": work, **source}.items():
        check_length(title, rows)
    document: Json = {
        "basics": basics_of(value, body),
        "work": work_entries({"work": work}, keep_others=True),
        **resume_sections(source, keep_others=True),
        "skills": [*skills_of(value.get("skills"))],
    }
    left_out = [str(key) for key, item in value.items() if key not in KNOWN and has_value(item)]
    notes = [f"what only the theme uses: {', '.join(left_out)}"] if left_out else []
    elsewhere = [url for _, url in links_in(value) if not url.startswith("http") and not is_mail(url)]
    if elsewhere:
        notes.append(f"links within the old site: {', '.join(elsewhere)}")
    if body.strip() and has_value(value.get("bio")):
        notes.append("the text below the front matter, since there is a bio")
    return ResumeFile(without_empty(document), FORM, tuple(notes))


def basics_of(value: Mapping[str, Any], body: str) -> Json:
    name = value.get("name")
    named = name if isinstance(name, Mapping) else value
    parts = [text(first(named, *keys)) for keys in (("given", "first_name"), ("family", "last_name"))]
    links = links_in(value)
    mail = [url.removeprefix("mailto:").partition("?")[0] for _, url in links if is_mail(url)]
    return without_empty(
        {
            "name": text(first(named, "display", "title", "name")) or " ".join(filter(None, parts)),
            "label": text(value.get("role")),
            "email": text(value.get("email")) or next(iter(mail), ""),
            "summary": " ".join(plain_lines(text(value.get("bio")) or body).split()),
            "profiles": [{"network": name, "url": url} for name, url in links if url.startswith("http")],
            "affiliations": first(value, "organizations", "affiliations"),
        }
    )


def links_in(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and addresses of the profiles."""
    rows = first(value, "profiles", "links", "social")
    found = []
    for row in rows if isinstance(rows, list) else ():
        url = text(first(row, "url", "link")) if isinstance(row, Mapping) else ""
        if re.match(r"(?:www\.)?[\w-]+\.[a-z]{2,}/", url):
            url = f"https://{url}"
        found += [(host_label(url), url)] if url else []
    return found


def is_mail(url: str) -> bool:
    return url.startswith("mailto:") or re.fullmatch(r"[^\s/@]+@[^\s/@]+", url) is not None


def entries(rows: Any) -> Iterator[tuple[Json, list[str], list[str]]]:
    """The entries of a section in the names of the reader, and the sentences and points of their summaries."""
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, str):
            yield {"name": row}, [], []
        elif isinstance(row, Mapping):
            entry = {NAMES.get(str(key), str(key)): item for key, item in row.items() if key not in PRESENTATION}
            prose, points = prose_and_points(plain_lines(text(entry.pop("summary", ""))))
            yield without_empty(entry), [prose] if prose else [], points


def with_summary(rows: Any) -> Iterator[Json]:
    for row, prose, points in entries(rows):
        yield {**row, "summary": " ".join([*prose, *points])}


def languages_of(rows: Any) -> Iterator[Json]:
    """Languages with the words for how well they are spoken; a number of stars or a percentage is kept beside."""
    for row, _, _ in entries(rows):
        level = first(row, "level", "percent")
        fluency = text(first(row, "label", "description", "fluency"))
        yield without_empty({"language": text(row.get("name")), "fluency": fluency, "proficiency": level})


def skills_of(value: Any) -> Iterator[Json]:
    """Groups of skills. Where each has a level, the file's own rows are kept beside their names."""
    for row in value if isinstance(value, list) else ():
        if not isinstance(row, Mapping):
            if name := text(row):
                yield {"name": name}
            continue
        items = row.get("items")
        rows = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
        details = [
            without_empty({key: value for key, value in item.items() if key not in PRESENTATION}) for item in rows
        ]
        keywords = [text(first(item, "label", "name")) for item in rows] or [text(items)]
        has_details = any(len(item) > 1 for item in details)
        name = text(first(row, "name", "title", "label"))
        yield without_empty(
            {"name": name, "keywords": [*filter(None, keywords)], "items": details if has_details else []}
        )


def text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()
