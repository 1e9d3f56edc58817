"""The map of all public addresses, and what crawlers are told."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from lxml import etree
from wagtail.models import Page

from blog.models import Series
from tests import builders

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
IMPORTED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _first_pages_of_long_ago():
    Page.objects.update(last_published_at=datetime(2015, 1, 1, tzinfo=UTC))


def mapped(client, path: str = "/sitemap.xml") -> dict[str, str | None]:
    """Each address below the host, with its day."""
    response = client.get(path)
    assert response["Content-Type"] == "application/xml"
    tree = etree.fromstring(response.content)
    assert tree.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    found = {}
    for url in tree.findall("s:url", NAMES):
        address = unquote(url.findtext("s:loc", namespaces=NAMES))
        assert address.startswith("http://testserver/")
        found[address.removeprefix("http://testserver")] = url.findtext("s:lastmod", namespaces=NAMES)
    return found


def test_an_entry_was_changed_when_its_readers_are_told_so(client):
    old = datetime(2019, 5, 6, tzinfo=UTC)
    builders.post(slug="old", date=old, last_published_at=IMPORTED)
    builders.post(slug="renewed", date=old, updated=datetime(2020, 7, 8, tzinfo=UTC), last_published_at=IMPORTED)
    builders.standard_page(slug="about", last_published_at=IMPORTED)
    builders.standard_page(slug="undated")
    found = mapped(client)
    assert (found["/blog/old/"], found["/blog/renewed/"]) == ("2019-05-06", "2020-07-08")
    assert (found["/about/"], found["/undated/"]) == ("2026-11-01", None)


def test_a_list_was_changed_with_the_newest_of_what_it_lists(client):
    series = Series.objects.create(title="Gauges")
    shared = {"tags": ["Maré"], "categories": ["Water"], "skills": ["SQL"], "series": series}
    builders.post(date=datetime(2020, 1, 2, tzinfo=UTC), **shared)
    builders.interview(date=datetime(2018, 1, 2, tzinfo=UTC), updated=datetime(2021, 2, 3, tzinfo=UTC), **shared)
    builders.role(skills=["SQL", "Rust"], last_published_at=IMPORTED)
    found = mapped(client)
    lists = ("/blog/", "/tags/maré/", "/categories/water/", "/series/gauges/")
    assert {found[address] for address in lists} == {"2021-02-03"}
    assert {found[address] for address in ("/", "/experience/", "/skills/sql/", "/skills/rust/")} == {"2026-11-01"}


def test_every_address_answers_and_stands_once(client):
    builders.post(title="Ebb", tags=["Tides"], categories=["潮汐"], skills=["C++"])
    builders.role(skills=["SQL"])
    about = builders.standard_page(title="About")
    about.add_child(instance=type(about)(title="Colophon"))
    found = mapped(client)
    assert {"/", "/blog/ebb/", "/about/colophon/", "/categories/潮汐/"} <= set(found)
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(found, 200)
    assert client.get("/sitemap.xml").content.count(b"<loc>") == len(found)


def test_the_map_needs_as_many_queries_for_many_pages(count_queries):
    builders.post(tags=["a"])
    builders.role()
    few = count_queries("/sitemap.xml")
    for number in range(10):
        builders.post(tags=[f"tag {number}"], skills=[f"skill {number}"])
        builders.role()
    assert count_queries("/sitemap.xml") == few


def test_a_map_of_very_many_addresses_is_an_index_of_parts(client, monkeypatch):
    for number in range(7):
        builders.post(title=f"Ebb {number}", tags=["tides"])
    whole = mapped(client)
    monkeypatch.setattr("portfolio.discovery.sitemap.SitemapSection.limit", 5)
    index = etree.fromstring(client.get("/sitemap.xml").content)
    assert index.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    parts = [part.removeprefix("http://testserver") for part in index.xpath("//s:loc/text()", namespaces=NAMES)]
    assert "/sitemap-pages.xml?p=2" in parts
    in_parts = [mapped(client, part) for part in parts]
    assert max(map(len, in_parts)) == 5
    assert sum(map(len, in_parts)) == len(whole)
    assert {address: day for part in in_parts for address, day in part.items()} == whole
    assert client.get("/sitemap-pages.xml?p=9").status_code == 404


def test_an_old_entry_that_is_new_here_makes_a_new_map(client):
    builders.post(date=datetime(2023, 1, 1, tzinfo=UTC), last_published_at=datetime(2024, 1, 1, tzinfo=UTC))
    first = client.get("/sitemap.xml")
    builders.post(date=datetime(2001, 1, 1, tzinfo=UTC), last_published_at=datetime(2024, 1, 2, tzinfo=UTC))
    assert client.get("/sitemap.xml", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_crawlers_may_read_everything_but_admin_and_searches(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/?",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_pages_name_their_translations(client):
    builders.post(slug="tides", language="en", translation_group="tides")
    builders.post(slug="mareas", language="es", translation_group="tides")
    builders.post(slug="gezeiten", language="de", translation_group="tides", out_of_sitemap=True)
    builders.post(slug="alone", language="es", translation_group="alone")
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    links = {
        url.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href")
            for link in url.findall("{http://www.w3.org/1999/xhtml}link")
        }
        for url in tree.findall("s:url", NAMES)
    }  # fmt: skip
    both = {"en": "http://testserver/blog/tides/", "es": "http://testserver/blog/mareas/"}
    assert {address: found for address, found in links.items() if found} == dict.fromkeys(both.values(), both)
