"""Form widgets of the site settings: time zone, colours and typefaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.choices import CallableChoiceIterator
from django.utils.safestring import SafeString

from portfolio.models.site.accent import LEAST_CONTRAST, dark_accent, light_accent, shown_accents
from portfolio.models.site.oklch import HEX, from_hex, to_hex
from portfolio.models.site.palettes import PALETTES, PAPER, Palette
from portfolio.models.site.typefaces import PAIRINGS


class TimeZoneSelect(forms.Select):
    def __init__(self) -> None:
        super().__init__(choices=CallableChoiceIterator(time_zone_choices))


def time_zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in settings.WAGTAIL_USER_TIME_ZONES]


class AccentInput(forms.TextInput):
    """A colour with a picker beside it, and how light and dark pages show it."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        colour = value if isinstance(value, str) and HEX.fullmatch(value) else ""
        context = {
            "field": super().render(name, value, {**(attrs or {}), "data-accent": "", "size": 9}, renderer),
            "colour": colour or PAPER.accent,
            "shown": shown_accents(colour),
            "least": LEAST_CONTRAST,
        }
        return render_to_string("portfolio/admin/set_up/accent.html", context)

    class Media:
        js = (forms.Script("portfolio/admin/accent.js", type="module"),)


class LookSelect(forms.RadioSelect):
    """Radio buttons, each with a picture of what it chooses and a sentence."""

    template: ClassVar[str]

    def looks(self) -> Sequence[Any]:
        """The choices, each with name, label and help text."""
        raise NotImplementedError

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        context = {"name": name, "value": value, "id": (attrs or {}).get("id", name), "looks": self.looks()}
        return render_to_string(self.template, context)

    class Media:
        css: ClassVar = {"all": ["portfolio/admin/look.css"]}


class PaletteSelect(LookSelect):
    template = "portfolio/admin/set_up/palettes.html"

    def looks(self) -> list[tuple[Palette, list[dict[str, str]]]]:
        """The palettes, each with what its two schemes paint, in hexadecimal digits as SVG has them."""
        return [(palette, painted(palette)) for palette in PALETTES]


class TypefaceSelect(LookSelect):
    template = "portfolio/admin/set_up/typefaces.html"

    def looks(self) -> Sequence[Any]:
        return PAIRINGS


def painted(palette: Palette) -> list[dict[str, str]]:
    accent = from_hex(palette.accent)
    return [
        {name.replace("-", "_"): to_hex(colour) for name, colour in {**tones.named(), "accent": shown}.items()}
        for tones, shown in ((palette.light, light_accent(accent)), (palette.dark, dark_accent(accent)))
    ]
