"""Pull quotes: sentences of an answer that are printed a second time, above the conversation or in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from portfolio.interviews.kinds import Labelled, LineKind
from portfolio.interviews.passages import is_near, locate_passage
from portfolio.interviews.quotation import strip_outer
from portfolio.interviews.styles.dialogue import DialoguePart, ParagraphReading, Style

# A pull quote stands near the answer it was taken from: this many answers, and this many paragraphs, away at most.
_NEAR_ANSWERS = 12
NEAR_PARAGRAPHS = 30
_SHORTEST_PASSAGE = 5  # words
_SIGN = re.compile(r"^(?:#{1,6}\s+|>\s*)")
_BOLD = re.compile(r"(?:\*\*|__|\*|_)((?:(?!\*\*|__).)+?)(?:\*\*|__|\*|_)", re.DOTALL)
_TAGGED = re.compile(r"<(?:b|strong|i|em)>((?:(?!</?(?:b|strong|i|em)>).)+)</(?:b|strong|i|em)>", re.DOTALL | re.I)


def teaser(part: Labelled, answers: Sequence[Sequence[str]]) -> Labelled:
    """A sentence of the conversation that is printed above it is a pull quote; any other part stays what it is."""
    if part.kind is not LineKind.STANDFIRST:
        return part
    text = without_marks(part.paragraph.text)
    if _is_too_short(text) or locate_passage(text, answers).kind == "none":
        return part
    return Labelled(part.paragraph, LineKind.PULL_QUOTE, text)


class AnswerGroups:
    """The answers of a conversation, each a group of paragraphs, in which a pull quote is looked for.

    ``tail`` is the index from which on no answer follows.
    """

    def __init__(self, style: Style, readings: Sequence[ParagraphReading], tail: int) -> None:
        self.style = style
        self.readings = readings
        self.group_of, self.groups = self._grouped(tail)

    def is_pull_quote(self, index: int, text: str) -> bool:
        """Whether ``text``, which stands at ``index``, stands in an answer around it."""
        return not _is_too_short(text) and locate_passage(text, self._near(index, text)).kind != "none"

    def is_reworded(self, index: int, text: str) -> bool:
        """Whether ``text`` nearly stands in an answer around ``index``."""
        return any(is_near(text, answer) for answer in self._near(index, text))

    def _grouped(self, tail: int) -> tuple[Mapping[int, int], list[list[int]]]:
        """The paragraphs that may be quoted elsewhere, grouped by answer, and the group each paragraph stands in."""
        group_of: dict[int, int] = {}
        groups: list[list[int]] = [[]]
        quoted = self.style is Style.QUOTES
        for index, reading in enumerate(self.readings):
            if reading.part is DialoguePart.QUESTION or (quoted and reading.part is DialoguePart.PLAIN and groups[-1]):
                groups.append([])
            group_of[index] = len(groups) - 1
            if index < tail and (
                reading.part is DialoguePart.ANSWER or (not quoted and reading.part is DialoguePart.PLAIN)
            ):
                groups[-1].append(index)
        return group_of, groups

    def _near(self, index: int, text: str) -> list[list[str]]:
        """The answers around ``index`` that ``text`` may have been taken from."""
        here = self.group_of[index]
        near = self.groups[max(0, here - _NEAR_ANSWERS) : here + _NEAR_ANSWERS + 1]
        return [
            [self.readings[other].text for other in _within(group, index) if self._may_hold(other, index, text)]
            for group in near
        ]

    def _may_hold(self, other: int, index: int, text: str) -> bool:
        """Whether ``text`` at ``index`` may come from the paragraph ``other``, which is not much shorter.

        Where answers carry no marks, two equal paragraphs look the same: the first is the answer, the second the quote.
        """
        if other == index:
            return False
        least = 0.6 * len(text) if other < index or self.style is Style.QUOTES else len(text)
        return len(self.readings[other].text) > least


def _within(group: Sequence[int], index: int) -> Sequence[int]:
    """The paragraphs of an answer that are near ``index``."""
    return group[bisect_left(group, index - NEAR_PARAGRAPHS) : bisect_right(group, index + NEAR_PARAGRAPHS)]


def _is_too_short(text: str) -> bool:
    return len(text.split()) < _SHORTEST_PASSAGE


def without_marks(text: str) -> str:
    """A paragraph without the quotation marks, the stars or the sign of a heading or a block quote around it."""
    text = _SIGN.sub("", text).strip()
    marked = _BOLD.fullmatch(text) or _TAGGED.fullmatch(text)
    return strip_outer(marked[1] if marked else text)[0]
