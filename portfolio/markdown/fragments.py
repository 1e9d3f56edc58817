"""Fragments: parts of one document that stand on a page between other blocks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page that stands outside the fragments: ``level`` 1-6, its ``id``, its plain ``text``.

    ``fragments_before`` is the number of fragments that stand above it on the page.
    """

    level: int
    id: str
    text: str
    fragments_before: int = 0


@dataclass(frozen=True, slots=True)
class Fragments:
    """``html`` of each fragment, and the list of footnotes of all of them ("" when there are none)."""

    html: tuple[str, ...]
    footnotes: str
