"""What the screen “Experience from text” shows: entries with their facts, and the lines that each is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from experience.from_text.drafts import ExistingNames, title_of
from experience.from_text.parser.entries import WorkEntry, entry_parts
from experience.from_text.parser.kinds import USED, HistoryKind, HistoryPart
from experience.from_text.parser.parse import WorkHistory

KIND_LABELS = {
    HistoryKind.ROLE: "Role",
    HistoryKind.ORGANISATION: "Organisation",
    HistoryKind.PERIOD: "Period",
    HistoryKind.LOCATION: "Place",
    HistoryKind.EMPLOYMENT: "Employment type",
    HistoryKind.SKILLS: "Skills",
    HistoryKind.POINT: "Point",
    HistoryKind.TEXT: "Text",
    HistoryKind.CONTINUATION: "Goes on from the line above",
    HistoryKind.UNUSED: "Leave out",
    HistoryKind.SECTION: "Leave out: heading of a section",
    HistoryKind.OTHER_SECTION: "Leave out: another section",
    HistoryKind.DURATION: "Leave out: is counted here",
    HistoryKind.REPETITION: "Leave out: said above",
    HistoryKind.NOISE: "Leave out: not of the text",
}


# Nobody looks for these among what was left out: after an entry they are shown with its lines.
OF_NO_INTEREST = frozenset({HistoryKind.NOISE, HistoryKind.REPETITION, HistoryKind.DURATION})


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the text with its kind and the first guess. ``index`` is its number in the form."""

    index: int
    line: int
    text: str
    kind: HistoryKind
    guess: str
    certain: bool
    corrected: bool
    left_out: bool
    starts: bool
    is_first_of_line: bool


@dataclass(frozen=True, slots=True)
class EntryFact:
    """A field of an entry; ``note`` says whether there is one of this name already."""

    name: str
    value: str
    note: str = ""


@dataclass(slots=True)
class ShownGroup:
    """The parts of an entry with what the page will say, or with ``entry`` None those between that are left out."""

    parts: list[ShownPart] = field(default_factory=list)
    entry: WorkEntry | None = None
    title: str = ""
    facts: list[EntryFact] = field(default_factory=list)
    is_here: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the lines need to be looked at."""
        if self.entry is None:
            return any(part.corrected or part.kind is HistoryKind.UNUSED for part in self.parts)
        in_lines = [problem for problem in self.entry.problems if problem.kind is not HistoryKind.SKILLS]
        return bool(in_lines) or any(part.corrected or not part.certain for part in self.parts)


def shown_groups(history: WorkHistory, existing: ExistingNames) -> list[ShownGroup]:
    """The groups in the order of the text."""
    groups = [ShownGroup()]
    entries = iter(history.entries)
    starts = {id(group[0]) for group in entry_parts(history.parts)}
    last_used = {id(last) for group in entry_parts(history.parts) if (last := last_used_part(group)) is not None}
    for index, part in enumerate(history.parts):
        if id(part) in starts:
            groups.append(shown_entry(next(entries), existing))
        is_first = index == 0 or history.parts[index - 1].line != part.line
        shown = shown_part(index, part, history.guesses[index], is_first=is_first)
        follows_entry = len(groups) > 1 and groups[-1].entry is None and not groups[-1].parts
        group = groups[-2] if follows_entry and part.kind in OF_NO_INTEREST else groups[-1]
        group.parts.append(shown)
        if id(part) in last_used:
            groups.append(ShownGroup())
    return [group for group in groups if group.parts]


def last_used_part(parts: Sequence[HistoryPart]) -> HistoryPart | None:
    return next((part for part in reversed(parts) if part.kind in USED), None)


def shown_part(index: int, part: HistoryPart, guess: HistoryPart, *, is_first: bool) -> ShownPart:
    return ShownPart(
        index=index,
        line=part.line,
        text=part.text,
        kind=part.kind,
        guess=KIND_LABELS[guess.kind],
        certain=part.certain,
        corrected=part.kind is not guess.kind,
        left_out=part.kind not in USED,
        starts=part.starts,
        is_first_of_line=is_first,
    )


def shown_entry(entry: WorkEntry, existing: ExistingNames) -> ShownGroup:
    return ShownGroup(
        entry=entry,
        title=title_of(entry.role, entry.organisation) or "An entry without a name",
        facts=list(facts_of(entry, existing)),
        is_here=existing.has_entry(entry),
    )


def facts_of(entry: WorkEntry, existing: ExistingNames) -> Iterator[EntryFact]:
    """What the page will say. Role, organisation and period are told even when nothing was found."""
    yield EntryFact("Role", entry.role)
    organisation_note = ""
    if entry.organisation:
        organisation_note = "here already" if existing.has_organisation(entry) else "new"
    yield EntryFact("Organisation", entry.organisation, organisation_note)
    yield EntryFact("Period", entry.period)
    if entry.location:
        yield EntryFact("Place", entry.location)
    if entry.employment_type:
        yield EntryFact("Employment type", entry.employment_type)
    if entry.skills:
        new = [name for name in entry.skills if not existing.has_skill(name)]
        yield EntryFact("Skills", ", ".join(entry.skills), f"new: {', '.join(new)}" if new else "all here already")
    if entry.body:
        yield EntryFact("Text", text_in_words(entry))


def text_in_words(entry: WorkEntry) -> str:
    points = sum(kind is HistoryKind.POINT for kind, _ in entry.body)
    counts = ((len(entry.body) - points, "paragraph"), (points, "point"))
    return ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts if number)
