"""LinkedIn's data export: its tables as a JSON Resume.

Column names as in the export; names and order of other columns do not matter. What LinkedIn shows to nobody or only to
contacts (mail and telephone, street address, birthday) is left out: the résumé here is public.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from experience.resume.readers.resume_file import Json, without_empty
from portfolio.engines.profile_links import host_label
from portfolio.engines.resume_data import PRESENT, day_of, lines_of, prose_and_points

Row = Mapping[str, str]  # by the folded name of the column
PRIVATE = ("maiden name", "address", "birth date", "zip code", "instant messengers")
WEBSITE = re.compile(r"https?://[^\s,\]]+")
PROFICIENCY = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
SHOWN = "VISIBLE"  # the state of a recommendation that its owner shows


@dataclass(frozen=True, slots=True)
class LinkedinTable:
    """One file of the export: its names without ending and spaces, columns that it has, and what its rows become.

    The columns of ``is_sure`` tables tell them; others could be any list, unless the file has the name.
    """

    names: tuple[str, ...]
    columns: frozenset[str]
    section: str
    entry: Callable[[Row], Json]
    is_sure: bool = True


def document_of(tables: Sequence[tuple[LinkedinTable, Sequence[Row]]]) -> Json:
    """The rows of all tables as one document, each entry once."""
    document: Json = {}
    for table, rows in tables:
        entries = [entry for entry in (without_empty(table.entry(row)) for row in rows) if entry]
        if table.section == "basics":
            for entry in entries[:1]:
                document["basics"] = {**entry, **document.get("basics", {})}
        else:
            known = document.setdefault(table.section, [])
            known += [entry for place, entry in enumerate(entries) if entry not in known + entries[:place]]
    return without_empty(document)


def private_columns(rows: Sequence[Row]) -> list[str]:
    return [name for name in PRIVATE if any(row.get(name) for row in rows)]


def profile(row: Row) -> Json:
    twitter = [word.lstrip("@") for word in re.findall(r"@?[\w]+", row.get("twitter handles", ""))]
    websites = WEBSITE.findall(row.get("websites", ""))
    return {
        "name": " ".join(filter(None, (row.get("first name", ""), row.get("last name", "")))),
        "label": row.get("headline", ""),
        "summary": row.get("summary", ""),
        "location": without_empty({"address": row.get("geo location", "")}),
        "profiles": [
            *({"network": "X", "username": name, "url": f"https://x.com/{name}"} for name in twitter),
            *({"network": host_label(url), "url": url} for url in websites),
        ],
        "industry": row.get("industry", ""),
    }


def position(row: Row) -> Json:
    summary, points = prose_and_points(row.get("description", ""))
    return {
        "name": row["company name"],
        "position": row["title"],
        "location": row.get("location", ""),
        **period(row),
        "summary": summary,
        "highlights": points,
    }


def education(row: Row) -> Json:
    return {
        "institution": row["school name"],
        "studyType": row.get("degree name", ""),
        "area": row.get("field of study", ""),
        **period(row, "start date", "end date"),
        "courses": [*lines_of(row.get("notes", "")), *lines_of(row.get("activities", ""))],
    }


def skill(row: Row) -> Json:
    return {"name": row["name"]}


def language(row: Row) -> Json:
    fluency = row.get("proficiency", "")
    if PROFICIENCY.fullmatch(fluency):  # "NATIVE_OR_BILINGUAL"
        fluency = fluency.replace("_", " ").capitalize()
    return {"language": row["name"], "fluency": fluency}


def certificate(row: Row) -> Json:
    return {
        "name": row["name"],
        "issuer": row.get("authority", ""),
        "date": day(row.get("started on", "")),
        "endDate": day(row.get("finished on", "")),
        "url": row.get("url", ""),
        "licenseNumber": row.get("license number", ""),
    }


def honour(row: Row) -> Json:
    return {"title": row["title"], "date": day(row.get("issued on", "")), "summary": row.get("description", "")}


def project(row: Row) -> Json:
    summary, points = prose_and_points(row.get("description", ""))
    return {
        "name": row["title"],
        "description": summary,
        "highlights": points,
        "url": row.get("url", ""),
        **period(row),
    }


def publication(row: Row) -> Json:
    return {
        "name": row["name"],
        "publisher": row.get("publisher", ""),
        "releaseDate": day(row.get("published on", "")),
        "url": row.get("url", ""),
        "summary": row.get("description", ""),
    }


def volunteering(row: Row) -> Json:
    summary, points = prose_and_points(row.get("description", ""))
    return {
        "organization": row["company name"],
        "position": row["role"],
        **period(row),
        "summary": summary,
        "highlights": points,
        "cause": row.get("cause", ""),
    }


def recommendation(row: Row) -> Json:
    """A recommendation that is shown on the profile; others are nobody's business."""
    if row.get("status") not in ("", None, SHOWN):
        return {}
    return {
        "name": " ".join(filter(None, (row["first name"], row.get("last name", "")))),
        "reference": row["text"],
        "position": row.get("job title", ""),
        "company": row.get("company", ""),
    }


def summary(row: Row) -> Json:
    return {"summary": row["profile summary"]}


def whole(row: Row) -> Json:
    """An entry of a kind that JSON Resume has not."""
    return {camel_case(name): value for name, value in row.items() if name}


TABLES = (
    LinkedinTable(("profile",), frozenset({"first name", "last name", "headline"}), "basics", profile),
    LinkedinTable(("profilesummary",), frozenset({"profile summary"}), "basics", summary),
    LinkedinTable(("positions",), frozenset({"company name", "title", "started on"}), "work", position),
    LinkedinTable(("education",), frozenset({"school name"}), "education", education),
    LinkedinTable(("languages",), frozenset({"name", "proficiency"}), "languages", language),
    LinkedinTable(("certifications",), frozenset({"name", "authority"}), "certificates", certificate),
    LinkedinTable(("honors", "honorsandawards"), frozenset({"title", "issued on"}), "awards", honour),
    LinkedinTable(("projects",), frozenset({"title", "description", "url", "started on"}), "projects", project),
    LinkedinTable(("publications",), frozenset({"name", "published on"}), "publications", publication),
    LinkedinTable(
        ("volunteering", "volunteerexperiences"), frozenset({"company name", "role"}), "volunteer", volunteering
    ),
    LinkedinTable(
        ("recommendationsreceived",), frozenset({"first name", "text", "status"}), "references", recommendation
    ),
    LinkedinTable(("courses",), frozenset({"name", "number"}), "courses", whole, is_sure=False),
    LinkedinTable(("organizations",), frozenset({"name", "position"}), "organizations", whole, is_sure=False),
    LinkedinTable(("patents",), frozenset({"title", "filing date"}), "patents", whole, is_sure=False),
    LinkedinTable(("testscores",), frozenset({"name", "score"}), "testScores", whole, is_sure=False),
    LinkedinTable(("skills",), frozenset({"name"}), "skills", skill, is_sure=False),
)


def period(row: Row, start: str = "started on", end: str = "finished on") -> Json:
    return {"startDate": day(row.get(start, "")), "endDate": day(row.get(end, ""))}


def day(text: str) -> str:
    """A date such as "Mar 2019" in ISO 8601; one that cannot be read as it is, "" for the present."""
    return day_of(text) or ("" if text.casefold() in PRESENT else text)


def camel_case(name: str) -> str:
    words = name.split()
    return "".join([*words[:1], *(word.capitalize() for word in words[1:])])


def table_named(name: str) -> LinkedinTable | None:
    """The table of a file's name, whatever folder or copy of it: "Basic_Export/Volunteer Experiences (1).csv"."""
    stem = re.sub(r"\s*\(\d+\)$", "", name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0])
    key = re.sub(r"[\W_]+", "", stem.casefold())
    return next((table for table in TABLES if key in table.names), None)


def tables_with(columns: Sequence[str]) -> Iterator[LinkedinTable]:
    """The tables that the columns can be of, the surest first."""
    names = frozenset(columns)
    found = [table for table in TABLES if table.columns <= names]
    yield from sorted(found, key=lambda table: -len(table.columns))
