"""Old addresses lead to pages that the visitor may see; all others answer 404 at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    page = builders.post(title="Tides", slug="tides")
    Redirect.add_redirect("/old/", page)
    Redirect.add_redirect("/old-and-asked", page)
    return page


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def expire(page):
    page.expire_at = now() - timedelta(minutes=1)  # and nothing has taken it down yet
    page.save()


def make_private(page):
    builders.make_private(page)


def make_private_above(page):
    builders.make_private(page.get_parent())


def give_password(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="low")


def schedule(page):
    page.live, page.go_live_at = False, now() + timedelta(days=1)
    page.save()


HIDINGS = [unpublish, delete, expire, make_private, make_private_above, give_password, schedule]


@pytest.mark.parametrize("address", ["/old/", "/old", "/old/?utm=x", "/old-and-asked/?a=b"])
def test_a_redirect_leads_to_a_published_page_in_one_step(client, page, address):
    response = client.get(address)
    assert response.status_code == 301
    assert response["Location"] == page.url


@pytest.mark.parametrize("hide", HIDINGS)
@pytest.mark.parametrize("address", ["/old/", "/old-and-asked/?a=b"])
def test_a_redirect_to_what_nobody_may_see_is_404_at_once(client, page, hide, address):
    hide(page)
    assert client.get(address).status_code == 404
    assert client.head(address).status_code == 404


@pytest.mark.parametrize("hide", HIDINGS)
def test_a_redirect_from_a_pages_own_address_is_no_circle(client, page, hide):
    Redirect.add_redirect(page.url, page)
    address = page.url
    hide(page)
    response = client.get(address, follow=True)
    assert len(response.redirect_chain) <= 1, "but for the way to a login"
    assert response.status_code in (200, 404)


@pytest.mark.parametrize("link", ["/gone/", "http://testserver/gone/"])
def test_a_redirect_to_itself_is_404(client, link):
    Redirect.add_redirect("/gone/", link)
    assert client.get("/gone/").status_code == 404


def test_who_may_see_a_private_page_is_led_to_it(client, page):
    make_private(page)
    client.force_login(builders.user(is_superuser=True))
    assert client.get("/old/")["Location"] == page.url


def test_a_page_that_is_published_again_is_found_again(client, page):
    unpublish(page)
    assert client.get("/old/").status_code == 404
    page.refresh_from_db()
    page.save_revision().publish()
    assert client.get("/old/")["Location"] == page.url


def test_other_targets_are_followed(client):
    Redirect.add_redirect("/elsewhere/", "https://other.example/elsewhere/")
    Redirect.add_redirect("/here/", "/archive/")
    assert client.get("/elsewhere/")["Location"] == "https://other.example/elsewhere/"
    assert client.get("/here/")["Location"] == "/archive/"
