"""CV data of Jekyll sites: al-folio's ``_data/cv.yml`` as a list of titled sections or in RenderCV's form.

Sections and positions are read as the import of a site reads them (`portfolio.engines.resume_data`). That leaves out
projects, publications and skills, which a site has elsewhere; here they are read, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from experience.resume.readers.resume_file import Json, ResumeError, ResumeFile, without_empty
from portfolio.engines.profile_links import host_label, profile_links
from portfolio.engines.resume_data import (
    MAIN_FIELD,
    MOST_ENTRIES,
    dates_of,
    day_of,
    entries_of,
    fields_of,
    first,
    is_work,
    others,
    resume_sections,
    section_named,
    texts_of,
    titled_sections,
    work_entries,
)

PROJECT: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "title"),
    "description": ("summary", "description"),
    "url": ("url", "website"),
    "highlights": ("highlights",),
}
PUBLICATION: Mapping[str, tuple[str, ...]] = {
    "name": ("title", "name"),
    "publisher": ("publisher", "journal", "venue", "conference"),
    "url": ("url", "website"),
    "summary": ("summary", "abstract", "description"),
}
SKILL: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "label", "title", "bullet"),
    "level": ("level",),
    "keywords": ("keywords", "items", "details", "highlights"),
}
TITLES: Mapping[str, tuple[str, ...]] = {
    "projects": ("project", "portfolio"),
    "publications": ("publication", "papers", "articles"),
    "skills": ("skill", "technolog", "programming", "software"),
}
SUMMARIES = frozenset({"summary", "profile", "about", "about me"})
# Names in al-folio's "General Information", and what they are in ``basics``.
GENERAL = {"full name": "name", "name": "name", "email": "email", "phone": "phone", "label": "label", "title": "label"}


def is_cv_data(value: Any) -> bool:
    if isinstance(value, list):
        return any(isinstance(row, Mapping) and "title" in row and "contents" in row for row in value)
    if not isinstance(value, Mapping):
        return False
    cv = value.get("cv")
    if isinstance(cv, Mapping):
        return not cv.keys().isdisjoint({"name", "sections"})
    names = [str(title) for title, entries in value.items() if isinstance(entries, list)]
    return any(section_named(name) or is_work(name) or named(name) for name in names)


def read_cv_data(value: Any) -> ResumeFile:
    notes = []
    for title, entries in titled_sections(value):
        check_length(title, entries)
        notes += [*nameless(title, entries)]
    cv = value.get("cv") if isinstance(value, Mapping) else None
    basics = basics_of(cv) if isinstance(cv, Mapping) else {}
    document: Json = {
        "work": work_entries(value, keep_others=True),
        **resume_sections(value, keep_others=True),
    }
    for title, entries in titled_sections(value):
        name = named(title)
        if section_named(title) or is_work(title):
            continue
        if title.casefold().strip() in SUMMARIES:
            basics.setdefault("summary", " ".join(texts_of(entries)))
        elif title.casefold().startswith("general"):
            found, left_out = general_of(entries)
            basics |= found
            notes += [f"{title}: {', '.join(left_out)}"] if left_out else []
        elif name and isinstance(entries, list):
            document.setdefault(name, []).extend(entry for item in entries for entry in READERS[name](item))
        elif entries not in (None, "", [], {}):
            document[title] = entries
    if isinstance(value, Mapping) and cv is not None:
        settings = [str(key) for key in value if key != "cv"]
        notes += [f"settings of RenderCV: {', '.join(settings)}"] if settings else []
    form = "the CV of a Jekyll site" if cv is None else "a CV for RenderCV"
    return ResumeFile(without_empty({**document, "basics": basics}), form, tuple(notes))


def check_length(title: str, entries: Any) -> None:
    """Refuse a section of which the reader would take a part only."""
    if isinstance(entries, list) and len(entries) > MOST_ENTRIES:
        raise ResumeError(f"the section {title[:80]!r} has more than {MOST_ENTRIES} entries.")


def nameless(title: str, entries: Any) -> Iterator[str]:
    """What the reader cannot take of a section: entries that do not name what they are about."""
    name = section_named(title)
    if not isinstance(entries, list) or not (name or is_work(title)):
        return
    taken = (any(entries_of(name, item)) if name else work_entries({"work": [item]}) for item in entries)
    if number := sum(not is_taken for is_taken in taken):
        missing = MAIN_FIELD[name] if name else "employer and no role"
        yield f"{number} of the entries of {title!r}, with no {missing}"


def named(title: str) -> str:
    """The section of JSON Resume that a title names, of those which a site has in pages; "" for none."""
    words = title.casefold()
    return next((name for name, starts in TITLES.items() if any(start in words for start in starts)), "")


def basics_of(cv: Mapping[str, Any]) -> Json:
    known = {"name", "headline", "label", "email", "phone", "website", "location", "sections", "social_networks"}
    location = cv.get("location")
    others_of_cv = {str(key): value for key, value in cv.items() if key not in known}
    return without_empty(
        {
            **others_of_cv,
            "name": text(cv.get("name")),
            "label": text(first(cv, "headline", "label")),
            "email": text(cv.get("email")),
            "phone": text(cv.get("phone")),
            "url": text(cv.get("website")),
            "location": location if isinstance(location, Mapping) else without_empty({"address": text(location)}),
            "profiles": [*profiles_of(cv.get("social_networks"))],
        }
    )


def profiles_of(value: Any) -> Iterator[Json]:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, Mapping):
            network, user = text(row.get("network")), text(first(row, "username", "user"))
            found = next(profile_links({"social": {network: user}}, {}), ("", "")) if network else ("", "")
            address = text(row.get("url")) or found[1]
            yield without_empty({"network": network or host_label(address), "username": user, "url": address})


def general_of(entries: Any) -> tuple[Json, list[str]]:
    """What ``basics`` has a place for, and the names of the others."""
    basics: Json = {}
    left_out = []
    for row in entries if isinstance(entries, list) else ():
        if isinstance(row, Mapping):
            name, value = text(row.get("name")), text(row.get("value"))
            if key := GENERAL.get(name.casefold()):
                basics[key] = value
            elif name:
                left_out.append(name)
    return basics, left_out


def project_entries(item: Any) -> Iterator[Json]:
    if isinstance(item, Mapping):
        entry = {**others(PROJECT, item), **fields_of(PROJECT, item), **dates_of(item)}
        yield from [without_empty(entry)] if entry["name"] else []
    elif name := text(item):
        yield {"name": name}


def publication_entries(item: Any) -> Iterator[Json]:
    if isinstance(item, Mapping):
        entry = {**others(PUBLICATION, item), **fields_of(PUBLICATION, item)}
        doi = text(item.get("doi"))
        entry["url"] = entry["url"] or (f"https://doi.org/{doi}" if doi.startswith("10.") else "")
        entry["releaseDate"] = day_of(first(item, "releaseDate", "date", "year"))
        yield from [without_empty(entry)] if entry["name"] else []
    elif name := text(item):
        yield {"name": name}


def skill_entries(item: Any) -> Iterator[Json]:
    if isinstance(item, Mapping):
        entry = {**others(SKILL, item), **fields_of(SKILL, item)}
        keywords = entry["keywords"]
        entry["keywords"] = keywords if len(keywords) != 1 else [word.strip() for word in keywords[0].split(",")]
        yield from [without_empty(entry)] if entry["name"] else []
    elif name := text(item):
        yield {"name": name}


READERS = {"projects": project_entries, "publications": publication_entries, "skills": skill_entries}


def text(value: Any) -> str:
    return ", ".join(texts_of(value)) if value is not None else ""
