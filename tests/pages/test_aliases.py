"""An alias shows its original: it names it as canonical, and lists have the original alone."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from taggit.models import Tag

from blog.models import Entry
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """An original and its alias of each kind of page, by kind."""
    post = builders.post(title="Tides", slug="tides", tags=["sea"], categories=["Water"], skills=["Sounding"])
    role = builders.role(title="Keeper", slug="keeper", role="Keeper", skills=["Sounding"])
    plain = builders.standard_page(title="About", slug="about")
    return {page: page.create_alias(update_slug=f"{page.slug}-too") for page in (post, role, plain)}


def test_the_canonical_address_is_the_originals(client, pages):
    for original, alias in pages.items():
        soup = BeautifulSoup(client.get(alias.url).content, "html.parser")
        assert soup.select_one("link[rel=canonical]")["href"] == original.full_url
        assert soup.select_one("meta[property='og:url']")["content"] == original.full_url
        own = BeautifulSoup(client.get(original.url).content, "html.parser")
        assert own.select_one("link[rel=canonical]")["href"] == original.full_url


def test_an_alias_of_an_alias_names_the_first(client, pages):
    for original, alias in pages.items():
        again = alias.specific.create_alias(update_slug=f"{alias.slug}-too")
        soup = BeautifulSoup(client.get(again.url).content, "html.parser")
        assert soup.select_one("link[rel=canonical]")["href"] == original.full_url


@pytest.mark.parametrize(
    "address",
    [
        "/", "/blog/", "/tags/sea/", "/categories/water/", "/skills/sounding/", "/archive/", "/archive/2021/",
        "/search/?q=Tides", "/search/?q=Keeper", "/search/?q=About", "/search/?type=post", "/experience/", "/resume/",
        "/feed/", "/rss.xml", "/feed.json", "/tags/sea/feed/", "/sitemap.xml", "/llms.txt", "/resume.json",
        "/experience.md", "/about-to/",
    ],
)  # fmt: skip
def test_lists_have_the_original_alone(client, pages, address):
    assert Tag.objects.count() == 1
    text = client.get(address).content.decode()
    assert not [alias.slug for alias in pages.values() if f"{alias.slug}/" in text or f"{alias.slug}.md" in text]


def test_an_alias_of_a_private_page_says_nothing_of_it(client, pages):
    original, alias = next(iter(pages.items()))
    builders.make_private(original)
    assert Entry.objects.published().count() == 0
    assert alias.slug not in client.get("/sitemap.xml").content.decode()
    assert client.get(alias.url).status_code == 302
