"""Leftovers of an imported résumé: values that the site has no place for, so that ``/resume.json`` gives them back.

An item with leftovers is found again by its identity, such as the name of an award. An item that became nothing here
is kept whole. Nothing is added to an item that the site does not show, so what is withdrawn stays withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "work": ("name", "position"),
    "volunteer": ("organization", "position"),
    "education": ("institution", "area", "studyType"),
    "awards": ("title",),
    "certificates": ("name",),
    "publications": ("name",),
    "skills": ("name",),
    "languages": ("language",),
    "interests": ("name",),
    "references": ("name",),
    "projects": ("name",),
    "profiles": ("network", "url"),
}
STARTS = ("startDate", "date", "releaseDate", "endDate")  # a period of one date is shown as its start
YEAR = re.compile(r"\b[0-9]{4}\b")  # in a date of whatever form, "2019-05" or "May 2019"
Json = dict[str, Any]


def identity(section: str, item: Any, index: int) -> str:
    """What tells an item of a section from the others, whatever its letter case; its place where nothing does."""
    if not isinstance(item, Mapping):
        return f"#{index}"
    names = [str(item.get(name) or "").casefold() for name in IDENTITY.get(section, ())]
    years = (YEAR.search(str(item.get(name) or "")) for name in STARTS)
    start = next((year[0] for year in years if year), "")
    return "|".join([*names, start]) if any(names) else f"#{index}"


def leftovers(imported: Json, shown: Json) -> Json:
    """What ``imported`` has and ``shown``, the résumé as the site gives it after the import, has not."""
    result: Json = {}
    for section, value in imported.items():
        if section in ("$schema", "meta"):
            continue
        if isinstance(value, list):
            rows = list_leftovers(section, value, shown.get(section) or [])
        elif isinstance(value, Mapping) and isinstance(shown.get(section), Mapping):
            rows = leftovers(dict(value), shown[section])
        else:
            rows = value if section not in shown else None
        if rows not in (None, [], {}):
            result[section] = rows
    return result


def list_leftovers(section: str, imported: Sequence[Any], shown: Sequence[Any]) -> list[Json]:
    by_identity = {identity(section, item, index): item for index, item in enumerate(shown)}
    rows: list[Json] = []
    for index, item in enumerate(imported):
        key = identity(section, item, index)
        match = by_identity.get(key)
        if not isinstance(item, Mapping) or not isinstance(match, Mapping):
            if item not in shown:
                rows.append({"whole": item})
        elif missing := {
            name: value for name, value in item.items() if name not in match and value not in (None, "", [])
        }:
            rows.append({"of": key, "values": missing})
    return rows


def merged_leftovers(old: Json, new: Json, shown: Json) -> Json:
    """The leftovers of an import beside those of earlier ones; what the new file says of a value counts."""
    result = dict(new)
    for section, value in old.items():
        now = result.get(section)
        if is_rows(value) and (now is None or is_rows(now)):
            rows = list_merged(section, value, now or [], shown.get(section) or [])
            result |= {section: rows} if rows else {}
        elif isinstance(value, Mapping) and isinstance(now, Mapping):
            part = shown.get(section)
            result[section] = merged_leftovers(dict(value), dict(now), dict(part) if isinstance(part, Mapping) else {})
        else:
            result.setdefault(section, value)
    return result


def list_merged(section: str, old: Sequence[Json], new: Sequence[Json], shown: Sequence[Any]) -> list[Json]:
    """The rows of both. An item that was kept whole and is on the site now is no leftover any more."""
    values = {row["of"]: row["values"] for row in old if "of" in row}
    rows = [
        {"of": row["of"], "values": {**values.pop(row["of"], {}), **row["values"]}} if "of" in row else row
        for row in new
    ]
    here = [identity(section, item, -1) for item in [*shown, *(row["whole"] for row in new if "whole" in row)]]
    whole = [row for row in old if "whole" in row and row not in new and not is_here(section, row["whole"], here)]
    return [*whole, *({"of": key, "values": kept} for key, kept in values.items()), *rows]


def is_here(section: str, item: Any, here: Iterable[str]) -> bool:
    """Whether an item is among those of these identities, perhaps with a date that it had not yet."""
    key = identity(section, item, -1)
    return key != "#-1" and any(other.startswith(key) if key.endswith("|") else other == key for other in here)


def is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, Mapping) and ("whole" in row or "of" in row) for row in value
    )


def with_leftovers(shown: Json, kept: Json) -> Json:
    """``shown`` with the leftovers added wherever it has no value of its own."""
    result = dict(shown)
    for section, value in kept.items():
        if is_rows(value):
            result[section] = list_with_leftovers(section, result.get(section) or [], value)
        elif isinstance(value, Mapping):
            result[section] = with_leftovers(dict(result.get(section) or {}), dict(value))
        else:
            result.setdefault(section, value)
    return result


def list_with_leftovers(section: str, shown: Sequence[Any], kept: Sequence[Json]) -> list[Any]:
    values = {row["of"]: row["values"] for row in kept if "of" in row}
    items = [
        {**values.get(identity(section, item, index), {}), **item} if isinstance(item, Mapping) else item
        for index, item in enumerate(shown)
    ]
    return [*items, *(row["whole"] for row in kept if "whole" in row)]
