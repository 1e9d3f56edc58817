"""Accent colour: what the style sheet makes of the owner's colour in each scheme, and its contrast with the paper.

The same rules as ``--accent`` and ``--paper`` of ``site.css``: ``tests/models/test_accent.py`` compares the two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from portfolio.models.site.oklch import Oklch, contrast, from_hex, to_hex, to_linear

# The style sheet's own accent.
DEFAULT_ACCENT = "#9b2f1d"
# WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5

LIGHT_PAPER = Oklch(0.986, 0.005, 85)
DARK_PAPER = Oklch(0.185, 0.007, 65)
MOST_LIGHTNESS = 0.48  # on light paper
LEAST_LIGHTNESS = 0.78  # on dark paper
MOST_CHROMA = 0.105  # on dark paper


@dataclass(frozen=True, slots=True)
class ShownAccent:
    """The accent as one scheme shows it."""

    scheme: str
    colour: str
    paper: str
    ratio: float
    is_adjusted: bool

    @property
    def ratio_text(self) -> str:
        """Rounded down, so that 4.49 never reads as 4.5."""
        return f"{math.floor(self.ratio * 10) / 10:.1f}"


def shown_accents(chosen: str) -> list[ShownAccent]:
    """The accent on light and on dark paper; ``chosen`` is # and six hexadecimal digits."""
    owner = from_hex(chosen or DEFAULT_ACCENT)
    light = Oklch(min(owner.lightness, MOST_LIGHTNESS), owner.chroma, owner.hue)
    dark = Oklch(max(owner.lightness, LEAST_LIGHTNESS), min(owner.chroma, MOST_CHROMA), owner.hue)
    return [
        ShownAccent(scheme, to_hex(shown), to_hex(paper), contrast(to_linear(shown), to_linear(paper)), shown != owner)
        for scheme, shown, paper in (("light", light, LIGHT_PAPER), ("dark", dark, DARK_PAPER))
    ]
