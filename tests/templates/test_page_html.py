"""What every page of the site promises to browsers, readers' tools and the Content-Security-Policy."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests import builders

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# A script is a file of its own, with nothing between its tags; JSON-LD is data.
SCRIPT = r"<script(?! type=\"application/ld\+json\")(?![^>]*\ssrc=[^>]*></script>)"
INLINE = re.compile(rf"<style|\sstyle=|\son[a-z]+=|{SCRIPT}", re.IGNORECASE)


def soup(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "lxml")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_templates_are_short_and_carry_no_inline_code(template: Path):
    text = template.read_text(encoding="utf-8")
    assert not INLINE.search(text)
    assert not re.search(r"\|\s*safe(seq)?\b", text)  # the filter |safe_href is another
    assert len(text.splitlines()) <= 60


@pytest.mark.django_db
def test_a_post_is_an_entry_of_its_day(client):
    page = builders.post(title="Slack water", date=datetime(2021, 5, 4, 23, 30, tzinfo=UTC), categories=["Tides"])
    entry = soup(client, page.url).select_one("main article.h-entry")
    assert entry.select_one(".p-name").get_text(strip=True) == "Slack water"
    assert entry.select_one("time.dt-published")["datetime"] == "2021-05-04T23:30:00+00:00"
    assert entry.select_one(".p-category").get_text(strip=True) == "Tides"
    assert entry.select_one(".u-url")["href"] == page.full_url


@pytest.mark.django_db
def test_the_body_holds_nothing_but_the_body(client):
    page = builders.post(tags=["tides"], skills=["Python"], body=[("text", "<p>The gauge stood dry.</p>")])
    body = soup(client, page.url).select_one(".e-content[data-article-body]")
    assert body.get_text(strip=True) == "The gauge stood dry."


@pytest.mark.django_db
def test_a_page_names_its_address_its_language_and_the_way_past_the_navigation(client):
    page = builders.post()
    html = soup(client, page.url)
    assert html.select_one('link[rel="canonical"]')["href"] == page.full_url
    assert html.html["lang"] == "en"
    assert html.select_one("body > a")["href"] == f"#{html.main['id']}"


@pytest.mark.django_db
def test_an_entry_printed_elsewhere_first_prefers_that_address(client):
    page = builders.post(canonical_url="https://quayside.example/slack-water")
    html = soup(client, page.url)
    assert html.select_one('link[rel="canonical"]')["href"] == page.canonical_url
    assert html.select_one('meta[property="og:url"]')["content"] == page.full_url


@pytest.mark.django_db
def test_later_pages_of_the_list_have_an_address_of_their_own(client):
    for _ in range(21):
        builders.post()
    address = builders.blog_index().url
    assert soup(client, f"{address}?page=2").select_one('link[rel="canonical"]')["href"].endswith(f"{address}?page=2")
    assert soup(client, address).select_one('link[rel="canonical"]')["href"].endswith(address)


@pytest.mark.django_db
def test_nothing_on_a_page_is_loaded_from_elsewhere(client):
    page = builders.post(body=[("embed", {"url": "https://youtu.be/abcdefghijk", "title": "", "caption": ""})])
    html = soup(client, page.url)
    loaded = [
        tag.get("src") or tag.get("href") for tag in html.select("img, script, iframe, source, link[rel=stylesheet]")
    ]
    assert all(address.startswith("/") for address in loaded if address)


@pytest.mark.django_db
def test_a_page_behind_a_password_asks_for_it_in_the_site_s_own_dress(client):
    page = builders.standard_page(title="For the family")
    page.view_restrictions.create(restriction_type="password", password="springtide")
    html = soup(client, page.url)
    assert html.select_one("form.door input[type=password]")
    assert "For the family" not in html.get_text()
