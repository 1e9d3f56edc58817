"""Which part of a rendered text came from which part of its source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.importer.document import Problem


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start:end`` of the output come from ``source_start:source_end`` of the template.

    A ``literal`` piece is the same text on both sides. The pieces of a result cover both sides without a gap.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    literal: bool


@dataclass(frozen=True, slots=True)
class LiquidResult:
    """Lines of ``problems`` count from the start of the template."""

    text: str
    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = ()


def untouched(text: str) -> LiquidResult:
    """The result for a text without Liquid."""
    return LiquidResult(text, (Piece(0, len(text), 0, len(text), literal=True),))


class SourceMap:
    """Finds source offsets for offsets of the output."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece.end > piece.start or piece.source_end > piece.source_start]
        self._starts = [piece.start for piece in self._pieces]
        self._source_starts = [piece.source_start for piece in self._pieces]

    def boundary(self, offset: int) -> int:
        """Where the source of what ends at ``offset`` ends.

        An offset inside what Liquid produced belongs, with everything produced there, to what stands before it; so
        does source that produced nothing.
        """
        if not self._pieces:
            return 0
        if offset <= 0:
            return 0
        piece = self._pieces[bisect_right(self._starts, offset) - 1]
        if piece.literal and offset < piece.end:
            return piece.source_start + offset - piece.start
        if piece.start == offset and piece.end > offset:
            return piece.source_start
        return piece.source_end

    def place(self, offset: int) -> int:
        """The source offset of the character at ``offset``; what Liquid produced stands where its tag begins."""
        for piece in self._pieces[max(bisect_right(self._starts, offset) - 1, 0) :]:
            if piece.start <= offset < piece.end:
                return piece.source_start + (offset - piece.start if piece.literal else 0)
        return self._pieces[-1].source_end if self._pieces else 0

    def is_verbatim(self, start: int, end: int, source_start: int, source_end: int) -> bool:
        """True when output ``start:end`` and source ``source_start:source_end`` are text that Liquid left alone."""
        shown = self._pieces[max(bisect_right(self._starts, start) - 1, 0) : bisect_left(self._starts, end)]
        first = max(bisect_right(self._source_starts, source_start) - 1, 0)
        said = self._pieces[first : bisect_left(self._source_starts, source_end)]
        return all(piece.literal or piece.end <= start for piece in shown) and all(
            piece.literal or piece.source_end <= source_start for piece in said
        )
