"""JSON Resume, also in its older names and in those of academicpages' ``_data/cv.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experience.resume.readers.hugoblox import is_author
from experience.resume.readers.resume_file import Json, ResumeFile

SECTIONS = frozenset(
    "work volunteer education awards certificates publications skills languages interests references projects".split()
)
# By section, names of schema 0 and of academicpages, and those of schema 1.
OLD_NAMES: Mapping[str, Mapping[str, str]] = {
    "basics": {"website": "url", "picture": "image"},
    "work": {"company": "name", "website": "url"},
    "volunteer": {"website": "url"},
    "education": {"gpa": "score"},
    "publications": {"website": "url"},
    "projects": {"website": "url"},
}


def is_json_resume(value: Any) -> bool:
    """Whether the names of a mapping are JSON Resume's, and not only those that other forms have too.

    ``work`` alone does not tell: an author of HugoBlox has it, too.
    """
    if not isinstance(value, Mapping):
        return False
    return not value.keys().isdisjoint({"basics", "$schema"}) or ("work" in value and not is_author(value))


def read_json_resume(value: Mapping[str, Any]) -> ResumeFile:
    document = {name: with_new_names(section, OLD_NAMES.get(str(name), {})) for name, section in value.items()}
    return ResumeFile(document, "JSON Resume")


def with_new_names(section: Any, names: Mapping[str, str]) -> Any:
    if isinstance(section, list):
        return [with_new_names(item, names) for item in section]
    if not isinstance(section, Mapping):
        return section
    result: Json = {}
    for key, value in section.items():
        new = names.get(str(key), str(key))
        result[new if new == key or not section.get(new) else str(key)] = value
    return result
