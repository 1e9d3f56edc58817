"""A page that a reader has already is not made again, and never kept longer than it holds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experience.models import Skill
from portfolio.models import SiteSettings
from portfolio.models.site_version import increment_site_version
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(client):
    """Ask for an address with the tag that the first answer had."""

    def ask(address: str, tag: str):
        return client.get(address, headers={"If-None-Match": tag})

    return ask


def test_a_page_that_has_not_changed_is_answered_from_one_query(client, again, as_committed):
    builders.post(title="Gauges")
    client.get("/blog/gauges/")  # which makes the settings
    with as_committed():
        first = client.get("/blog/gauges/")
        with CaptureQueriesContext(connection) as queries:
            second = again("/blog/gauges/", first.headers["ETag"])
    assert (second.status_code, second.content, len(queries)) == (304, b"", 1)
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert "Cookie" in second.headers["Vary"]


FOR_PROGRAMS = (
    *("/feed/", "/rss.xml", "/feed.json", "/tags/tides/feed.xml", "/sitemap.xml", "/llms.txt", "/blog/gauges.md"),
    "/resume.json",
)


@pytest.mark.parametrize("address", FOR_PROGRAMS)
def test_what_programs_fetch_is_answered_from_one_query(address, client, again, as_committed):
    builders.post(title="Gauges", tags=["Tides"])
    client.get(address)  # which makes the settings
    with as_committed():
        first = client.get(address)
        with CaptureQueriesContext(connection) as queries:
            second = again(address, f'"another", {first.headers["ETag"]}')
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert (second.status_code, second.content, len(queries)) == (304, b"", 1)
    assert [second.headers[name] for name in ("ETag", "Cache-Control")] == [
        first.headers[name] for name in ("ETag", "Cache-Control")
    ]


def rename(page):
    page.title = "Renamed"
    page.save_revision().publish()


CHANGES = {
    "the page is published again": rename,
    "it is saved by a program": lambda page: page.save(),
    "it is taken back": lambda page: page.unpublish(),
    "it becomes private": builders.make_private,
    "another page is published": lambda page: builders.post(),
    "a skill is renamed": lambda page: Skill.objects.get().save(),
    "the settings are changed": lambda page: SiteSettings.objects.get().save(),
    "a picture is replaced": lambda page: builders.picture(),
}


@pytest.mark.parametrize("address", ["/blog/gauges/", "/feed/"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_it_is_made_again(address, change, client, again, django_capture_on_commit_callbacks):
    page = builders.post(title="Gauges", skills=["Python"])
    tag = client.get(address).headers["ETag"]
    connection.run_on_commit.clear()  # as after a commit, which no test makes
    with django_capture_on_commit_callbacks(execute=True):
        change(page)
    assert again(address, tag).status_code != 304


def test_a_transaction_counts_once(django_capture_on_commit_callbacks):
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        builders.post()
        builders.post()
    assert sum(callback is increment_site_version for callback in callbacks) == 1


def test_addresses_have_tags_of_their_own(client):
    builders.post(title="Gauges")
    tags = {client.get(address).headers["ETag"] for address in ("/", "/blog/", "/blog/?page=1", "/blog/gauges/")}
    assert len(tags) == 4


def test_somebody_who_is_logged_in_gets_what_is_made_for_them(client, again):
    builders.post(title="Gauges")
    tag = client.get("/blog/gauges/").headers["ETag"]
    client.force_login(builders.user(is_superuser=True))
    response = again("/blog/gauges/", tag)
    assert response.status_code == 200
    assert "ETag" not in response.headers


def test_what_is_not_for_everybody_may_not_be_kept(client):
    page = builders.post(title="Gauges")
    builders.make_private(page)
    response = client.get(page.url)
    assert "public" not in response.headers.get("Cache-Control", "")
    assert client.get("/blog/never-written/").headers.get("ETag") is None
