"""Every palette can be read in both schemes, and with every accent that an owner may pick."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import pytest

from portfolio.models.site.accent import LEAST_CONTRAST, dark_accent, light_accent
from portfolio.models.site.oklch import Oklch, contrast, from_hex, to_linear
from portfolio.models.site.palettes import PALETTES, PAPER, Palette, Tones, palette_css

CSS = (Path(__file__).parents[2] / "portfolio/static/portfolio/css/site.css").read_text("utf-8")
PAIR = re.compile(r"--(?P<name>[\w-]+): light-dark\(oklch\((?P<light>[^)]+)\), oklch\((?P<dark>[^)]+)\)\);")
LEAST_OF_CONTROLS = 3  # WCAG 2.2, success criterion 1.4.11


def colour(text: str) -> Oklch:
    lightness, chroma, hue = text.split()
    return Oklch(float(lightness.rstrip("%")) / 100, float(chroma), float(hue))


def properties(css: str) -> dict[str, tuple[Oklch, Oklch]]:
    return {match["name"]: (colour(match["light"]), colour(match["dark"])) for match in PAIR.finditer(css)}


def mixed(colour: Oklch, share: float, other: Oklch) -> Oklch:
    """``color-mix(in oklab, …)``."""

    def plane(value: Oklch) -> tuple[float, float, float]:
        angle = math.radians(value.hue)
        return value.lightness, value.chroma * math.cos(angle), value.chroma * math.sin(angle)

    lightness, a, b = (share * one + (1 - share) * two for one, two in zip(plane(colour), plane(other), strict=True))
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def test_the_first_palette_is_that_of_the_style_sheet() -> None:
    sheet = properties(CSS)
    assert palette_css(PAPER) == ""
    assert f"--owner-accent: {PAPER.accent};" in CSS
    for scheme, tones in enumerate((PAPER.light, PAPER.dark)):
        for name, meant in tones.named().items():
            assert sheet[name][scheme] == pytest.approx(meant), name


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_a_palette_can_be_read_in_both_schemes(palette: Palette) -> None:
    for scheme, tones, accent in schemes(palette):
        surfaces = {"paper": tones.paper, "sunken": tones.sunken, "tint": mixed(accent, 0.09, tones.paper)}
        selected = mixed(accent, 0.25, tones.paper)
        texts = {"ink": tones.ink, "quiet": tones.quiet, "accent": accent}
        inks = {name: pair[scheme] for name, pair in properties(CSS).items() if name in CODE_INKS}
        inks["ink"] = tones.ink
        behind = {"marked": tones.code_marked, "sunken": tones.sunken, **DIFFERENCES[scheme]}
        pairs = [*itertools.product(texts.items(), surfaces.items()), *itertools.product(inks.items(), behind.items())]
        pairs += [(("paper", tones.paper), ("button", button)) for button in (tones.ink, accent)]
        pairs += [(("ink", tones.ink), ("selection", selected))]
        for (text_name, text), (surface_name, surface) in pairs:
            ratio = contrast(to_linear(text), to_linear(surface))
            assert ratio >= LEAST_CONTRAST, f"{text_name} on {surface_name}, scheme {scheme}: {ratio:.2f}"
        assert contrast(to_linear(tones.field), to_linear(tones.paper)) >= LEAST_OF_CONTROLS


CODE_INKS = {f"code-{name}" for name in ("keyword", "string", "number", "name", "type", "tag", "comment")}
DIFFERENCES = [
    {name: properties(CSS)[f"code-{name}"][scheme] for name in ("added", "removed")} for scheme in (0, 1)
]  # fmt: skip


def schemes(palette: Palette, chosen: str = "") -> list[tuple[int, Tones, Oklch]]:
    accent = from_hex(chosen or palette.accent)
    return [(0, palette.light, light_accent(accent)), (1, palette.dark, dark_accent(accent))]


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_links_in_any_accent_can_be_read(palette: Palette) -> None:
    steps = [f"{value:02x}" for value in range(0, 256, 51)]
    for parts in itertools.product(steps, repeat=3):
        for scheme, tones, accent in schemes(palette, "#" + "".join(parts)):
            for surface in (tones.paper, tones.sunken, mixed(accent, 0.09, tones.paper)):
                assert contrast(to_linear(accent), to_linear(surface)) >= LEAST_CONTRAST, (parts, scheme)


def test_the_style_sheet_of_a_palette_sets_what_the_palette_has() -> None:
    for palette in PALETTES[1:]:
        sheet = properties(palette_css(palette))
        for scheme, tones in enumerate((palette.light, palette.dark)):
            for name, meant in tones.named().items():
                assert sheet[name][scheme] == pytest.approx(meant, abs=0.001), (palette.name, name)
