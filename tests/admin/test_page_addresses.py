"""The address of a page in its form: free, the page's own, and none that the site needs for itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from blog.models import BlogPage
from portfolio.models import StandardPage
from tests import builders
from tests.pages.test_admin import PAGE, add_address, entry_form

pytestmark = pytest.mark.django_db

AUTOSAVE = {"HTTP_ACCEPT": "application/json"}
NEEDED = "The site uses the address /search/ itself."


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


def page_form(**fields: Any) -> dict[str, Any]:
    return nested_form_data(
        {**PAGE, "title": "Search", "slug": "search", "summary": "", "body": streamfield([]), **fields}
    )


def post_form(**fields: Any) -> dict[str, Any]:
    return nested_form_data(entry_form(**fields))


def test_a_second_page_of_one_title_gets_the_next_address_and_the_open_form_is_told(moderator: Client) -> None:
    builders.post(title="High water", slug="high-water")
    answer = moderator.post(add_address(BlogPage, builders.blog_index()), post_form(), **AUTOSAVE).json()
    assert answer["success"], answer
    assert answer["field_updates"]["slug"] == "high-water-2"
    page = BlogPage.objects.get(pk=answer["pk"])
    assert page.slug == "high-water-2"

    again = moderator.post(answer["url"], post_form(), **AUTOSAVE).json()
    assert again["success"], again
    page.refresh_from_db()
    assert page.slug == "high-water-2"


def test_a_slug_that_somebody_chose_is_refused_when_it_is_taken(moderator: Client) -> None:
    builders.post(title="Low water", slug="low-water")
    answer = moderator.post(add_address(BlogPage, builders.blog_index()), post_form(slug="low-water"))
    assert "Another page has the address “low-water”. Choose another one." in answer.content.decode()
    assert not BlogPage.objects.filter(title="High water").exists()


def test_a_published_page_never_gets_another_address_by_itself(moderator: Client) -> None:
    builders.post(title="High water", slug="high-water")
    page = builders.post(title="High water", slug="other")
    answer = moderator.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), post_form(), **AUTOSAVE)
    assert answer.status_code == 400
    page.refresh_from_db()
    assert page.slug == "other"


@pytest.mark.parametrize("slug", ["search", "Search"])
def test_an_address_that_the_site_needs_is_refused_below_the_home_page(moderator: Client, slug: str) -> None:
    answer = moderator.post(add_address(StandardPage, builders.home()), page_form(slug=slug))
    assert NEEDED.lower() in answer.content.decode().lower()
    assert not StandardPage.objects.exists()


def test_the_same_address_is_free_further_down(moderator: Client) -> None:
    about = builders.standard_page(title="About")
    answer = moderator.post(add_address(StandardPage, about), page_form())
    assert answer.status_code == 302
    assert StandardPage.objects.get(slug="search").get_parent().pk == about.pk


def test_no_page_is_copied_to_an_address_that_the_site_needs(moderator: Client) -> None:
    about = builders.standard_page(title="About", slug="about")
    form = {"new_title": "Search", "new_slug": "search", "new_parent_page": builders.home().pk}
    answer = moderator.post(reverse("wagtailadmin_pages:copy", args=[about.pk]), form)
    assert NEEDED in answer.content.decode()
    assert StandardPage.objects.count() == 1


@pytest.mark.parametrize("several", [False, True])
def test_no_page_is_moved_to_an_address_that_the_site_needs(moderator: Client, several: bool) -> None:
    about = builders.standard_page(title="About", slug="about")
    page = about.add_child(instance=StandardPage(title="Search", slug="search"))
    if several:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={page.pk}"
        answer = moderator.post(address, {"chooser": builders.home().pk}, follow=True)
    else:
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, builders.home().pk])
        answer = moderator.post(address, follow=True)
    assert NEEDED in answer.content.decode()
    assert Page.objects.get(pk=page.pk).get_parent().pk == about.pk


def test_a_page_moves_where_its_address_is_free(moderator: Client) -> None:
    about, now = (builders.standard_page(title=title, slug=title.lower()) for title in ("About", "Now"))
    moderator.post(reverse("wagtailadmin_pages:move_confirm", args=[now.pk, about.pk]))
    assert Page.objects.get(pk=now.pk).get_parent().pk == about.pk
