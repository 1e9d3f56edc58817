"""Palettes: paper, ink and greys of the pages in light and in dark, and the accent of an owner who picks none.

The first is the style sheet's own (``--paper`` and the others of ``site.css``), with which a page needs no second
style sheet. ``tests/models/test_palettes.py`` compares the two, and computes every contrast that readers depend on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from portfolio.models.site.oklch import Oklch, to_hex


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one scheme that a palette sets, each a custom property of the style sheet."""

    paper: Oklch
    sunken: Oklch  # behind code
    ink: Oklch
    quiet: Oklch  # dates, captions
    strong_rule: Oklch
    rule: Oklch
    field: Oklch  # the frame of a field
    code_marked: Oklch  # behind lines that are pointed out

    def named(self) -> dict[str, Oklch]:
        """The colours by the names of their custom properties."""
        return {field.name.replace("_", "-"): getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Palette:
    name: str
    label: str
    help_text: str
    accent: str
    light: Tones
    dark: Tones

    @property
    def light_paper(self) -> str:
        return to_hex(self.light.paper)

    @property
    def dark_paper(self) -> str:
        return to_hex(self.dark.paper)


def light_tones(paper: Oklch, chroma: float) -> Tones:
    """Greys of one hue on light paper, as far from it as those of the first palette."""
    _, _, hue = paper
    quiet = Oklch(0.44, chroma, hue)
    return Tones(
        paper=paper,
        sunken=Oklch(paper.lightness - 0.027, paper.chroma * 1.6, hue),
        ink=Oklch(0.23, chroma, hue),
        quiet=quiet,
        strong_rule=quiet,
        rule=Oklch(paper.lightness - 0.126, chroma * 0.8, hue),
        field=Oklch(0.57, chroma, hue),
        code_marked=Oklch(paper.lightness - 0.055, 0.035, hue),
    )


def dark_tones(paper: Oklch, chroma: float) -> Tones:
    _, _, hue = paper
    return Tones(
        paper=paper,
        sunken=Oklch(paper.lightness + 0.04, paper.chroma * 1.15, hue),
        ink=Oklch(0.87, chroma * 0.7, hue),
        quiet=Oklch(0.71, chroma, hue),
        strong_rule=Oklch(0.58, chroma, hue),
        rule=Oklch(paper.lightness + 0.155, chroma, hue),
        field=Oklch(0.58, chroma, hue),
        code_marked=Oklch(paper.lightness + 0.085, 0.024, hue),
    )


PAPER = Palette(
    "paper",
    "Paper",
    "Warm white, and the red of rubrics.",
    "#9b2f1d",
    Tones(
        paper=Oklch(0.986, 0.005, 85),
        sunken=Oklch(0.959, 0.008, 85),
        ink=Oklch(0.23, 0.012, 60),
        quiet=Oklch(0.45, 0.014, 65),
        strong_rule=Oklch(0.45, 0.014, 65),
        rule=Oklch(0.86, 0.01, 80),
        field=Oklch(0.58, 0.014, 70),
        code_marked=Oklch(0.926, 0.035, 85),
    ),
    Tones(
        paper=Oklch(0.185, 0.007, 65),
        sunken=Oklch(0.225, 0.008, 65),
        ink=Oklch(0.87, 0.01, 85),
        quiet=Oklch(0.7, 0.012, 80),
        strong_rule=Oklch(0.58, 0.01, 80),
        rule=Oklch(0.34, 0.009, 70),
        field=Oklch(0.57, 0.012, 75),
        code_marked=Oklch(0.29, 0.022, 80),
    ),
)
HIGH_CONTRAST = Palette(
    "contrast",
    "High contrast",
    "White and black, for eyes that need the difference.",
    "#0b4fb3",
    Tones(
        paper=Oklch(1, 0, 0),
        sunken=Oklch(0.955, 0, 0),
        ink=Oklch(0, 0, 0),
        quiet=Oklch(0.36, 0, 0),
        strong_rule=Oklch(0, 0, 0),
        rule=Oklch(0.7, 0, 0),
        field=Oklch(0.36, 0, 0),
        code_marked=Oklch(0.91, 0.05, 95),
    ),
    Tones(
        paper=Oklch(0, 0, 0),
        sunken=Oklch(0.2, 0, 0),
        ink=Oklch(1, 0, 0),
        quiet=Oklch(0.83, 0, 0),
        strong_rule=Oklch(1, 0, 0),
        rule=Oklch(0.5, 0, 0),
        field=Oklch(0.83, 0, 0),
        code_marked=Oklch(0.3, 0.04, 95),
    ),
)
PALETTES = (
    PAPER,
    Palette(
        "sepia",
        "Sepia",
        "Cream and brown, as in an old paperback.",
        "#7a4a12",
        light_tones(Oklch(0.975, 0.021, 88), 0.028),
        dark_tones(Oklch(0.215, 0.018, 65), 0.026),
    ),
    Palette(
        "slate",
        "Slate",
        "Cool grey, and blue.",
        "#1d5c96",
        light_tones(Oklch(0.984, 0.004, 250), 0.022),
        dark_tones(Oklch(0.2, 0.02, 258), 0.022),
    ),
    Palette(
        "moss",
        "Moss",
        "A breath of green, and the green of leaves.",
        "#2c683a",
        light_tones(Oklch(0.98, 0.01, 140), 0.018),
        dark_tones(Oklch(0.195, 0.015, 155), 0.018),
    ),
    Palette(
        "heather",
        "Heather",
        "Pale violet, and plum.",
        "#7d2f74",
        light_tones(Oklch(0.98, 0.008, 320), 0.02),
        dark_tones(Oklch(0.2, 0.02, 315), 0.02),
    ),
    HIGH_CONTRAST,
)
BY_NAME = {palette.name: palette for palette in PALETTES}
CHOICES = [(palette.name, palette.label) for palette in PALETTES]


def palette_named(name: str) -> Palette:
    """The palette, or the first for a name that this release does not have."""
    return BY_NAME.get(name, PAPER)


def palette_css(palette: Palette) -> str:
    """The custom properties of the palette; "" for the style sheet's own. The layer lets the rules for print win."""
    if palette is PAPER:
        return ""
    dark = palette.dark.named()
    lines = "".join(
        f"--{name}: light-dark({oklch(light)}, {oklch(dark[name])}); " for name, light in palette.light.named().items()
    )
    return f"@layer tokens {{ :root {{ --owner-accent: {palette.accent}; {lines}}} }}\n"


def oklch(colour: Oklch) -> str:
    return f"oklch({colour.lightness * 100:.4g}% {colour.chroma:.3g} {colour.hue:g})"
