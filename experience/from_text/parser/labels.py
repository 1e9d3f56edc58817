"""Labelling: every part of a pasted text with its kind, and where entries start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from experience.from_text.parser.heads import Head, column_order, find_heads
from experience.from_text.parser.kinds import HistoryKind, HistoryPart
from experience.from_text.parser.names import Name, NamedPart, is_role_first, name_parts
from experience.from_text.parser.rows import HistoryRow, Piece, split_rows
from experience.from_text.parser.sections import LeftOutSection, mark_repetitions, split_sections

# Kinds of pieces that keep their kind wherever they stand.
_LEFT_OUT = frozenset(
    {
        HistoryKind.NOISE,
        HistoryKind.REPETITION,
        HistoryKind.SECTION,
        HistoryKind.OTHER_SECTION,
        HistoryKind.UNUSED,
    }
)


def label(text: str) -> tuple[list[HistoryPart], list[LeftOutSection]]:
    """The parts of ``text`` in order, and the sections that hold no roles."""
    rows = split_rows(text)
    mark_repetitions(rows)
    groups, left_out = split_sections(rows)
    grouped = {id(row): group for group in groups for row in group}
    parts: list[HistoryPart] = []
    for group in groups:
        parts += _label_group(group)
    for row in rows:
        if id(row) not in grouped:
            parts += [
                HistoryPart(row.line, row.text, piece.text, piece.kind or HistoryKind.UNUSED) for piece in row.pieces
            ]
    return sorted(parts, key=lambda part: part.line), left_out


def _label_group(rows: Sequence[HistoryRow]) -> Iterator[HistoryPart]:
    order = _take_column_order(rows)
    heads = find_heads(rows)
    role_first = _role_first([head.names(rows) for head in heads]) if order is None else order
    head_of = {index: head for head in heads for index in head.rows}
    entry: Head | None = None
    in_group = False
    named: dict[tuple[int, int], list[NamedPart]] = {}
    above: HistoryRow | None = None  # in the description of the entry: the row of its last point, or the last one
    for index, row in enumerate(rows):
        head = head_of.get(index)
        if head is not None and head is not entry:
            entry, names = head, head.names(rows)
            in_group = in_group or any(name.heads_group for name in names)
            named = _by_key(
                name_parts(names, role_first=role_first, order_is_named=order is not None, in_group=in_group)
            )
            in_group = in_group and _stays_in_group(names, named)
            yield from _head_parts(row, index, named, starts=True, certain=head.anchor is not None)
            above = None
        elif head is not None:
            yield from _head_parts(row, index, named, starts=False, certain=head.anchor is not None)
        else:
            part = _body_part(row, above, in_entry=entry is not None)
            if not row.is_noise and part.kind is not HistoryKind.CONTINUATION:
                above = row
            yield part


def _take_column_order(rows: Sequence[HistoryRow]) -> bool | None:
    """Mark a row that names the columns of a table, and return what it says of their order."""
    for row in rows:
        order = column_order(row)
        if order is not None:
            row.pieces = (Piece(row.content, HistoryKind.NOISE),)
            return order
    return None


def _role_first(heads: Sequence[Sequence[Name]]) -> bool | None:
    """Whether the role stands before the organisation in most heads; None where none shows it."""
    votes = [vote for names in heads if (vote := is_role_first(names)) is not None]
    return sum(votes) * 2 >= len(votes) if votes else None


def _by_key(parts: Sequence[NamedPart]) -> dict[tuple[int, int], list[NamedPart]]:
    named: dict[tuple[int, int], list[NamedPart]] = {}
    for part in parts:
        named.setdefault(part.key, []).append(part)
    return named


def _stays_in_group(names: Sequence[Name], named: dict[tuple[int, int], list[NamedPart]]) -> bool:
    """Whether the roles below belong to the same organisation: not after one that names its own."""
    has_own = any(part.kind is HistoryKind.ORGANISATION for parts in named.values() for part in parts)
    return not has_own or any(name.heads_group for name in names)


def _head_parts(
    row: HistoryRow, index: int, named: dict[tuple[int, int], list[NamedPart]], *, starts: bool, certain: bool
) -> Iterator[HistoryPart]:
    for number, piece in enumerate(row.pieces):
        if piece.kind is not None:
            yield HistoryPart(row.line, piece.text, piece.text, piece.kind, starts=starts)
            starts = False
            continue
        for part in named.get((index, number), ()):
            yield HistoryPart(row.line, part.text, part.text, part.kind, part.certain and certain, starts)
            starts = False


def _body_part(row: HistoryRow, above: HistoryRow | None, *, in_entry: bool) -> HistoryPart:
    kind = row.pieces[0].kind if len(row.pieces) == 1 else None
    if kind in _LEFT_OUT:
        return HistoryPart(row.line, row.text, row.content, kind or HistoryKind.UNUSED)
    if not in_entry:
        return HistoryPart(row.line, row.text, row.content, HistoryKind.UNUSED)
    if kind is HistoryKind.SKILLS:
        return HistoryPart(row.line, row.text, row.pieces[0].text, kind)
    if row.is_bullet:
        return HistoryPart(row.line, row.text, row.content, HistoryKind.POINT)
    hangs = above is not None and (row.content[:1].islower() or (above.is_bullet and row.indent > above.indent))
    if hangs and not row.after_blank and not row.is_heading:
        return HistoryPart(row.line, row.text, row.content, HistoryKind.CONTINUATION)
    return HistoryPart(row.line, row.text, row.content, HistoryKind.TEXT)
