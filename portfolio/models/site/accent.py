"""Accent colour: what the style sheet makes of the owner's colour in each scheme, and its contrast with the paper.

The same rules as ``--accent`` of ``site.css``: ``tests/models/test_accent.py`` compares the two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from portfolio.models.site.oklch import Oklch, contrast, from_hex, to_hex, to_linear
from portfolio.models.site.palettes import PAPER, Palette

# WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5

MOST_LIGHTNESS = 0.47  # on light paper
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


def light_accent(owner: Oklch) -> Oklch:
    return Oklch(min(owner.lightness, MOST_LIGHTNESS), owner.chroma, owner.hue)


def dark_accent(owner: Oklch) -> Oklch:
    return Oklch(max(owner.lightness, LEAST_LIGHTNESS), min(owner.chroma, MOST_CHROMA), owner.hue)


def shown_accents(chosen: str, palette: Palette = PAPER) -> list[ShownAccent]:
    """The accent on light and on dark paper; ``chosen`` is # and six hexadecimal digits, or "" for the palette's."""
    owner = from_hex(chosen or palette.accent)
    return [
        ShownAccent(scheme, to_hex(shown), to_hex(paper), contrast(to_linear(shown), to_linear(paper)), shown != owner)
        for scheme, shown, paper in (
            ("light", light_accent(owner), palette.light.paper),
            ("dark", dark_accent(owner), palette.dark.paper),
        )
    ]
