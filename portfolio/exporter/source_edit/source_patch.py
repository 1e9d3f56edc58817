"""Source patch: divide a body into source units that stay and texts that replace edited ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Any

from portfolio.importer.merge.three_way import elements

MIN_SIMILARITY = 0.3  # share of words that two versions of a paragraph have in common


@dataclass(frozen=True, slots=True)
class SourceUnit:
    """A span of the source and the block it became; ``block_id`` is None where it became no block."""

    text: str
    index: int  # in source order
    block_id: str | None = None
    text_hash: str = ""


@dataclass(slots=True)
class TextPiece:
    """A part of the new body. ``candidates`` are equivalent texts, the closest to the source first."""

    candidates: list[str]
    first: int | None = None  # indices of the source units that it replaces
    last: int | None = None
    is_changed: bool = True

    def at(self, level: int) -> str:
        return self.candidates[min(level, len(self.candidates) - 1)]


@dataclass(frozen=True, slots=True)
class CurrentBlock:
    """A block of the page as it is now; ``before`` is its value at the import, None if unknown."""

    id: str
    kind: str
    value: Any
    changed: bool
    before: Any = None


@dataclass(slots=True)
class BodySection:
    """The part of a document that holds one page.

    ``rewrite`` returns candidates for a changed block. Its arguments are the source, the value before (None if unknown
    or new), the block type and the value. ``patch`` returns only candidates that replace the changed words. ``key``
    returns a value that is equal for equal paragraphs.
    """

    units: Sequence[SourceUnit]
    blocks: Sequence[CurrentBlock]
    rewrite: Callable[[str, Any, str, Any], list[str]]
    patch: Callable[[str, Any, str, Any], list[str]]
    key: Callable[[str], Any]

    def text_pieces(self) -> list[TextPiece]:
        """Return the pieces of the body in page order; units that became no block stay after the same block."""
        chunks, head = self.chunks()
        current_ids = {block.id for block in self.blocks}
        followers: dict[str | None, list[SourceUnit]] = {None: list(head)}
        last: str | None = None
        for block_id, chunk in chunks.items():
            if block_id in current_ids:
                last = block_id
            else:  # the block was deleted; definitions and comments after it stay
                followers.setdefault(last, []).extend(unit for unit in chunk if unit.block_id is None)
        result = [unchanged_piece(unit) for unit in followers[None]]
        for block in self.blocks:
            pieces = self.block_pieces(block, chunks.get(block.id, []))
            self.share(result, block, pieces)
            result += pieces
            result += [unchanged_piece(unit) for unit in followers.get(block.id, [])]
        return result

    def share(self, earlier: Sequence[TextPiece], block: CurrentBlock, pieces: Sequence[TextPiece]) -> None:
        """Patch the piece with the source: a Liquid tag may produce several blocks, and the first has its bytes."""
        changed = [piece for piece in pieces if piece.is_changed and piece.first is not None]
        if not block.changed or len(changed) != 1:
            return
        own = self.source(changed[0])
        if own.strip() and self.patch(own, block.before, block.kind, block.value):
            return
        holder = next((piece for piece in reversed(earlier) if piece.at(0).strip()), None)
        patches: list[str] = []
        if holder is not None and not holder.is_changed:
            patches = self.patch(holder.at(0), block.before, block.kind, block.value)
            holder.candidates[:0] = patches
            holder.is_changed = bool(patches)
        rest = changed[0].candidates[0 if own.strip() else 1 :]
        changed[0].candidates[:] = [own] * len(patches) + rest

    def source(self, piece: TextPiece) -> str:
        return "".join(unit.text for unit in self.units if piece.first <= unit.index <= piece.last)

    def chunks(self) -> tuple[dict[str, list[SourceUnit]], list[SourceUnit]]:
        """Return the units of each block with the units after it that became no block, and those before the first."""
        chunks: dict[str, list[SourceUnit]] = {}
        head: list[SourceUnit] = []
        last: str | None = None
        for unit in self.units:
            last = unit.block_id or last
            chunks.setdefault(last, []).append(unit) if last else head.append(unit)
        return chunks, head

    def block_pieces(self, block: CurrentBlock, units: Sequence[SourceUnit]) -> list[TextPiece]:
        if not units:
            return [TextPiece(self.rewrite("", None, block.kind, block.value))]
        if not block.changed:
            return [unchanged_piece(unit) for unit in units]
        own = [unit for unit in units if unit.block_id]
        hidden_inside = any(unit.block_id is None and unit.index < own[-1].index for unit in units)
        if block.kind == "text" and isinstance(block.before, str):
            return list(self.paragraph_pieces(block, units))
        behind = [unit for unit in units if unit.block_id is None and unit.index > own[-1].index]
        inside = units if hidden_inside and not behind else [unit for unit in units if unit.index <= own[-1].index]
        text = "".join(unit.text for unit in inside)
        candidates = self.rewrite(text, block.before, block.kind, block.value)
        changed = TextPiece(candidates if text.strip() else [text, *candidates], inside[0].index, inside[-1].index)
        return [changed, *map(unchanged_piece, behind)]

    def paragraph_pieces(self, block: CurrentBlock, units: Sequence[SourceUnit]) -> Iterator[TextPiece]:
        """Yield running text paragraph by paragraph; unchanged paragraphs keep their bytes."""
        own = [unit for unit in units if unit.block_id]
        old, owner = owned_elements(block.before, own)
        new = elements(block.value)
        old_index_of = match_elements(old, new, self.key)
        by_unit: dict[int | None, list[str]] = {}
        order: list[int | None] = []
        loose: dict[int, list[str]] = {}
        last: int | None = None
        for number, element in enumerate(new):
            unit = owner[old_index_of[number]] if number in old_index_of else None
            if unit is None:
                loose.setdefault(len(order), []).append(element)
                continue
            if unit != last:
                order.append(unit)
            by_unit.setdefault(unit, []).append(element)
            last = unit
        behind = hidden_units_after(units)
        written: set[int] = set()
        yield from (TextPiece(self.rewrite("", None, "text", element)) for element in loose.get(0, []))
        for count, number in enumerate(order, start=1):
            unit = own[number]
            if number not in written:
                written.add(number)
                before = [text for text, index in zip(old, owner, strict=True) if index == number]
                yield self.unit_piece(unit, before, by_unit[number])
                yield from map(unchanged_piece, behind.get(unit.index, []))
            yield from (TextPiece(self.rewrite("", None, "text", element)) for element in loose.get(count, []))
        for number, unit in enumerate(own):
            if number not in written:
                yield from map(unchanged_piece, behind.get(unit.index, []))

    def unit_piece(self, unit: SourceUnit, before: Sequence[str], now: Sequence[str]) -> TextPiece:
        if list(map(self.key, before)) == list(map(self.key, now)):
            return unchanged_piece(unit)
        return TextPiece(self.rewrite(unit.text, "".join(before), "text", "".join(now)), unit.index, unit.index)


def unchanged_piece(unit: SourceUnit) -> TextPiece:
    return TextPiece([unit.text], unit.index, unit.index, is_changed=False)


def hidden_units_after(units: Sequence[SourceUnit]) -> Mapping[int, list[SourceUnit]]:
    """Return the units that became no block, by the index of the text unit before them."""
    hidden: dict[int, list[SourceUnit]] = {}
    last = units[0].index
    for unit in units:
        if unit.block_id:
            last = unit.index
        else:
            hidden.setdefault(last, []).append(unit)
    return hidden


def owned_elements(html: str, units: Sequence[SourceUnit]) -> tuple[list[str], list[int]]:
    """Return the paragraphs and lists of an imported text, and for each the number of its source unit."""
    parts = elements(html)
    owner: list[int] = []
    start = 0
    for number, unit in enumerate(units):
        end = start + 1
        while end < len(parts) and digest("".join(parts[start:end])) != unit.text_hash:
            end += 1
        if digest("".join(parts[start:end])) != unit.text_hash:
            end = start + 1  # unknown: assume one paragraph
        owner += [number] * (min(end, len(parts)) - start)
        start = min(end, len(parts))
    owner += [len(units) - 1] * (len(parts) - len(owner))
    return parts, owner


def match_elements(old: Sequence[str], new: Sequence[str], key: Callable[[str], Any]) -> dict[int, int]:
    """Map new to old indices: of elements with equal keys, and of edited ones."""
    keys = [repr(key(text)) for text in [*old, *new]]
    indices: dict[int, int] = {}
    for action, i1, i2, j1, j2 in SequenceMatcher(None, keys[: len(old)], keys[len(old) :], False).get_opcodes():
        if action == "equal":
            indices.update(zip(range(j1, j2), range(i1, i2), strict=True))
        elif action == "replace":
            indices.update({j1 + right: i1 + left for left, right in pair_similar(old[i1:i2], new[j1:j2])})
    return indices


def pair_similar(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of indices, in order, that share the most words. One element always pairs with one."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    words = [[set(text.split()) for text in texts] for texts in (old, new)]
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(new) + 1) for _ in range(len(old) + 1)]
    for left, right in product(range(len(old)), range(len(new))):
        one, other = words[0][left], words[1][right]
        shared = 2 * len(one & other) / max(1, len(one) + len(other))
        taken = best[left][right][0] + shared if shared > MIN_SIMILARITY else -1.0
        best[left + 1][right + 1] = max(
            best[left][right + 1],
            best[left + 1][right],
            (taken, [*best[left][right][1], (left, right)]),
            key=lambda scored: scored[0],
        )
    return best[-1][-1][1]


def digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


def join_pieces(pieces: Sequence[TextPiece], levels: Sequence[int], *, apart: bool = False) -> str:
    """Join the pieces: neighbours in the source as they were, others with a blank line between them.

    ``apart`` puts a blank line around every changed piece.
    """
    text = ""
    before: TextPiece | None = None
    for piece, level in zip(pieces, levels, strict=True):
        part = piece.at(level)
        if before is not None and not part.strip() and piece.first is None:
            continue
        follows = before is None or (before.last is not None and piece.first == before.last + 1)
        if before is not None and (not follows or (apart and (piece.is_changed or before.is_changed))):
            text = text.rstrip("\n") + ("\n\n" if text.strip() else "")
            part = part.lstrip("\n")
        text += part
        before = piece
    return text if text.endswith("\n") or not text or not pieces or pieces[-1].last is not None else text + "\n"
