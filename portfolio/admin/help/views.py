"""Views of the guide, for every user of the admin."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from portfolio.admin.help.pages import PICTURES, pages
from portfolio.delivery.release import version


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    context = {"pages": pages(), "version": version(), "page_title": "Guide", "header_icon": "help"}
    return render(request, "portfolio/admin/help/index.html", context)


@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    everything = pages()
    place = next((place for place, one in enumerate(everything) if one.name == name), None)
    if place is None:
        raise Http404("no such page of the guide")
    context = {
        "html": mark_safe(everything[place].html()),  # noqa: S308 - sanitised
        "after": everything[place + 1] if place + 1 < len(everything) else None,
        "page_title": everything[place].title,
        "header_icon": "help",
    }
    return render(request, "portfolio/admin/help/page.html", context)


@require_GET
def picture(request: HttpRequest, name: str) -> FileResponse:
    place = PICTURES / f"{name}.webp"  # the address allows letters, digits and hyphens only
    if not place.is_file():
        raise Http404("no such picture")
    return FileResponse(place.open("rb"), content_type="image/webp")
