"""View for the accent colour: how light and dark pages show it, with the contrast of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render

from portfolio.admin.permissions import administrator_get
from portfolio.models.site.accent import shown_accents
from portfolio.models.site.oklch import HEX
from portfolio.models.site.palettes import palette_named


@administrator_get
def accent_contrast(request: HttpRequest) -> HttpResponse:
    """An empty ``colour`` is that of ``palette``, the name of one."""
    colour = request.GET.get("colour", "")
    if colour and HEX.fullmatch(colour) is None:
        return HttpResponseBadRequest("Write a colour as # and six digits.")
    shown = shown_accents(colour, palette_named(request.GET.get("palette", "")))
    return render(request, "portfolio/admin/set_up/accent_shown.html", {"shown": shown})
