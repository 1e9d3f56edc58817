"""A page is made once for each state of the site, and for whoever may be shown something of their own made anew."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import Category, Series
from experience.models import Organisation, Skill
from portfolio.delivery.middleware.page_cache import CachedPage
from portfolio.models import Person, SiteSettings
from portfolio.models.site_version import increment_site_version
from tests import builders

pytestmark = pytest.mark.django_db

ADDRESS = "/blog/gauges/"


@pytest.fixture(autouse=True)
def _page_cache(settings: Any) -> Any:
    settings.PAGE_CACHE = True
    yield
    caches["pages"].clear()


@pytest.fixture
def post() -> Page:
    page = builders.post(title="Gauges", skills=["Python"], tags=["Tides"])
    connection.run_on_commit.clear()
    return page


def queries_of(client: Client, address: str = ADDRESS, **options: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, **options)
    assert response.status_code in (200, 304)
    return len(queries)


@pytest.mark.parametrize(
    "address", [ADDRESS, "/", "/blog/", "/blog/?page=1", "/tags/tides/", "/feed/", "/blog/gauges.md", "/sitemap.xml"]
)
def test_second_reader_gets_the_stored_page_for_one_query(client: Client, post: Page, address: str) -> None:
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        second = Client().get(address)
    assert len(queries) == 1
    assert second.content == first.content
    names = set(first.headers) | set(second.headers)
    assert {name for name in names - {"Content-Length"} if first.headers.get(name) != second.headers.get(name)} == set()


def test_a_reader_who_has_the_stored_page_gets_304(client: Client, post: Page) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)


def test_head_has_the_headers_and_no_content(client: Client, post: Page) -> None:
    page = client.get(ADDRESS)
    head = client.head(ADDRESS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(page.content))


def test_compressed_and_plain_pages_are_stored_apart(client: Client, post: Page) -> None:
    plain = client.get(ADDRESS)
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    again = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(again.content) == plain.content
    assert client.get(ADDRESS).content == plain.content


CHANGES: dict[str, Callable[[Page], object]] = {
    "page": lambda page: page.save_revision().publish(),
    "page stored by a program": lambda page: page.save(),
    "unpublished": lambda page: page.unpublish(),
    "privacy": builders.make_private,
    "moved": lambda page: Page.objects.get(pk=page.pk).move(page.get_site().root_page.specific, pos="last-child"),
    "deleted": lambda page: Page.objects.get(pk=page.pk).delete(),
    "another page": lambda page: builders.post(title="Pumps"),
    "skill": lambda page: Skill.objects.get().save(),
    "category": lambda page: Category.objects.create(name="Water", slug="water"),
    "series": lambda page: Series.objects.create(title="Sea", slug="sea"),
    "organisation": lambda page: Organisation.objects.create(name="Quay Labs"),
    "person": lambda page: Person.objects.create(name="Nils Berg"),
    "settings, with the menu": lambda page: SiteSettings.for_site(page.get_site()).save(),
    "picture": lambda page: builders.picture(),
    "redirect": lambda page: Redirect.objects.create(old_path="/old", redirect_page=page, site=page.get_site()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_the_page_is_made_anew(
    client: Client, post: Page, change: Callable[[Page], object], django_capture_on_commit_callbacks: Any
) -> None:
    client.get(ADDRESS)
    assert queries_of(client) == 1
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        change(post.specific)
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert len(queries) > 1


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages"])
def test_a_reader_with_a_cookie_of_their_own_is_answered_anew(
    client: Client, post: Page, cookie: str, settings: Any
) -> None:
    name = {"sessionid": settings.SESSION_COOKIE_NAME, "csrftoken": settings.CSRF_COOKIE_NAME}.get(cookie, cookie)
    client.get(ADDRESS)
    reader = Client()
    reader.cookies[name] = "x"
    assert queries_of(reader) > 1
    assert queries_of(reader) > 1


def test_a_private_page_is_never_stored(client: Client, post: Page) -> None:
    builders.make_private(post)
    answers = [client.get(ADDRESS), Client().get(ADDRESS)]
    assert all(b"csrfmiddlewaretoken" in answer.content or answer.status_code == 302 for answer in answers)
    assert queries_of(Client(), "/blog/") > 0


@pytest.mark.parametrize("query", ["?q=gauge", "?utm_source=mail", "?page=1&x=2"])
def test_addresses_that_a_stranger_could_make_up_are_not_stored(client: Client, post: Page, query: str) -> None:
    client.get(ADDRESS + query)
    assert queries_of(client, ADDRESS + query) > 1


def test_unknown_addresses_are_not_stored(client: Client, post: Page) -> None:
    client.get("/nowhere/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/nowhere/").status_code == 404
    assert len(queries) > 1


def test_hosts_have_pages_of_their_own(client: Client, post: Page, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.get(ADDRESS)
    assert queries_of(client, headers={"Host": "other.example"}) > 1
    assert client.get(ADDRESS, headers={"Host": "evil.example"}).status_code == 400


def test_nothing_is_stored_beyond_the_owners_midnight(client: Client, post: Page, monkeypatch: Any) -> None:
    settings = SiteSettings.for_site(post.get_site())
    settings.time_zone = "Pacific/Auckland"
    settings.save()
    increment_site_version()
    stored: list[tuple[object, int]] = []
    monkeypatch.setattr(type(caches["pages"]), "set", lambda self, key, value, seconds: stored.append((value, seconds)))
    noon = datetime(2026, 6, 1, 11, 59, tzinfo=UTC)  # one minute before midnight in Auckland
    monkeypatch.setattr(timezone, "now", lambda: noon)
    client.get(ADDRESS)
    assert [seconds for value, seconds in stored if isinstance(value, CachedPage)] == [60]


def test_the_cache_can_be_switched_off(client: Client, post: Page, settings: Any) -> None:
    settings.PAGE_CACHE = False
    client.get(ADDRESS)
    assert queries_of(client) > 1
