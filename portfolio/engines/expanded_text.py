"""Expanded text: a text after its templates were rendered, with a source map."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.documents.document import Problem


class TooMuchOutput(Exception):
    """A template wrote more than the limit for a document."""


@dataclass(frozen=True, slots=True)
class TextFragment:
    """Characters ``start:end`` of the output come from ``source_start:source_end`` of the template.

    A ``literal`` fragment is the same text on both sides. The fragments of a result cover both sides without a gap.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    literal: bool


@dataclass(frozen=True, slots=True)
class ExpandedText:
    """The rendered text of a document; lines of ``problems`` count from the start of its source.

    ``reads_documents`` says that the template has read what other documents of the site say.
    """

    text: str
    fragments: tuple[TextFragment, ...]
    problems: tuple[Problem, ...] = ()
    reads_documents: bool = False


def unexpanded(text: str) -> ExpandedText:
    """Return the result for a text without templates."""
    return ExpandedText(text, (TextFragment(0, len(text), 0, len(text), literal=True),))


class SourceMap:
    """Map offsets of the output to offsets of the source."""

    def __init__(self, fragments: Sequence[TextFragment]) -> None:
        self._fragments = [
            fragment
            for fragment in fragments
            if fragment.end > fragment.start or fragment.source_end > fragment.source_start
        ]
        self._starts = [fragment.start for fragment in self._fragments]
        self._source_starts = [fragment.source_start for fragment in self._fragments]

    def boundary(self, offset: int) -> int:
        """Return the end in the source of the output that ends at ``offset``.

        Output of Liquid belongs as a whole to the text before it; so does source that produced no output.
        """
        if not self._fragments:
            return 0
        if offset <= 0:
            return 0
        fragment = self._fragments[bisect_right(self._starts, offset) - 1]
        if fragment.literal and offset < fragment.end:
            return fragment.source_start + offset - fragment.start
        if fragment.start == offset and fragment.end > offset:
            return fragment.source_start
        return fragment.source_end

    def place(self, offset: int) -> int:
        """Return the source offset of the character at ``offset``; for output of Liquid the start of its tag."""
        for fragment in self._fragments[max(bisect_right(self._starts, offset) - 1, 0) :]:
            if fragment.start <= offset < fragment.end:
                return fragment.source_start + (offset - fragment.start if fragment.literal else 0)
        return self._fragments[-1].source_end if self._fragments else 0

    def is_verbatim(self, start: int, end: int, source_start: int, source_end: int) -> bool:
        """Whether output ``start:end`` and source ``source_start:source_end`` are text without Liquid."""
        shown = self._fragments[max(bisect_right(self._starts, start) - 1, 0) : bisect_left(self._starts, end)]
        first = max(bisect_right(self._source_starts, source_start) - 1, 0)
        source_fragments = self._fragments[first : bisect_left(self._source_starts, source_end)]
        return all(fragment.literal or fragment.end <= start for fragment in shown) and all(
            fragment.literal or fragment.source_end <= source_start for fragment in source_fragments
        )
