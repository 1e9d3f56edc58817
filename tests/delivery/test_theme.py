"""The owner's colour, and the page for addresses that lead nowhere."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Site

from blog.models import BlogIndexPage, BlogPage
from portfolio.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_the_accent_is_a_stylesheet_of_one_rule_that_every_page_links(client: Client) -> None:
    assert "theme.css" not in client.get("/").content.decode()
    settings = SiteSettings.for_site(Site.objects.get())
    settings.accent_colour = "#0b6e75"
    settings.save()
    assert 'href="/theme.css?0b6e75"' in client.get("/").content.decode()
    response = client.get("/theme.css")
    assert response.content.decode() == ":root { --owner-accent: #0b6e75; }\n"
    assert response.headers["Content-Type"].startswith("text/css")


def test_an_address_that_leads_nowhere_offers_search_and_the_newest_writing(client: Client) -> None:
    BlogIndexPage.objects.get().add_child(instance=BlogPage(title="Tides", slug="tides"))
    BlogIndexPage.objects.get().add_child(instance=BlogPage(title="Canary", slug="canary", live=False))
    response = client.get("/nothing/here/")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'action="/search/"' in html
    assert "Tides" in html
    assert "Canary" not in html
