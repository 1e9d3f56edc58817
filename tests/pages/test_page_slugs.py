"""A page has an address whatever its title."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogIndexPage, BlogPage
from experience.models import ExperiencePage
from tests import builders
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

TITLES = {
    "🎉🎉": "party-popper",
    "!!!": "exclamation-mark",
    "…": "horizontal-ellipsis",
    "++": "plus-sign",
    "❤️": "heavy-black-heart",
    "\ue000": "blogpage",
    "东京的潮汐": "东京的潮汐",
    "हिन्दी": "हनद",
    "𐎀𐎁": "𐎀𐎁",
}


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_a_title_gives_an_address_in_the_form(client, title, slug):
    client.force_login(builders.user(is_superuser=True))
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", builders.blog_index().pk])
    data = {
        "title": title, "slug": "", "date": "2024-03-02 10:00", "summary": rich_text(""), "body": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
        "action-publish": "1",
    }  # fmt: skip
    for expected in (slug, f"{slug}-2"):
        client.post(address, nested_form_data(data))
        page = BlogPage.objects.order_by("-pk").first()
        assert (page.slug, page.live) == (expected, True)
        assert client.get(f"/blog/{quote(page.slug)}/").status_code == 200
        assert client.get(f"/blog/{quote(page.slug)}.md").status_code == 200


def test_autosave_gives_the_form_the_address(client):
    client.force_login(builders.user(is_superuser=True))
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", builders.blog_index().pk])
    data = {
        "title": "🎉", "slug": "", "date": "2024-03-02 10:00", "summary": rich_text(""), "body": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
    }  # fmt: skip
    answer = client.post(address, nested_form_data(data), headers={"accept": "application/json"})
    assert json.loads(answer.content)["field_updates"]["slug"] == "party-popper"


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_a_title_gives_an_address_from_python(title, slug):
    assert builders.post(title=title).slug == slug
    assert builders.post(title=title).slug == f"{slug}-2"


def test_a_role_is_no_exception():
    assert builders.role(title="🎉").slug == "party-popper"
    assert ExperiencePage.objects.count() == 1


def test_an_imported_document_of_signs_has_an_address(tmp_path, client):
    run(write_tree(tmp_path, {"_posts/2021-05-04-🎉🎉.md": post("Low.", title="🎉🎉")}))
    page = BlogPage.objects.get()
    assert page.slug == "party-popper"
    assert page.get_parent().specific_class is BlogIndexPage
    assert client.get(page.url).status_code == 200
