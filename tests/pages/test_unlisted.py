"""A page that is left out of lists, the search or the sitemap answers at its address all the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experience.models import ExperiencePage
from portfolio.models import SiteSettings, StandardPage
from portfolio.models.tree import TreePage
from portfolio.models.visibility import PLACES
from tests import builders
from tests.sample_pages.models import LogPage

pytestmark = pytest.mark.django_db

DAY = datetime(2021, 3, 14, 12, tzinfo=UTC)
SHARED = {"tags": ["shared"], "categories": ["shared"], "skills": ["shared"], "date": DAY}
LISTS = (
    "/", "/blog/", "/experience/", "/resume.json", "/tags/shared/", "/categories/shared/", "/skills/shared/",
    "/archive/", "/archive/2021/", "/feed.xml", "/rss.xml", "/feed.json", "/tags/shared/feed.xml", "/llms.txt",
)  # fmt: skip
WORD = "Canarywharfling"


def add_pages(**places: bool) -> list:
    """A listed and another post, interview, role, piece of work and plain page."""
    unlisted = [
        builders.post(title=f"{WORD} post", **SHARED, **places),
        builders.interview(title=f"{WORD} interview", **SHARED, **places),
        builders.role(title=f"{WORD} role", role=f"{WORD} role", skills=["shared"], **places),
        builders.project(title=f"{WORD} project", **places),
        builders.publication(title=f"{WORD} paper", **places),
        builders.talk(title=f"{WORD} talk", **places),
        builders.home().add_child(instance=StandardPage(title=f"{WORD} page", **places)),
    ]
    builders.post(title="Seen post", **SHARED)
    builders.role(title="Seen role", role="Seen role", skills=["shared"])
    return unlisted


def shows(client: Client, address: str) -> bool:
    response = client.get(address)
    assert response.status_code == 200, address
    return WORD in response.content.decode().replace(f"q={WORD}", "").replace(f'value="{WORD}"', "")


def shown(client: Client) -> dict[str, bool]:
    """Whether the pages are in some list, in the search and in the sitemap."""
    return {
        "lists": any(shows(client, address) for address in LISTS),
        "search": f"{WORD}</mark> page" in client.get(f"/search/?q={WORD}").content.decode(),
        "sitemap": WORD.lower() in client.get("/sitemap.xml").content.decode(),
    }


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_left_out_in_one_place_only(place: str, client: Client) -> None:
    pages = add_pages(**{f"out_of_{place}": True})
    assert shown(client) == {name: name != place for name in PLACES}
    for page in pages:
        if not isinstance(page, ExperiencePage):  # a role is read on the experience page
            assert shows(client, page.url)
            assert client.get(f"{page.url.rstrip('/')}.md").status_code == 200


def test_related_entries_and_series_leave_it_out(client: Client) -> None:
    pages = add_pages(out_of_lists=True)
    seen = builders.post(title="Also seen", **SHARED)
    assert not shows(client, seen.url)
    assert "Also seen" in client.get(pages[0].url).content.decode()


def test_similar_pages_of_an_unknown_address_leave_it_out(client: Client) -> None:
    add_pages(out_of_search=True)
    assert f"{WORD} page".encode() not in client.get(f"/{WORD.lower()}-page-2/").content
    assert f"q={WORD}" not in client.get("/search/?q=Canarywharfing").content.decode()


def test_the_calendar_of_an_unlisted_talk_can_be_had(client: Client) -> None:
    talk = builders.talk(title=f"{WORD} talk", date=builders.FIRST_DAY, out_of_lists=True)
    assert WORD in client.get(reverse("talk_ics", args=[talk.pk])).content.decode()


def test_every_page_type_says_where_it_is_listed() -> None:
    assert issubclass(LogPage, TreePage)
    page = LogPage(out_of_search=True)
    assert page.left_out == ["search"]
    page.left_out = ["lists", "sitemap"]
    assert (page.out_of_lists, page.out_of_search, page.out_of_sitemap) == (True, False, True)


def test_many_unlisted_pages_cost_no_more_queries(client: Client) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            builders.home().add_child(
                instance=StandardPage(title=f"{WORD} page", out_of_search=True, out_of_sitemap=True)
            )
        client.get("/search/?q=tide")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/search/?q=water")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_owners_page_is_shown_for_unknown_addresses(client: Client) -> None:
    page = builders.home().add_child(
        instance=StandardPage(title="Lost at sea", body=[("text", "<p>The tide took this page.</p>")])
    )
    site = builders.home().sites_rooted_here.get()
    SiteSettings.objects.update_or_create(site=site, defaults={"not_found_page": page})
    response = client.get("/nowhere/")
    html = response.content.decode()
    assert response.status_code == 404
    assert '<h1 dir="auto">Lost at sea</h1>' in html
    assert "The tide took this page." in html
    assert 'role="search"' in html
    page.unpublish()
    html = client.get("/nowhere/").content.decode()
    assert "The tide took this page." not in html
    assert "Page not found" in html
