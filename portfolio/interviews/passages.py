"""Passages: find the answer that a pull quote was taken from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_GAP = re.compile(r"(?:(?<!\s)\s++)?(?:\[[^\]]{0,80}\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}|…)\s*+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’»)]*\s+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Passage:
    """``kind`` is "exact" (word for word), "condensed" (sentences or words left out, order kept) or "none".

    ``answer`` is the index of the answer, None for "none".
    """

    kind: str
    answer: int | None = None


def locate_passage(quote: str, answers: Sequence[Sequence[str]]) -> Passage:
    """Find ``quote`` in the answers (each a sequence of paragraphs). An exact passage is preferred to a condensed one.

    Only words are compared: case, punctuation, quotation marks and line breaks do not matter.
    """
    texts = ["".join(map(_words, paragraphs)).replace("  ", " ") for paragraphs in answers]
    whole = _words(quote)
    if not whole.strip():
        return Passage("none")
    for index, text in enumerate(texts):
        if whole in text:
            return Passage("exact", index)
    pieces = [piece for chunk in _GAP.split(quote) for piece in _SENTENCE.split(chunk) if piece.strip()]
    parts = [words for piece in pieces if (words := _words(piece)).strip()]
    for index, text in enumerate(texts):
        if len(parts) > 1 and _in_order(parts, text):
            return Passage("condensed", index)
    return Passage("none")


def is_near(quote: str, answer: Sequence[str]) -> bool:
    """Whether most runs of three words of ``quote`` occur in ``answer``, as in a slightly reworded passage."""
    quoted, answered = (_runs(text) for text in (quote, " ".join(answer)))
    return len(quoted) >= 3 and len(quoted & answered) >= _NEAR * len(quoted)


@lru_cache(maxsize=256)
def _words(text: str) -> str:
    """Return the words in lower case with single spaces around them, so that substrings match whole words."""
    return " " + " ".join(word.casefold().replace("’", "'") for word in _WORD.findall(text)) + " "


def _in_order(pieces: Sequence[str], text: str) -> bool:
    position = 0
    for piece in pieces:
        offset = text.find(piece, position)
        if offset < 0:
            return False
        position = offset + len(piece) - 1
    return True


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text).split()
    return {tuple(words[index : index + 3]) for index in range(len(words) - 2)}
