"""A body as pieces: bytes of the source that stay, and texts that take the place of what was edited."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Any

from portfolio.importer.merge import elements

ALIKE = 0.3  # of the words of two paragraphs


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the source and the block that it became; ``block_id`` is None where it shows nothing."""

    text: str
    place: int  # in the order of the source
    block_id: str | None = None
    text_hash: str = ""


@dataclass(slots=True)
class Piece:
    """A part of the new body. ``candidates`` say the same, the nearest to the source first; one of them is taken."""

    candidates: list[str]
    first: int | None = None  # the units of the source it stands for
    last: int | None = None
    is_changed: bool = True

    def at(self, level: int) -> str:
        return self.candidates[min(level, len(self.candidates) - 1)]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the page as it is now, its value hash, and its value at the import when that is known."""

    id: str
    kind: str
    value: Any
    changed: bool
    before: Any = None


@dataclass(slots=True)
class Section:
    """One page's share of a document.

    ``rewrite`` gives candidates for a changed block: of the source's text, the value before (None when unknown or new)
    and the block's kind and value; ``patch`` the same, but only those that replace the changed words. ``key`` makes
    equal paragraphs compare equal.
    """

    units: Sequence[Unit]
    blocks: Sequence[Block]
    rewrite: Callable[[str, Any, str, Any], list[str]]
    patch: Callable[[str, Any, str, Any], list[str]]
    key: Callable[[str], Any]

    def pieces(self) -> list[Piece]:
        """The body's pieces in the order of the page; source that shows nothing stays behind what it stood behind."""
        chunks, head = self.chunks()
        kept = {block.id for block in self.blocks}
        followers: dict[str | None, list[Unit]] = {None: list(head)}
        last: str | None = None
        for block_id, chunk in chunks.items():
            if block_id in kept:
                last = block_id
            else:  # the block is gone; definitions and comments behind it stay
                followers.setdefault(last, []).extend(unit for unit in chunk if unit.block_id is None)
        found = [whole(unit) for unit in followers[None]]
        for block in self.blocks:
            pieces = self.block_pieces(block, chunks.get(block.id, []))
            self.share(found, block, pieces)
            found += pieces
            found += [whole(unit) for unit in followers.get(block.id, [])]
        return found

    def share(self, found: Sequence[Piece], block: Block, pieces: Sequence[Piece]) -> None:
        """Change words where they stand: a tag of Liquid may make several blocks, and its bytes are the first one's."""
        changed = [piece for piece in pieces if piece.is_changed and piece.first is not None]
        if not block.changed or len(changed) != 1:
            return
        own = self.source(changed[0])
        if own.strip() and self.patch(own, block.before, block.kind, block.value):
            return
        holder = next((piece for piece in reversed(found) if piece.at(0).strip()), None)
        patches: list[str] = []
        if holder is not None and not holder.is_changed:
            patches = self.patch(holder.at(0), block.before, block.kind, block.value)
            holder.candidates[:0] = patches
            holder.is_changed = bool(patches)
        rest = changed[0].candidates[0 if own.strip() else 1 :]
        changed[0].candidates[:] = [own] * len(patches) + rest

    def source(self, piece: Piece) -> str:
        return "".join(unit.text for unit in self.units if piece.first <= unit.place <= piece.last)

    def chunks(self) -> tuple[dict[str, list[Unit]], list[Unit]]:
        """Each block's units with those behind it that show nothing, and the units before the first block."""
        chunks: dict[str, list[Unit]] = {}
        head: list[Unit] = []
        last: str | None = None
        for unit in self.units:
            last = unit.block_id or last
            chunks.setdefault(last, []).append(unit) if last else head.append(unit)
        return chunks, head

    def block_pieces(self, block: Block, units: Sequence[Unit]) -> list[Piece]:
        if not units:
            return [Piece(self.rewrite("", None, block.kind, block.value))]
        if not block.changed:
            return [whole(unit) for unit in units]
        own = [unit for unit in units if unit.block_id]
        hidden_inside = any(unit.block_id is None and unit.place < own[-1].place for unit in units)
        if block.kind == "text" and isinstance(block.before, str):
            return list(self.text_pieces(block, units))
        behind = [unit for unit in units if unit.block_id is None and unit.place > own[-1].place]
        inside = units if hidden_inside and not behind else [unit for unit in units if unit.place <= own[-1].place]
        text = "".join(unit.text for unit in inside)
        candidates = self.rewrite(text, block.before, block.kind, block.value)
        changed = Piece(candidates if text.strip() else [text, *candidates], inside[0].place, inside[-1].place)
        return [changed, *map(whole, behind)]

    def text_pieces(self, block: Block, units: Sequence[Unit]) -> Iterator[Piece]:
        """Running text paragraph by paragraph: those that are as they were keep their bytes."""
        own = [unit for unit in units if unit.block_id]
        old, owner = owned_elements(block.before, own)
        new = elements(block.value)
        place_of = matched(old, new, self.key)
        by_unit: dict[int | None, list[str]] = {}
        order: list[int | None] = []
        loose: dict[int, list[str]] = {}
        last: int | None = None
        for number, element in enumerate(new):
            unit = owner[place_of[number]] if number in place_of else None
            if unit is None:
                loose.setdefault(len(order), []).append(element)
                continue
            if unit != last:
                order.append(unit)
            by_unit.setdefault(unit, []).append(element)
            last = unit
        behind = hidden_behind(units)
        written: set[int] = set()
        yield from (Piece(self.rewrite("", None, "text", element)) for element in loose.get(0, []))
        for count, number in enumerate(order, start=1):
            unit = own[number]
            if number not in written:
                written.add(number)
                before = [text for text, place in zip(old, owner, strict=True) if place == number]
                yield self.unit_piece(unit, before, by_unit[number])
                yield from map(whole, behind.get(unit.place, []))
            yield from (Piece(self.rewrite("", None, "text", element)) for element in loose.get(count, []))
        for number, unit in enumerate(own):
            if number not in written:
                yield from map(whole, behind.get(unit.place, []))

    def unit_piece(self, unit: Unit, before: Sequence[str], now: Sequence[str]) -> Piece:
        if list(map(self.key, before)) == list(map(self.key, now)):
            return whole(unit)
        return Piece(self.rewrite(unit.text, "".join(before), "text", "".join(now)), unit.place, unit.place)


def whole(unit: Unit) -> Piece:
    return Piece([unit.text], unit.place, unit.place, is_changed=False)


def hidden_behind(units: Sequence[Unit]) -> Mapping[int, list[Unit]]:
    """The units that show nothing by the place of the unit of text they stand behind."""
    found: dict[int, list[Unit]] = {}
    last = units[0].place
    for unit in units:
        if unit.block_id:
            last = unit.place
        else:
            found.setdefault(last, []).append(unit)
    return found


def owned_elements(html: str, units: Sequence[Unit]) -> tuple[list[str], list[int]]:
    """The paragraphs and lists of a text as it was, and for each the number of the unit it came from."""
    parts = elements(html)
    owner: list[int] = []
    start = 0
    for number, unit in enumerate(units):
        end = start + 1
        while end < len(parts) and digest("".join(parts[start:end])) != unit.text_hash:
            end += 1
        if digest("".join(parts[start:end])) != unit.text_hash:
            end = start + 1  # one paragraph each, as far as anybody can tell
        owner += [number] * (min(end, len(parts)) - start)
        start = min(end, len(parts))
    owner += [len(units) - 1] * (len(parts) - len(owner))
    return parts, owner


def matched(old: Sequence[str], new: Sequence[str], key: Callable[[str], Any]) -> dict[int, int]:
    """New place -> old place: of elements with equal keys, and of those that were edited."""
    keys = [repr(key(text)) for text in [*old, *new]]
    places: dict[int, int] = {}
    for action, i1, i2, j1, j2 in SequenceMatcher(None, keys[: len(old)], keys[len(old) :], False).get_opcodes():
        if action == "equal":
            places.update(zip(range(j1, j2), range(i1, i2), strict=True))
        elif action == "replace":
            places.update({j1 + right: i1 + left for left, right in alike(old[i1:i2], new[j1:j2])})
    return places


def alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places, in order, that share the most words; a lone one is taken for what replaced a lone one."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    words = [[set(text.split()) for text in texts] for texts in (old, new)]
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(new) + 1) for _ in range(len(old) + 1)]
    for left, right in product(range(len(old)), range(len(new))):
        one, other = words[0][left], words[1][right]
        shared = 2 * len(one & other) / max(1, len(one) + len(other))
        taken = best[left][right][0] + shared if shared > ALIKE else -1.0
        best[left + 1][right + 1] = max(
            best[left][right + 1],
            best[left + 1][right],
            (taken, [*best[left][right][1], (left, right)]),
            key=lambda found: found[0],
        )
    return best[-1][-1][1]


def digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


def joined(pieces: Sequence[Piece], levels: Sequence[int], *, apart: bool = False) -> str:
    """The pieces as one text: as they stood where neighbours are the source's, else with a blank line between.

    ``apart`` puts a blank line around every piece that changed.
    """
    text = ""
    before: Piece | None = None
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
