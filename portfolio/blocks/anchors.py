"""Addresses inside a page (``#what-we-measured``), unique in it."""

from __future__ import annotations

import re

from django.utils.text import slugify

ANCHOR = re.compile(r"[^\s#]+")


def is_anchor(text: str) -> bool:
    """Whether ``text`` may be an element's id: at least one character, no white space, no ``#``."""
    return ANCHOR.fullmatch(text) is not None


def anchor_from(text: str) -> str:
    """An anchor made from ``text``; ``section`` when the text has no letter or digit."""
    return slugify(text, allow_unicode=True) or "section"


class Anchors:
    """Hands out anchors and remembers them: the second ``intro`` becomes ``intro-1``, as kramdown counts."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def reserve(self, anchor: str) -> str:
        """Take an anchor as it was given; a page may well give the same one twice, and that is kept."""
        self.taken.add(anchor)
        return anchor

    def make(self, text: str) -> str:
        """A free anchor made from ``text``."""
        wanted = anchor_from(text)
        anchor, count = wanted, 0
        while anchor in self.taken:
            count += 1
            anchor = f"{wanted}-{count}"
        return self.reserve(anchor)
