"""Feeds: what every reader program asks of them, and what is in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from lxml import etree

from blog.models import Series
from portfolio.discovery.feeds.content import absolute
from portfolio.models import Person, SiteSettings
from tests import builders

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "json_feed.json").read_text(encoding="utf-8"))
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
PLACES = ["/", "/tags/tides/", "/categories/water/", "/series/gauges/", "/skills/python/"]
ATOM, RSS, JSON = ("feed/", "feed.xml"), ("rss.xml",), ("feed.json",)


def places(files: tuple[str, ...]) -> list[str]:
    return [f"{place}{file}" for place in PLACES for file in files]


def atom(client, address: str = "/feed.xml") -> etree._Element:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def rss(client, address: str = "/rss.xml") -> etree._Element:
    response = client.get(address)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return etree.fromstring(response.content)


def json_feed(client, address: str = "/feed.json") -> dict:
    response = client.get(address)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return response.json()


def texts(element: etree._Element, path: str) -> list[str]:
    return [found if isinstance(found, str) else found.text for found in element.xpath(path, namespaces=NAMES)]


def content_of(client) -> BeautifulSoup:
    """The text of the only entry, once it is known that all three formats give the same."""
    (html,) = texts(atom(client), "//a:entry/a:content[@type='html']")
    assert texts(rss(client), "//item/content:encoded") == [html]
    assert [item["content_html"] for item in json_feed(client)["items"]] == [html]
    return BeautifulSoup(html, "html.parser")


def sorted_post(**fields):
    series = Series.objects.get_or_create(slug="gauges", defaults={"title": "Gauges"})[0]
    shared = {"tags": ["Tides"], "categories": ["Water"], "skills": ["Python"], "series": series}
    return builders.post(**{**shared, **fields})


@pytest.fixture
def owner():
    site = builders.home().sites_rooted_here.get()
    return SiteSettings.objects.update_or_create(
        site=site, defaults={"owner_name": "Mara Lindqvist", "headline": "Reads the tide.", "language_code": "en"}
    )[0]


@pytest.mark.parametrize("address", places(ATOM))
def test_atom_has_what_rfc_4287_asks_for(address, client, owner):
    sorted_post(summary="<p>Low &amp; high.</p>")
    feed = atom(client, address)
    assert feed.tag == f"{{{NAMES['a']}}}feed"
    for required in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert len(texts(feed, required)) == 1, required
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=NAMES) == [f"http://testserver{address}"]
    place = address.removesuffix("feed/").removesuffix("feed.xml")
    assert feed.xpath("a:link[@rel='alternate']/@href", namespaces=NAMES) == [f"http://testserver{place}"]
    (entry,) = feed.xpath("a:entry", namespaces=NAMES)
    for required in ("a:id", "a:title", "a:updated", "a:published", "a:content", "a:author/a:name", "a:summary"):
        assert len(texts(entry, required)) == 1, required
    assert texts(entry, "a:summary[@type='html']") == ["Low &amp; high."]


@pytest.mark.parametrize("address", places(RSS))
def test_rss_has_what_its_specification_asks_for(address, client, owner):
    page = sorted_post()
    feed = rss(client, address)
    assert (feed.tag, feed.get("version")) == ("rss", "2.0")
    for required in ("title", "link", "description", "lastBuildDate", "language"):
        assert all(texts(feed, f"channel/{required}")), required
    assert feed.xpath("channel/a:link[@rel='self']/@href", namespaces=NAMES) == [f"http://testserver{address}"]
    assert texts(feed, "//item/guid[@isPermaLink='false']") == [f"urn:uuid:{page.translation_key}"]
    assert texts(feed, "//item/link") == [f"http://testserver{page.url}"]
    assert texts(feed, "//item/dc:creator") == ["Mara Lindqvist"]
    assert "The gauge stood dry at noon." in texts(feed, "//item/content:encoded")[0]


@pytest.mark.parametrize("address", places(JSON))
def test_json_feed_validates(address, client, owner):
    sorted_post(summary="<p>Low.</p>", canonical_url="https://example.org/first/", cover=builders.picture())
    builders.interview()
    feed = json_feed(client, address)
    jsonschema.validate(feed, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert feed["feed_url"] == f"http://testserver{address}"
    assert feed["items"][-1]["external_url"] == "https://example.org/first/"


def test_feeds_tell_the_same_of_each_entry(client, owner):
    person = Person.objects.create(name="Ilse Haverkamp", url="https://example.org/ilse/")
    page = builders.post(
        title="Springs & neaps <1>",
        tags=["Tides", "Water"],
        categories=["Water"],
        authors=[person, Person.objects.create(name="Jo Brackwater")],
        date=datetime(2024, 2, 3, 4, 5, tzinfo=UTC),
        updated=datetime(2024, 3, 4, 5, 6, tzinfo=UTC),
    )
    (entry,) = atom(client).xpath("a:entry", namespaces=NAMES)
    (told,) = rss(client).xpath("//item")
    (item,) = json_feed(client)["items"]
    assert texts(entry, "a:title") == texts(told, "title") == [item["title"]] == ["Springs & neaps <1>"]
    assert texts(entry, "a:id") == texts(told, "guid") == [item["id"]] == [f"urn:uuid:{page.translation_key}"]
    assert texts(entry, "a:published") == [item["date_published"]] == ["2024-02-03T04:05:00+00:00"]
    assert texts(entry, "a:updated") == [item["date_modified"]] == ["2024-03-04T05:06:00+00:00"]
    assert texts(told, "pubDate") == ["Sat, 03 Feb 2024 04:05:00 +0000"]
    assert entry.xpath("a:category/@term", namespaces=NAMES) == texts(told, "category") == ["Tides", "Water"]
    assert item["tags"] == ["Tides", "Water"]
    authors = ["Ilse Haverkamp", "Jo Brackwater"]
    assert texts(entry, "a:author/a:name") == texts(told, "dc:creator") == authors
    assert item["authors"] == [{"name": authors[0], "url": "https://example.org/ilse/"}, {"name": authors[1]}]


def test_an_interview_is_by_who_asked(client, owner):
    builders.interview(interviewer="Ilse Haverkamp")
    assert texts(atom(client), "//a:entry/a:author/a:name") == ["Ilse Haverkamp"]
    assert "What is a tide?" in str(content_of(client))


def test_a_feed_is_as_new_as_its_newest_change(client):
    builders.post(date=datetime(2024, 1, 1, tzinfo=UTC))
    builders.post(date=datetime(2020, 1, 1, tzinfo=UTC), updated=datetime(2024, 5, 5, 12, tzinfo=UTC))
    assert texts(atom(client), "a:updated") == ["2024-05-05T12:00:00+00:00"]


def test_ids_survive_a_new_address_and_title(client):
    page = builders.post(title="Before")
    before = json_feed(client)["items"][0]
    page.title, page.slug = "After", "after"
    page.save_revision().publish()
    after = json_feed(client)["items"][0]
    assert (after["title"], after["url"]) == ("After", "http://testserver/blog/after/")
    assert after["id"] == before["id"]


def test_the_twenty_newest_are_given_newest_first(client):
    for number in range(22):
        builders.post(title=f"Post {number:02}", date=datetime(2020, 1, 1 + number, tzinfo=UTC))
    titles = [item["title"] for item in json_feed(client)["items"]]
    assert titles == [f"Post {number:02}" for number in range(21, 1, -1)]


@pytest.mark.parametrize("place", PLACES[1:])
def test_a_list_has_only_its_own_entries(place, client, owner):
    sorted_post(title="Mine")
    builders.post(title="Other", tags=["elsewhere"])
    feed = json_feed(client, f"{place}feed.json")
    assert [item["title"] for item in feed["items"]] == ["Mine"]
    assert feed["title"].endswith(" – Mara Lindqvist")
    assert client.get(feed["home_page_url"]).status_code == 200


@pytest.mark.parametrize("kind", ["tags", "categories", "series", "skills"])
def test_nothing_is_fed_of_what_is_not_there(kind, client):
    assert client.get(f"/{kind}/none/feed.xml").status_code == 404


def test_feeds_without_entries_or_owner_are_valid_and_do_not_change(client):
    first = client.get("/feed.xml")
    assert texts(etree.fromstring(first.content), "a:updated") == ["1970-01-01T00:00:00+00:00"]
    assert texts(etree.fromstring(first.content), "a:author/a:name") == ["testserver"]
    assert client.get("/feed.xml")["ETag"] == first["ETag"]
    jsonschema.validate(json_feed(client), SCHEMA, format_checker=jsonschema.FormatChecker())
    assert texts(rss(client), "//item") == []


def test_addresses_in_the_text_are_absolute(client):
    addresses = ["/about/", "#note", "mailto:a@b.example"]
    link = f"<p>{''.join(f'<a href={address}>a</a>' for address in addresses)}</p>"
    page = builders.post(
        slug="gauge", body=[("html", {"source": link}), ("image", {"image": image(), "caption": "<p>Low water</p>"})]
    )
    soup = content_of(client)
    assert [a["href"] for a in soup.select("p > a")] == [
        "http://testserver/about/",
        f"http://testserver{page.url}#note",
        "mailto:a@b.example",
    ]
    (picture,) = soup.find_all("img")
    assert picture["src"].startswith("http://testserver/media/")
    assert not soup.select("picture, source, [srcset], [sizes]")
    assert "Low water" in soup.get_text()


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<a href="../sea/?a=1&amp;b=2">x</a>', '<a href="https://a.example/blog/sea/?a=1&amp;b=2">x</a>'),
        ('<video poster="/p.jpg" src="v.mp4"></video>', '<video poster="https://a.example/p.jpg" src="https://a.example/blog/post/v.mp4"></video>'),
        ('<a href="http://[">x</a>', "<a>x</a>"),
        ('<picture><source srcset="/a.webp"><img src="/a.png" srcset="/a.png 2x" sizes="1px"></picture>', '<img src="https://a.example/a.png"/>'),
        ("<picture></picture><button>Copy</button>a", "a"),
        ("<template><math><mi>x</mi></math></template><code>x</code>", "<code>x</code>"),
        ('<pre><code><span class="k">if</span> a &lt; b</code></pre>', "<pre><code>if a &lt; b</code></pre>"),
    ],
)  # fmt: skip
def test_html_is_made_to_stand_alone(html, shown):
    assert absolute(html, "https://a.example/blog/post/") == shown


def test_a_cover_comes_first(client):
    builders.post(cover=builders.picture())
    first = next(content_of(client).children)
    assert first.name == "img"
    assert urlsplit(first["src"]).netloc == "testserver"


def test_frames_become_plain_links(client):
    video = {
        "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        "title": "Spring <tide>",
        "caption": "<p>Two minutes.</p>",
    }
    builders.post(body=[("embed", video), ("text", "<p>After.</p>")])
    soup = content_of(client)
    assert not soup.select("iframe, figure")
    (link,) = soup.select("a")
    assert (link["href"], link.get_text()) == (video["url"], "Spring <tide>")
    assert "Two minutes." in soup.get_text()


def test_kept_markdown_is_rendered_as_on_its_page(client):
    kept = {"source": "Term\n: Meaning, with a note.[^1]\n\n[^1]: Said twice.\n", "flavour": "kramdown"}
    page = builders.post(body=[("heading", {"text": "Words", "level": "2"}), ("markdown", kept)])
    soup = content_of(client)
    assert soup.dd.get_text(strip=True).startswith("Meaning, with a note.")
    assert "Said twice." in soup.get_text()
    assert all(a["href"].startswith(f"http://testserver{page.url}#") for a in soup.select("a"))
    assert not soup.select(".heading-anchor")


def test_what_xml_cannot_hold_is_left_out(client):
    builders.post(
        title="One\x0b two",
        summary="<p>Three\x1f</p>",
        body=[("code", {"code": "a\x01b\x0cc", "language": "", "highlight": ""})],
    )
    assert texts(atom(client), "//a:entry/a:title") == ["One two"]
    assert "abc" in content_of(client).get_text()


def test_an_edited_text_is_in_the_feed_at_once(client):
    page = builders.post()
    content_of(client)
    page.body = [("text", "<p>The gauge was repaired.</p>")]
    page.save()
    assert content_of(client).get_text(strip=True) == "The gauge was repaired."


def test_pages_tell_where_the_feeds_are(client, owner):
    sorted_post()
    for place in PLACES:
        head = BeautifulSoup(client.get(place).content, "html.parser").head
        found = {(link["type"], link["href"]) for link in head.select("link[rel=alternate]")}
        for start in {"/", place}:
            wanted = {("application/atom+xml", f"{start}feed/"), ("application/feed+json", f"{start}feed.json")}
            assert wanted <= found, place


@pytest.mark.parametrize("address", ["/feed/", "/feed.xml", "/rss.xml", "/feed.json", "/sitemap.xml"])
def test_what_has_not_changed_is_not_sent_again(address, client, django_capture_on_commit_callbacks):
    page = builders.post()
    first = client.get(address)
    assert set(first["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert "Cookie" not in first.get("Vary", "")
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    page.updated = datetime(2030, 1, 1, tzinfo=UTC)
    connection.run_on_commit.clear()  # as after a commit, which no test makes
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def image(alt: str = "A gauge"):
    picture = builders.picture()
    picture.contextual_alt_text, picture.decorative = alt, not alt
    return picture


# Whole site: site, settings, entries, names. A list asks for its tag, category, series or skill first.
def test_feeds_need_five_queries_whatever_is_in_them(count_queries):
    addresses = [f"{place}{file}" for place in PLACES for file in ("feed/", "rss.xml", "feed.json")]
    sorted_post()
    few = {address: count_queries(address) for address in addresses}
    person = Person.objects.create(name="Ilse Haverkamp")
    for number in range(25):
        sorted_post(
            cover=builders.picture(),
            authors=[person],
            tags=["Tides", f"tag {number}"],
            body=[
                ("image", {"image": image("")}),
                ("text", f'<p><a linktype="page" id="{builders.home().pk}">home</a></p>'),
                ("markdown", {"source": "[one](/one/) ![two](/two.png)", "flavour": "kramdown"}),
            ],
        )
    assert {address: count for address in addresses if (count := count_queries(address)) > few[address]} == {}
    assert max(few.values()) <= 5
