"""Form widgets of the site settings: time zone, and accent colour."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.choices import CallableChoiceIterator
from django.utils.safestring import SafeString

from portfolio.models.site.accent import DEFAULT_ACCENT, LEAST_CONTRAST, shown_accents
from portfolio.models.site.oklch import HEX


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
            "colour": colour or DEFAULT_ACCENT,
            "shown": shown_accents(colour),
            "least": LEAST_CONTRAST,
        }
        return render_to_string("portfolio/admin/set_up/accent.html", context)

    class Media:
        js = (forms.Script("portfolio/admin/accent.js", type="module"),)
