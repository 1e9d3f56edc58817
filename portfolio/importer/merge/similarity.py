"""Similarity of two versions of a file, by their lines. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

THRESHOLD = 0.5  # share of lines from which two files count as versions of one text


def similarity(old: bytes, new: bytes) -> float:
    """The share of lines that both have, in whatever order; blank ones do not count."""
    lines = [[line for line in text.splitlines() if line.strip()] for text in (old, new)]
    return 1.0 if old == new else SequenceMatcher(None, *lines, autojunk=False).quick_ratio()


def is_similar(old: bytes, new: bytes) -> bool:
    return similarity(old, new) >= THRESHOLD
