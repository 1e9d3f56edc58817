"""Entries: the roles that the parts of a pasted text are made into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from experience.from_text.parser.kinds import HEADER, USED, HistoryKind, HistoryPart
from experience.from_text.parser.rows import without_more_skills
from experience.from_text.parser.vocabulary import FREELANCE, phrase_of
from portfolio.documents.periods import parse_period

# The longest value of each field of an entry; what is longer is kept as text.
LONGEST = {
    HistoryKind.ROLE: 200,
    HistoryKind.ORGANISATION: 200,
    HistoryKind.PERIOD: 120,
    HistoryKind.EMPLOYMENT: 100,
    HistoryKind.LOCATION: 200,
}
LONGEST_SKILL = 100
MOST_SKILLS = 60
JOINED_BY = {HistoryKind.EMPLOYMENT: ", ", HistoryKind.LOCATION: " · ", HistoryKind.ROLE: ", "}
FIELD_NAMES = {
    HistoryKind.ROLE: "the role",
    HistoryKind.ORGANISATION: "the organisation",
    HistoryKind.PERIOD: "the period",
    HistoryKind.EMPLOYMENT: "the kind of employment",
    HistoryKind.LOCATION: "the place",
    HistoryKind.TEXT: "text",
}
NAMELESS = "Neither an organisation nor a role was found. Choose the line that is one, or leave the lines out"
_SKILL_SEPARATOR = re.compile(r"\s+[·•∙|]\s+|\s*[,;|]\s+|\t+")


@dataclass(frozen=True, slots=True)
class EntryProblem:
    """Something to look at: the line, the kind of the field that it is about, and a message without a full stop."""

    line: int
    kind: HistoryKind
    message: str


@dataclass(slots=True)
class WorkEntry:
    """One role. ``body`` has paragraphs (TEXT) and points (POINT) in their order."""

    first_line: int
    role: str = ""
    organisation: str = ""
    period: str = ""
    employment_type: str = ""
    location: str = ""
    skills: list[str] = field(default_factory=list)
    body: list[tuple[HistoryKind, str]] = field(default_factory=list)
    problems: list[EntryProblem] = field(default_factory=list)

    @property
    def is_nameless(self) -> bool:
        return not self.role and not self.organisation


FIELDS = {
    HistoryKind.ROLE: "role",
    HistoryKind.ORGANISATION: "organisation",
    HistoryKind.PERIOD: "period",
    HistoryKind.EMPLOYMENT: "employment_type",
    HistoryKind.LOCATION: "location",
}


def entry_parts(parts: Sequence[HistoryPart]) -> list[list[HistoryPart]]:
    """The parts of each entry: those from one start, or from the first part that is used, to the next start."""
    groups: list[list[HistoryPart]] = []
    for part in parts:
        if part.starts or (not groups and part.kind in USED):
            groups.append([])
        if groups:
            groups[-1].append(part)
    return [group for group in groups if any(part.kind in USED for part in group)]


def make_entries(parts: Sequence[HistoryPart]) -> list[WorkEntry]:
    entries: list[WorkEntry] = []
    above: Sequence[HistoryPart] = ()
    organisation = ""
    for group in entry_parts(parts):
        entry = make_entry(group)
        if entry.organisation:
            organisation, above = entry.organisation, group
        elif entry.role and organisation and _heads_several(above) and not _is_freelance(entry):
            entry.organisation = organisation
            counted = any(part.kind is HistoryKind.DURATION for part in above)
            if not counted:
                message = f"“{organisation}” is taken from the entry above"
                entry.problems.append(EntryProblem(entry.first_line, HistoryKind.ORGANISATION, message))
        if entry.is_nameless:
            entry.problems.insert(0, EntryProblem(entry.first_line, HistoryKind.ROLE, NAMELESS))
        if not entry.period and all(problem.kind is not HistoryKind.PERIOD for problem in entry.problems):
            entry.problems.append(EntryProblem(entry.first_line, HistoryKind.PERIOD, "No period was found: fill it in"))
        entries.append(entry)
    return entries


def _is_freelance(entry: WorkEntry) -> bool:
    return phrase_of(entry.employment_type) in FREELANCE


def _heads_several(parts: Iterable[HistoryPart]) -> bool:
    """Whether the organisation stands above the role, so that further roles below belong to it, too."""
    kinds = [part.kind for part in parts if part.kind in (HistoryKind.ORGANISATION, HistoryKind.ROLE)]
    return kinds[:1] == [HistoryKind.ORGANISATION]


def make_entry(parts: Sequence[HistoryPart]) -> WorkEntry:
    entry = WorkEntry(parts[0].line)
    kept: list[tuple[HistoryKind, str]] = []  # what has no place in its field
    for part in parts:
        if part.kind in HEADER:
            if not _fill(entry, part):
                kept.append((HistoryKind.TEXT, part.content))
        elif part.kind is HistoryKind.SKILLS:
            _add_skills(entry, part)
        elif part.kind is HistoryKind.CONTINUATION and entry.body:
            kind, text = entry.body[-1]
            entry.body[-1] = (kind, f"{text} {part.content}")
        elif part.kind is HistoryKind.POINT:
            entry.body.append((HistoryKind.POINT, part.content))
        elif part.kind in USED:
            entry.body.append((HistoryKind.TEXT, part.content))
        if not part.certain and part.kind in FIELD_NAMES:
            message = f"“{_short(part.content)}” is taken for {FIELD_NAMES[part.kind]}"
            entry.problems.append(EntryProblem(part.line, part.kind, message))
    entry.body[:0] = kept
    return entry


def _fill(entry: WorkEntry, part: HistoryPart) -> bool:
    """Put the part into its field; False, with a problem, where it does not fit."""
    name = FIELDS[part.kind]
    value: str = getattr(entry, name)
    if part.kind is HistoryKind.PERIOD and parse_period(part.content) is None:
        message = (
            f"“{_short(part.content)}” cannot be read as a period and is kept as text: write “Mar 2018 – Dec 2020”"
        )
        entry.problems.append(EntryProblem(part.line, part.kind, message))
        return False
    separator = JOINED_BY.get(part.kind)
    if value and separator is None:
        message = f"“{_short(part.content)}” is a second value for {FIELD_NAMES[part.kind]} and is kept as text"
        entry.problems.append(EntryProblem(part.line, part.kind, message))
        return False
    filled = f"{value}{separator}{part.content}" if value else part.content
    if len(filled) > LONGEST[part.kind]:
        message = f"“{_short(part.content)}” is too long for {FIELD_NAMES[part.kind]} and is kept as text"
        entry.problems.append(EntryProblem(part.line, part.kind, message))
        return False
    setattr(entry, name, filled)
    return True


def _add_skills(entry: WorkEntry, part: HistoryPart) -> None:
    text, is_abridged = without_more_skills(part.content)
    for piece in _SKILL_SEPARATOR.split(text):
        name = " ".join(piece.split()).strip(" .,;")
        if not name or name.casefold() in {skill.casefold() for skill in entry.skills}:
            continue
        if len(name) > LONGEST_SKILL or len(entry.skills) >= MOST_SKILLS:
            entry.body.append((HistoryKind.TEXT, name))
            message = f"“{_short(name)}” is kept as text: it is too long for a skill, or one too many"
            entry.problems.append(EntryProblem(part.line, HistoryKind.SKILLS, message))
        else:
            entry.skills.append(name)
    if is_abridged:
        message = "The profile shows only some of the skills: open them there, or add them here"
        entry.problems.append(EntryProblem(part.line, HistoryKind.SKILLS, message))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
