"""Whether two versions of a file are versions of one text. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

SHARE = 0.5  # of the lines


def likeness(one: bytes, other: bytes) -> float:
    """The share of lines that both have, in whatever order; blank ones do not count."""
    lines = [[line for line in text.splitlines() if line.strip()] for text in (one, other)]
    return 1.0 if one == other else SequenceMatcher(None, *lines, autojunk=False).quick_ratio()


def alike(one: bytes, other: bytes) -> bool:
    return likeness(one, other) >= SHARE
