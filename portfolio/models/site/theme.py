"""Theme: what an owner chose of the look (palette, type pairing, accent), as one style sheet besides the site's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.templatetags.static import static

from portfolio.models.site.palettes import Palette, palette_css, palette_named
from portfolio.models.site.typefaces import RANGES, TypePairing, pairing_css, pairing_named


@dataclass(frozen=True, slots=True)
class Theme:
    palette: Palette
    pairing: TypePairing
    accent_colour: str  # the owner's, or ""

    @property
    def accent(self) -> str:
        return self.accent_colour or self.palette.accent

    @property
    def css(self) -> str:
        """Empty when nothing was chosen. The owner's accent stands outside of layers and so wins with every palette."""
        accent = f":root {{ --owner-accent: {self.accent_colour}; }}\n" if self.accent_colour else ""
        return pairing_css(self.pairing, static) + palette_css(self.palette) + accent

    @property
    def version(self) -> str:
        """Changes with the style sheet, which browsers keep for a year; "" when it is empty."""
        return css_version(self)

    @property
    def early_font(self) -> str:
        """The URL of the font that nearly every page needs, to be asked for before the style sheet is here."""
        return static(self.pairing.faces[0].path(RANGES[0][0])) if self.pairing.faces else ""


@lru_cache(maxsize=64)
def css_version(theme: Theme) -> str:
    css = theme.css
    return sha256(css.encode()).hexdigest()[:8] if css else ""


def theme_of(palette: str, typefaces: str, accent_colour: str) -> Theme:
    return Theme(palette_named(palette), pairing_named(typefaces), accent_colour)
