"""Work history parser: the entry point for the text of a CV, or of the experience in a profile."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from experience.from_text.parser.entries import WorkEntry, make_entries
from experience.from_text.parser.kinds import HistoryKind, HistoryPart
from experience.from_text.parser.labels import label
from experience.from_text.parser.sections import LeftOutSection


@dataclass(frozen=True, slots=True)
class WorkHistory:
    """The entries, and all parts of the text in order. ``guesses`` are the parts as recognised, without corrections.

    ``left_out`` are sections that hold no roles, such as "Education".
    """

    entries: tuple[WorkEntry, ...]
    parts: tuple[HistoryPart, ...]
    guesses: tuple[HistoryPart, ...]
    left_out: tuple[LeftOutSection, ...]


def parse_work_history(
    text: str, kinds: Mapping[int, HistoryKind] | None = None, starts: Collection[int] | None = None
) -> WorkHistory:
    """Return the roles in ``text``. Never raises; takes time in proportion to the text.

    Each line that is not blank is one part or several. ``kinds`` are corrections by the index of a part, ``starts`` the
    parts that entries start with, None for those recognised.
    """
    guesses, left_out = label(text)
    corrections = {
        index: kind for index, kind in (kinds or {}).items() if index < len(guesses) and kind is not guesses[index].kind
    }
    parts = [
        replace(
            part,
            kind=corrections.get(index, part.kind),
            certain=part.certain or index in corrections,
            starts=part.starts if starts is None else index in starts,
        )
        for index, part in enumerate(guesses)
    ]
    return WorkHistory(tuple(make_entries(parts)), tuple(parts), tuple(guesses), tuple(left_out))
