"""Heads of entries: the rows around each period that name the role, the organisation and the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from experience.from_text.parser.kinds import HistoryKind
from experience.from_text.parser.names import Name, looks_like_place, may_be_place, split_names
from experience.from_text.parser.rows import HistoryRow
from experience.from_text.parser.vocabulary import DATE_COLUMNS, KIND_OF_LABEL, name_score, phrase_of

MOST_NAMES = 2
LONGEST_SECOND_NAME = 8  # words


@dataclass(slots=True)
class Head:
    """The rows of a head by their index. ``anchor`` is the row with the period, None in a text without periods."""

    anchor: int | None
    rows: set[int] = field(default_factory=set)

    @property
    def first(self) -> int:
        return min(self.rows)

    @property
    def last(self) -> int:
        return max(self.rows)

    def names(self, rows: Sequence[HistoryRow]) -> list[Name]:
        numbers = sorted(self.rows)
        last = max((number for number in numbers if rows[number].names), default=-1)
        return [
            Name(
                key=(number, index),
                text=piece.text,
                heads_group=number != last and rows[numbers[place + 1]].is_duration,
                is_employer=any(other.kind is HistoryKind.EMPLOYMENT for other in rows[number].pieces),
            )
            for place, number in enumerate(numbers)
            for index, piece in enumerate(rows[number].pieces)
            if piece.kind is None
        ]


def find_heads(rows: Sequence[HistoryRow]) -> list[Head]:
    """The heads in a group of rows, in order."""
    anchors = [index for index, row in enumerate(rows) if row.has_period and not row.is_bullet]
    if not anchors:
        anchors = list(_listed_anchors(rows))
    if not anchors:
        return list(_heads_without_periods(rows))
    heads: list[Head] = []
    period_first = False
    for position, anchor in enumerate(anchors):
        lower = heads[-1].last + 1 if heads else 0
        upper = anchors[position + 1] if position + 1 < len(anchors) else len(rows)
        head = Head(anchor, {anchor})
        below = _name_rows_below(rows, anchor, upper)
        if not (period_first and below):
            _add_above(rows, head, lower, has_names_below=bool(below))
        count = _count_names(rows, head)
        if count == 0:
            head.rows.update(below)
            period_first = period_first or (not heads and bool(below))
        _add_below(rows, head, upper)
        heads.append(head)
    return sorted([*heads, *_heads_between(rows, heads)], key=lambda head: head.first)


def _listed_anchors(rows: Sequence[HistoryRow]) -> Iterator[int]:
    """Items of the outermost list, where those hold the periods: then they are no points of a description."""
    indents = [row.indent for row in rows if row.is_bullet]
    for index, row in enumerate(rows):
        if row.has_period and row.is_bullet and row.indent == min(indents):
            row.is_bullet = False
            yield index


def _add_above(rows: Sequence[HistoryRow], head: Head, lower: int, *, has_names_below: bool) -> None:
    """Add the rows above the period: at most two names, and the organisation whose time is counted above them."""
    count = _count_names(rows, head)
    index = head.first - 1
    while index >= lower:
        row = rows[index]
        if row.is_noise:
            index -= 1
            continue
        if not row.is_header:
            return
        if count and (group := _group_head(rows, index, lower)):
            head.rows.update(group)
            return
        if row.is_duration and count:
            return
        if _is_apart(rows, index, head.first) and not row.is_heading and (count or has_names_below):
            return
        names = [piece.text for piece in row.names]
        is_place = count > 0 and len(names) == 1 and looks_like_place(names[0])
        if row.name_count and not is_place and count >= MOST_NAMES:
            return
        head.rows.add(index)
        count += 0 if is_place else row.name_count
        if count == 1 and len(names) == 1 and _names_both(names[0]):
            count = MOST_NAMES
        index -= 1


def _group_head(rows: Sequence[HistoryRow], index: int, lower: int) -> set[int]:
    """The rows that end at ``index`` and head several roles: organisation, its time counted, and perhaps its place."""
    names = [piece.text for piece in rows[index].names]
    is_place = len(names) == 1 and (looks_like_place(names[0]) or may_be_place(names[0]))
    counted = _previous(rows, index, lower) if is_place else index
    if counted is None or not rows[counted].is_duration:
        return set()
    above = _previous(rows, counted, lower)
    if above is None or not rows[above].is_header or not rows[above].names:
        return set()
    return {above, counted, index}


def _previous(rows: Sequence[HistoryRow], index: int, lower: int) -> int | None:
    return next((above for above in range(index - 1, lower - 1, -1) if not rows[above].is_noise), None)


def _is_apart(rows: Sequence[HistoryRow], index: int, below: int) -> bool:
    """Whether a blank line stands between a row and those below it."""
    return any(row.after_blank for row in rows[index + 1 : below + 1])


def _count_names(rows: Sequence[HistoryRow], head: Head) -> int:
    """How many names the head has; one that names both role and organisation counts as two."""
    names = [piece.text for index in head.rows for piece in rows[index].names]
    count = sum(rows[index].name_count for index in head.rows)
    return MOST_NAMES if count == 1 and names and _names_both(names[0]) else count


def _names_both(text: str) -> bool:
    split = split_names(text)
    return split is not None and split[2]


def _name_rows_below(rows: Sequence[HistoryRow], anchor: int, upper: int) -> list[int]:
    """The rows of names directly below a period."""
    found: list[int] = []
    count = 0
    for index in range(anchor + 1, upper):
        row = rows[index]
        if row.is_noise:
            continue
        if not row.is_header or (row.after_blank and not row.is_heading) or count >= MOST_NAMES:
            break
        names = [piece.text for piece in row.names]
        if names and count and looks_like_place(names[0]):
            break
        found.append(index)
        count = MOST_NAMES if count == 0 and len(names) == 1 and _names_both(names[0]) else count + row.name_count
    return found if count else []


def _add_below(rows: Sequence[HistoryRow], head: Head, upper: int) -> None:
    """Add the rows below the period that say where and how somebody was employed, or the second name."""
    count = _count_names(rows, head)
    has_place = False
    for index in range(head.last + 1, upper):
        row = rows[index]
        if row.is_noise:
            continue
        if not row.is_header or row.after_blank:
            return
        names = [piece.text for piece in row.names]
        if not names or _is_place(row, names):
            if names and has_place:
                return
            has_place = has_place or bool(names)
        elif len(names) == 1 and not has_place and may_be_place(names[0]) and _ends_head(rows, index, upper):
            has_place = True
        elif (
            count == 1
            and _is_second_name(row, names)
            and (_is_missing_role(rows, head, names[0]) or _ends_head(rows, index, upper, or_place=True))
        ):
            count += 1
        else:
            return
        head.rows.add(index)


def _is_place(row: HistoryRow, names: Sequence[str]) -> bool:
    beside_workplace = any(piece.kind is HistoryKind.LOCATION for piece in row.pieces)
    return len(names) == 1 and (looks_like_place(names[0]) or (beside_workplace and may_be_place(names[0])))


def _is_missing_role(rows: Sequence[HistoryRow], head: Head, name: str) -> bool:
    """Whether ``name`` is like that of a role, and no name in the head is."""
    names = [piece.text for index in head.rows for piece in rows[index].names]
    return name_score(name) > 0 and all(name_score(other) <= 0 for other in names)


def _is_second_name(row: HistoryRow, names: Sequence[str]) -> bool:
    return len(names) <= MOST_NAMES and len(row.content.split()) <= LONGEST_SECOND_NAME and row.content[:1].isupper()


def _ends_head(rows: Sequence[HistoryRow], index: int, upper: int, *, or_place: bool = False) -> bool:
    """Whether a description, a blank line or the end comes after a row."""
    after = next((row for row in rows[index + 1 : upper] if not row.is_noise), None)
    if after is None:
        return upper == len(rows) or rows[upper].after_blank
    if after.after_blank or not after.is_header:
        return True
    names = [piece.text for piece in after.names]
    return or_place and (not names or _is_place(after, names))


def _heads_without_periods(rows: Sequence[HistoryRow]) -> Iterator[Head]:
    """In a text without any period: the first rows of each paragraph, where they are named like roles and the like."""
    for index, row in enumerate(rows):
        begins = index == 0 or row.after_blank or row.is_heading
        if not begins or not row.is_header or not row.name_count:
            continue
        names = [piece.text for piece in row.names]
        if names and name_score(names[0]) == 0 and not _names_both(names[0]):
            continue
        head = Head(None, {index})
        after = index + 1
        if after < len(rows) and _count_names(rows, head) < MOST_NAMES:
            below = rows[after]
            if below.is_header and not below.after_blank and not below.is_heading and below.names:
                head.rows.add(after)
        yield head


def _heads_between(rows: Sequence[HistoryRow], heads: Sequence[Head]) -> Iterator[Head]:
    """Roles without a period among others: paragraphs of a role and an organisation that go on with points."""
    taken = {index for head in heads for index in head.rows}
    for head in _heads_without_periods(rows):
        names = [piece.text for index in sorted(head.rows) for piece in rows[index].names]
        scores = [name_score(name) for name in names]
        named = len(names) == MOST_NAMES and max(scores) > 0 > min(scores)
        whole = len(names) == 1 and (split := split_names(names[0])) is not None and split[2] and scores[0] > 0
        after = head.last + 1
        goes_on = after < len(rows) and rows[after].is_bullet
        if head.first > min(taken) and not head.rows & taken and (named or whole) and goes_on:
            yield head


def column_order(row: HistoryRow) -> bool | None:
    """Whether the role comes first in a row that names the columns of a table; None for any other row."""
    phrases = [phrase_of(piece.text) for piece in row.pieces]
    kinds = [HistoryKind.PERIOD if phrase in DATE_COLUMNS else KIND_OF_LABEL.get(phrase) for phrase in phrases]
    if len(kinds) < 2 or None in kinds:
        return None
    if HistoryKind.ROLE not in kinds or HistoryKind.ORGANISATION not in kinds:
        return True
    return kinds.index(HistoryKind.ROLE) < kinds.index(HistoryKind.ORGANISATION)
