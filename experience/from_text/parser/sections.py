"""Sections of a CV: which rows stand below a heading such as "Experience", and which below "Education"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from experience.from_text.parser.kinds import HistoryKind
from experience.from_text.parser.rows import HistoryRow, Piece
from experience.from_text.parser.vocabulary import EXPERIENCE_SECTIONS, OTHER_SECTIONS, phrase_of

LONGEST_HEADING = 60
MOST_REPEATED = 12  # rows of a text that a profile's page holds twice, once for screen readers


@dataclass(frozen=True, slots=True)
class LeftOutSection:
    """A section that holds no roles: its heading, and how many lines stand below it."""

    heading: str
    lines: int


def mark_repetitions(rows: Sequence[HistoryRow]) -> None:
    """Mark rows that say again what the rows before them say: profiles are pasted with every text twice."""
    keys = [repetition_key(row) for row in rows]
    index = 1
    while index < len(rows):
        length = next(
            (size for size in range(1, MOST_REPEATED + 1) if keys[index : index + size] == keys[index - size : index]),
            0,
        )
        if length and len(keys[index : index + length]) == length and "" not in keys[index : index + length]:
            for row in rows[index : index + length]:
                row.pieces = (Piece(row.content, HistoryKind.REPETITION),)
            index += length
        else:
            index += 1


def repetition_key(row: HistoryRow) -> str:
    """The words of a row; "" for one that may well be there twice, such as a line of a table."""
    if row.is_noise:
        return ""
    words = phrase_of(row.content).split() if len(row.content) < 1000 else row.content.split()
    # "Jan 2020 - Present" is read out as "Jan 2020 to Present".
    return " ".join(word for word in words if not (row.has_period and word in ("to", "bis", "a", "au", "al")))


def split_sections(rows: Sequence[HistoryRow]) -> tuple[list[list[HistoryRow]], list[LeftOutSection]]:
    """The groups of rows that may hold roles, and the sections that hold none.

    Rows of other sections, and those above the first section of roles where there is one, get their kind here.
    """
    headings = {index: is_roles for index, row in enumerate(rows) if (is_roles := section_of(row)) is not None}
    names_roles = any(headings.values())
    groups: list[list[HistoryRow]] = []
    left_out: list[LeftOutSection] = []
    inside = not names_roles
    heading = ""
    for index, row in enumerate(rows):
        if index in headings:
            inside, heading = headings[index], row.content.rstrip(" :")
            row.pieces = (Piece(row.content, HistoryKind.SECTION),)
            if inside:
                groups.append([])
            else:
                left_out.append(LeftOutSection(heading, 0))
        elif inside:
            if not groups:
                groups.append([])
            groups[-1].append(row)
        elif heading:
            leave_out(row, HistoryKind.OTHER_SECTION)
            left_out[-1] = replace(left_out[-1], lines=left_out[-1].lines + (not row.is_noise))
        else:
            leave_out(row, HistoryKind.UNUSED)
    return groups, [section for section in left_out if section.lines]


def leave_out(row: HistoryRow, kind: HistoryKind) -> None:
    if not row.is_noise:
        row.pieces = (Piece(row.content, kind),)


def section_of(row: HistoryRow) -> bool | None:
    """True for the heading of a section of roles, False for that of another section, None for any other row."""
    if row.is_bullet or row.is_noise or row.has_period or len(row.content) > LONGEST_HEADING:
        return None
    phrase = phrase_of(row.content)
    if phrase in EXPERIENCE_SECTIONS:
        return True
    return False if phrase in OTHER_SECTIONS else None
