"""Words of pages that are not for everybody are in nothing that programs read, and on no list of the whole site."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.text import slugify
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
OWN_STATES = ["draft", "private", "scheduled", "expired", "unpublished"]
BELOW = "below a private page"
KINDS = ["post", "interview", "role", "page"]
LISTS_OF_WORK = [
    *("/", "/projects/", "/publications/", "/publications.bib", "/talks/", "/talks.ics"),
    *("/projects.md", "/publications.md", "/talks.md"),
]
WORK = ("project", "publication", "talk")
TOLD = re.compile(rf"{WORD}[\w -]{{0,40}}", re.IGNORECASE)


def shared() -> dict:
    series = Series.objects.get_or_create(title="Shared", slug="shared")[0]
    return {"tags": ["shared"], "categories": ["shared"], "skills": ["shared"], "series": series, "date": DAY}


def hidden(kind: str, state: str) -> Page:
    """A page of that kind full of the word, in a state in which nobody may see it. Both stand behind the word."""
    word = f"{WORD} {kind} {state}"
    words = {"title": f"{word} title", "summary": f"<p>{word} summary</p>", "search_description": f"{word} again"}
    words["body"] = [("text", f"<p>{word} body</p>")]
    words["live"] = state not in ("draft", "scheduled")
    if kind in ("post", "interview"):
        own = {**shared(), "series": Series.objects.get_or_create(title=f"{word} series")[0]}
        own |= {name: ["shared", f"{word} {name}"] for name in ("tags", "categories", "skills")}
        page = getattr(builders, kind)(**words, **own)
    elif kind in WORK:
        own = {"skills": ["shared", f"{word} skills"], "featured": True, "date": timezone.now() + timedelta(days=2)}
        page = getattr(builders, kind)(**words, **own)
    elif kind == "role":
        works = builders.organisation(f"{word} works")
        page = builders.role(**words, organisation=works, role=f"{word} role", skills=["shared", f"{word} skills"])
    else:
        page = builders.standard_page(**words)
    if state == "private":
        builders.make_private(page)
    elif state == BELOW:
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


def leaks(client, addresses: list[str]) -> list[tuple[str, str]]:
    """Addresses that tell the word, with what stands behind it."""
    found = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        words = TOLD.findall(unquote(response.content.decode()))
        if words:
            found.append((address, words[0]))
    return found


def test_a_hidden_page_is_nowhere(client):
    builders.post(title="Seen", **shared())
    for kind in WORK:
        getattr(builders, kind)(title="Seen work", skills=["shared"])
    for kind, state in product([*KINDS, *WORK], OWN_STATES):
        hidden(kind, state)
    assert leaks(client, [*ADDRESSES, *LISTS_OF_WORK]) == []


def not_searched(client, pages: list[Page]) -> None:
    found = client.get(f"/search/?q={WORD}")
    assert [result.title for result in found.context["page_obj"]] == []
    assert (found.context["page_obj"].paginator.count, found.context["facets"]) == (0, [])
    chosen = [*(f"type={kind}" for kind in KINDS), "tag=shared", "skill=shared", "category=shared", "year=2021"]
    assert leaks(client, [f"/search/?{facet}" for facet in chosen]) == []
    for page in pages:
        nowhere = client.get(f"/blog/{page.slug.replace('title', 'titel')}/")
        assert (nowhere.status_code, nowhere.context["similar_pages"]) == (404, []), page.title


def test_a_hidden_page_is_neither_searched_nor_counted_nor_offered(client):
    builders.standard_page(title="Seen page")
    builders.post(title="Seen", **shared())
    not_searched(client, [hidden(kind, state) for kind, state in product(KINDS, OWN_STATES)])
    assert leaks(client, ["/blog/seen/", "/skills/shared/", "/tags/shared/", "/categories/shared/"]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_below_a_private_one_is_neither_searched_nor_counted_nor_offered(kind, client):
    builders.standard_page(title="Seen page")
    not_searched(client, [hidden(kind, BELOW)])


@pytest.mark.parametrize("kind", ["post", "role", "page"])
def test_a_page_below_a_private_one_is_nowhere(kind, client):
    hidden(kind, BELOW)
    site_wide = [f"/{feed}" for feed in (*FEEDS, "sitemap.xml", "llms.txt", "archive/")]
    assert leaks(client, site_wide) == []


@pytest.mark.parametrize("states", [OWN_STATES, [BELOW]], ids=["of its own", "of its parent"])
def test_the_words_of_hidden_pages_have_no_lists_and_no_feeds(states, client):
    for state in states:
        hidden("post", state)
    for state, kind in product(states, ("tags", "categories", "series", "skills")):
        folder = f"/{kind}/{slugify(f'{WORD} post {state} {kind}')}/"
        assert [client.get(f"{folder}{file}").status_code for file in FEEDS] == [404] * len(FEEDS), folder
        assert kind != "series" or client.get(folder).status_code == 404, folder
    assert client.get("/archive/2021/").status_code == 404


def test_the_same_words_are_everywhere_once_they_are_published(client):
    words = {"title": f"{WORD} title", "summary": f"<p>{WORD} summary</p>"}
    builders.post(**words, **shared())
    builders.role(**words, role=f"{WORD} role")
    expected = [address for address in ADDRESSES if address.rpartition("/")[2] not in QUIET]
    assert [address for address, _ in leaks(client, ADDRESSES)] == expected
