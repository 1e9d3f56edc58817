"""What is made for somebody is kept by nobody."""

from __future__ import annotations

import pytest
from django.conf import settings as configured
from wagtail.models import PageViewRestriction

from tests import builders

pytestmark = pytest.mark.django_db

PRIVATE = {"private", "no-store"}


def policy(response) -> set[str]:
    return {part.strip() for part in response.headers.get("Cache-Control", "").split(",")}


PAGES = ["/", "/blog/", "/blog/gauges/", "/experience/", "/archive/", "/search/?q=gauge", "/tags/tides/", "/resume/"]


@pytest.mark.parametrize("address", [*PAGES, "/nothing-here/", "/skills/never/"])
def test_a_page_seen_by_somebody_signed_in_is_not_kept(address, client):
    builders.post(title="Gauges", tags=["Tides"])
    client.force_login(builders.user())
    response = client.get(address)
    assert policy(response) >= PRIVATE
    assert "ETag" not in response.headers
    assert not {"public", "max-age=300"} & policy(response)


@pytest.mark.parametrize("address", PAGES)
def test_the_same_page_may_be_kept_when_a_stranger_sees_it(address, client):
    builders.post(title="Gauges", tags=["Tides"])
    assert "public" in policy(client.get(address))


def test_a_page_opened_with_a_password_is_not_kept(client):
    page = builders.post(title="Gauges")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="low water")
    asked = client.get(page.url)
    opened = client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/",
        {"password": "low water", "return_url": page.url},
    )
    assert configured.SESSION_COOKIE_NAME in opened.cookies
    for response in (asked, opened, client.get(page.url), client.get("/")):
        assert policy(response) >= PRIVATE


def test_what_is_the_same_for_everybody_may_be_kept_by_somebody_signed_in(client):
    builders.post(title="Gauges")
    client.force_login(builders.user())
    assert "public" in policy(client.get("/feed/"))
    picture = client.get(builders.picture().file.url)
    picture.getvalue()
    assert "public" in policy(picture)


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/login/", "/admin/password_reset/"])
def test_the_admin_is_not_kept(address, client):
    if "login" not in address and "reset" not in address:
        client.force_login(builders.user(is_superuser=True))
    assert policy(client.get(address)) >= PRIVATE
