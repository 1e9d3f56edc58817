"""What a shared cache may keep, for how long, and what it never gets."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from wagtail.models import PageViewRestriction

from portfolio.delivery.middleware.page_cache import ALIAS
from tests import builders

pytestmark = pytest.mark.django_db

KEPT = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=300"
PAGES = ["/", "/blog/", "/blog/gauges/", "/experience/", "/archive/", "/search/?q=gauge", "/tags/tides/", "/resume/"]


@pytest.fixture
def post():
    return builders.post(title="Gauges", tags=["Tides"])


def policy(response) -> str:
    return response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_may_be_kept_for_a_second(address, client, post):
    response = client.get(address)
    assert policy(response) == KEPT
    assert policy(client.get(address, headers={"If-None-Match": response.headers["ETag"]})) == KEPT


@pytest.mark.parametrize("seconds", [1, 600])
def test_a_copy_is_shown_for_the_seconds_of_the_setting_and_one_more(seconds, client, post, settings):
    settings.SHARED_CACHE_SECONDS = seconds
    directives = dict(part.partition("=")[::2] for part in policy(client.get(post.url)).split(", "))
    assert (directives["max-age"], directives["s-maxage"]) == ("0", str(seconds))
    assert directives["stale-while-revalidate"] == "1", "browsers keep to it, and cannot be purged"
    assert directives["stale-if-error"] == "300"


@pytest.mark.parametrize("seconds", [0, -1])
def test_zero_forbids_it(seconds, client, post, settings):
    settings.SHARED_CACHE_SECONDS = seconds
    assert policy(client.get(post.url)) == "public, max-age=0, must-revalidate"


def test_a_page_in_the_page_cache_follows_the_setting(client, post, settings):
    settings.PAGE_CACHE = True
    caches[ALIAS].clear()
    assert policy(client.get(post.url)) == KEPT
    settings.SHARED_CACHE_SECONDS = 0
    assert "s-maxage" not in policy(client.get(post.url))
    caches[ALIAS].clear()


def test_feeds_are_kept_for_five_minutes_as_before(client, post, settings):
    for settings.SHARED_CACHE_SECONDS in (0, 1):
        assert policy(client.get("/feed/")) == "public, max-age=300"


def test_nothing_of_a_signed_in_reader_is_kept(client, post):
    client.force_login(builders.user(is_superuser=True))
    for address in (*PAGES, "/admin/", f"/admin/pages/{post.pk}/edit/", f"/admin/pages/{post.pk}/view_draft/"):
        assert not {"public", "s-maxage=1"} & set(policy(client.get(address)).split(", ")), address


def test_no_restricted_page_is_kept_and_no_cookie(client, post):
    PageViewRestriction.objects.create(page=post, restriction_type="password", password="low water")
    for _ in range(2):  # the second time with the cookie of the form
        response = client.get(post.url)
        assert response.cookies or "csrftoken" in client.cookies
        assert "public" not in policy(response)
        assert "s-maxage" not in policy(response)


def test_what_is_not_there_is_not_kept(client, post):
    for address in ("/blog/never-written/", "/skills/never/"):
        assert "s-maxage" not in policy(client.get(address))
