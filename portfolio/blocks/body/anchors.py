"""Anchors: ids of elements inside a page (``#what-we-measured``), unique in it."""

from __future__ import annotations

import re

from django.utils.text import slugify

ANCHOR = re.compile(r"[^\s#]+")


def is_anchor(text: str) -> bool:
    """Whether ``text`` may be an element's id: at least one character, no white space, no ``#``."""
    return ANCHOR.fullmatch(text) is not None


def anchor_from(text: str) -> str:
    """Return an anchor for ``text``; ``section`` if the text has no letter or digit."""
    return slugify(text, allow_unicode=True) or "section"


class Anchors:
    """Generate unique anchors: the second ``intro`` becomes ``intro-1``, as in kramdown."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def reserve(self, anchor: str) -> str:
        """Register a given anchor as it is; a page may contain the same one twice."""
        self.taken.add(anchor)
        return anchor

    def make(self, text: str) -> str:
        """Return a new unique anchor for ``text``."""
        slug = anchor_from(text)
        anchor, count = slug, 0
        while anchor in self.taken:
            count += 1
            anchor = f"{slug}-{count}"
        return self.reserve(anchor)
