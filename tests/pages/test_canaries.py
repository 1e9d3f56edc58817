"""Words of pages that are not for everybody are in nothing that programs read, and on no list of the whole site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from blog.models import Series
from tests import builders

pytestmark = pytest.mark.django_db

WORD = "Wharfling"
DAY = datetime(2021, 6, 1, tzinfo=UTC)
FEEDS = ("feed/", "feed.xml", "rss.xml", "feed.json")
LISTS = ("tags/shared/", "categories/shared/", "series/shared/", "skills/shared/")
ADDRESSES = [
    *(f"/{place}{feed}" for place in ("", *LISTS) for feed in FEEDS),
    *(f"/{place}" for place in ("series/shared/", "archive/", "archive/2021/", "archive/2021/06/", "experience.md")),
    *("/resume/", "/resume.json"),
    *(f"/{file}" for file in ("sitemap.xml", "robots.txt", "llms.txt", "opensearch.xml", "site.webmanifest")),
]
# What says nothing of any page.
QUIET = ("robots.txt", "opensearch.xml", "site.webmanifest")
STATES = ["draft", "private", "below a private page", "scheduled", "expired", "unpublished"]


def shared() -> dict:
    series = Series.objects.get_or_create(title="Shared", slug="shared")[0]
    return {"tags": ["shared"], "categories": ["shared"], "skills": ["shared"], "series": series, "date": DAY}


def hidden(kind: str, state: str) -> Page:
    """A page of that kind full of the word, in a state in which nobody may see it."""
    words = {"title": f"{WORD} title", "summary": f"<p>{WORD} summary</p>", "search_description": f"{WORD} again"}
    words["body"] = [("text", f"<p>{WORD} body</p>")]
    words["live"] = state not in ("draft", "scheduled")
    if kind in ("post", "interview"):
        own = {**shared(), "series": Series.objects.get_or_create(title=f"{WORD} series")[0]}
        own |= {name: ["shared", f"{WORD} {name}"] for name in ("tags", "categories", "skills")}
        page = getattr(builders, kind)(**words, **own)
    elif kind == "role":
        works = builders.organisation(f"{WORD} works")
        page = builders.role(**words, organisation=works, role=f"{WORD} role", skills=["shared", f"{WORD} skills"])
    else:
        page = builders.standard_page(**words)
    if state == "private":
        builders.make_private(page)
    elif state == "below a private page":
        builders.make_private(page.get_parent())
    elif state == "scheduled":
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
    elif state == "expired":
        page.expire_at = timezone.now() - timedelta(days=1)
        page.save()
        call_command("publish_scheduled")
    elif state == "unpublished":
        page.unpublish()
    return page


def leaks(client, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        if WORD.casefold() in unquote(response.content.decode()).casefold():
            found.append(address)
    return found


@pytest.mark.parametrize("kind", ["post", "interview", "role", "page"])
@pytest.mark.parametrize("state", [state for state in STATES if state != "below a private page"])
def test_a_hidden_page_is_nowhere(kind, state, client):
    builders.post(title="Seen", **shared())
    hidden(kind, state)
    assert leaks(client, ADDRESSES) == []


@pytest.mark.parametrize("kind", ["post", "interview", "role", "page"])
@pytest.mark.parametrize("state", STATES)
def test_a_hidden_page_is_neither_searched_nor_counted_nor_offered(kind, state, client):
    builders.standard_page(title="Seen page")
    if state != "below a private page":
        builders.post(title="Seen", **shared())
    hidden(kind, state)
    found = client.get(f"/search/?q={WORD}")
    assert (found.context["page_obj"].paginator.count, found.context["facets"]) == (0, [])
    chosen = ("type=page", f"type={kind}", "tag=shared", "skill=shared", "category=shared", "year=2021")
    assert leaks(client, [f"/search/?{facet}" for facet in chosen]) == []
    if state != "below a private page":
        assert leaks(client, ["/blog/seen/", "/skills/shared/", "/tags/shared/", "/categories/shared/"]) == []
    nowhere = client.get("/blog/wharfling-titel/")
    assert (nowhere.status_code, nowhere.context["nearest"]) == (404, [])


@pytest.mark.parametrize("kind", ["post", "role", "page"])
def test_a_page_below_a_private_one_is_nowhere(kind, client):
    hidden(kind, "below a private page")
    site_wide = [f"/{feed}" for feed in (*FEEDS, "sitemap.xml", "llms.txt", "archive/")]
    assert leaks(client, site_wide) == []


@pytest.mark.parametrize("state", STATES)
def test_the_words_of_hidden_pages_have_no_lists_and_no_feeds(state, client):
    hidden("post", state)
    for kind in ("tags", "categories", "series", "skills"):
        for file in FEEDS:
            assert client.get(f"/{kind}/wharfling-{kind}/{file}").status_code == 404
    assert client.get("/series/wharfling-series/").status_code == 404
    assert client.get("/archive/2021/").status_code == 404


def test_the_same_words_are_everywhere_once_they_are_published(client):
    words = {"title": f"{WORD} title", "summary": f"<p>{WORD} summary</p>"}
    builders.post(**words, **shared())
    builders.role(**words, role=f"{WORD} role")
    expected = [address for address in ADDRESSES if address.rpartition("/")[2] not in QUIET]
    assert leaks(client, ADDRESSES) == expected
