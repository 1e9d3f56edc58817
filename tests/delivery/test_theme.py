"""The look that the owner chose, and the page for addresses that lead nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from wagtail.models import Site

from blog.models import BlogIndexPage, BlogPage
from portfolio.models import SiteSettings
from portfolio.models.site.palettes import palette_css, palette_named
from portfolio.models.site.typefaces import PAIRINGS, RANGES

MOST_BYTES_OF_A_FONT = 60_000

pytestmark = pytest.mark.django_db


def change(**values: str) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    for name, value in values.items():
        setattr(settings, name, value)
    settings.full_clean()
    settings.save()


def address(client: Client) -> str:
    """The address of the theme on the front page, "" if there is none."""
    match = re.search(r'href="(/theme\.css\?[0-9a-f]{8})"', client.get("/").content.decode())
    return match[1] if match else ""


def test_the_accent_is_a_stylesheet_of_one_rule_that_every_page_links(client: Client) -> None:
    assert "theme.css" not in client.get("/").content.decode()
    assert client.get("/theme.css").content == b""
    change(accent_colour="#0b6e75")
    first = address(client)
    response = client.get(first)
    assert response.content.decode() == ":root { --owner-accent: #0b6e75; }\n"
    assert response.headers["Content-Type"].startswith("text/css")
    change(accent_colour="#0b6e76")
    assert address(client) != first


def test_a_palette_and_typefaces_come_in_the_same_style_sheet(client: Client) -> None:
    change(palette="slate", typefaces="editorial", accent_colour="#0b6e75")
    html = client.get("/").content.decode()
    css = client.get(address(client)).content.decode()
    slate = palette_named("slate")
    assert f'content="{slate.dark_paper}" media="(prefers-color-scheme: dark)"' in html
    assert palette_css(slate) in css
    assert css.endswith(":root { --owner-accent: #0b6e75; }\n"), "the owner's accent wins"
    fonts = re.findall(r'url\("/static/([^"]+)"\)', css)
    assert len(fonts) == 6
    assert all(finders.find(font) for font in fonts)
    assert f'<link rel="preload" href="/static/{fonts[0]}"' in html
    assert client.get("/site.webmanifest").json()["theme_color"] == slate.light_paper


def test_a_palette_of_another_release_is_the_first(client: Client) -> None:
    SiteSettings.objects.filter(pk=SiteSettings.for_site(Site.objects.get()).pk).update(palette="ochre", typefaces="x")
    assert address(client) == ""


def test_every_self_hosted_face_is_there_with_its_licence() -> None:
    for face in {face for pairing in PAIRINGS for face in pairing.faces}:
        for letters, _ in RANGES:
            size = Path(finders.find(face.path(letters))).stat().st_size
            assert size < MOST_BYTES_OF_A_FONT, face
    for licence in ("serif-and-sans-licence.txt", "inter-licence.txt"):
        assert "SIL OPEN FONT LICENSE" in Path(finders.find(f"portfolio/fonts/{licence}")).read_text("utf-8").upper()


def test_an_address_that_leads_nowhere_offers_search_and_the_newest_writing(client: Client) -> None:
    BlogIndexPage.objects.get().add_child(instance=BlogPage(title="Tides", slug="tides"))
    BlogIndexPage.objects.get().add_child(instance=BlogPage(title="Canary", slug="canary", live=False))
    response = client.get("/nothing/here/")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'action="/search/"' in html
    assert "Tides" in html
    assert "Canary" not in html
