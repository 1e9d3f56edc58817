"""The accent colour is readable in both schemes, whatever the owner chooses."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from portfolio.models.site import accent
from portfolio.models.site.accent import LEAST_CONTRAST, shown_accents
from portfolio.models.site.oklch import contrast, from_hex, to_hex, to_linear
from portfolio.models.site.palettes import palette_named
from tests import builders

CSS = (Path(__file__).parents[2] / "portfolio/static/portfolio/css/site.css").read_text("utf-8")


def test_the_rules_are_those_of_the_style_sheet() -> None:
    light, dark = re.findall(r"oklch\(from var\(--owner-accent\) (.+?)\)(?:,|\n\s+\))", CSS)
    assert light == f"min(l, {accent.MOST_LIGHTNESS}) c h"
    assert dark == f"max(l, {accent.LEAST_LIGHTNESS}) min(c, {accent.MOST_CHROMA}) h"


def test_every_colour_is_readable_in_both_schemes() -> None:
    steps = [f"{value:02x}" for value in range(0, 256, 51)]
    for parts in itertools.product(steps, repeat=3):
        colour = "#" + "".join(parts)
        assert all(shown.ratio >= LEAST_CONTRAST for shown in shown_accents(colour)), colour


def test_a_readable_colour_is_shown_as_it_is() -> None:
    light, dark = shown_accents("#064e53")
    assert (light.colour, light.is_adjusted) == ("#064e53", False)
    assert dark.is_adjusted
    assert contrast(to_linear(from_hex("#000000")), to_linear(from_hex("#ffffff"))) == pytest.approx(21, abs=0.01)
    assert to_hex(from_hex("#c0ffee")) == "#c0ffee"


@pytest.mark.django_db
def test_an_administrator_sees_how_pages_show_a_colour(client: Client) -> None:
    client.force_login(builders.user(is_superuser=True))
    html = client.get(reverse("accent_contrast"), {"colour": "#ffee00"}).content.decode()
    assert "made darker" in html
    assert "contrast" in html
    on_slate = client.get(reverse("accent_contrast"), {"colour": "", "palette": "slate"}).content.decode()
    assert f'fill="{palette_named("slate").dark_paper}"' in on_slate
    assert client.get(reverse("accent_contrast"), {"colour": "#ffee00;}"}).status_code == 400
