"""Find where a pull quote was taken from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_GAP = re.compile(r"\s*(?:\[[^\]]{0,80}\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}|…)\s*")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’»)]*\s+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Passage:
    """``kind`` is "exact" (word for word), "condensed" (sentences or words left out, order kept) or "none".

    ``answer`` is the index of the answer it stands in, None for "none".
    """

    kind: str
    answer: int | None = None


def locate_passage(quote: str, answers: Sequence[Sequence[str]]) -> Passage:
    """Look for ``quote`` in each answer (a sequence of paragraphs). An exact passage wins over a condensed one.

    Words are compared, not marks: case, punctuation, quotation marks and line breaks do not matter.
    """
    texts = ["".join(map(_words, paragraphs)).replace("  ", " ") for paragraphs in answers]
    whole = _words(quote)
    if not whole.strip():
        return Passage("none")
    for index, text in enumerate(texts):
        if whole in text:
            return Passage("exact", index)
    pieces = [piece for chunk in _GAP.split(quote) for piece in _SENTENCE.split(chunk) if piece.strip()]
    wanted = [words for piece in pieces if (words := _words(piece)).strip()]
    for index, text in enumerate(texts):
        if len(wanted) > 1 and _in_order(wanted, text):
            return Passage("condensed", index)
    return Passage("none")


def is_near(quote: str, answer: Sequence[str]) -> bool:
    """Whether most runs of three words of ``quote`` stand in ``answer``: a passage somebody reworded a little."""
    wanted, given = (_runs(text) for text in (quote, " ".join(answer)))
    return len(wanted) >= 3 and len(wanted & given) >= _NEAR * len(wanted)


@lru_cache(maxsize=256)
def _words(text: str) -> str:
    """The words in lower case, one blank around each, so that substrings end at word boundaries."""
    return " " + " ".join(word.casefold().replace("’", "'") for word in _WORD.findall(text)) + " "


def _in_order(pieces: Sequence[str], text: str) -> bool:
    position = 0
    for piece in pieces:
        found = text.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece) - 1
    return True


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text).split()
    return {tuple(words[index : index + 3]) for index in range(len(words) - 2)}
