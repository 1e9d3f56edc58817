"""Tags and skills are stored with the page that has them, and not before."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from taggit.models import Tag
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from experience.models import Skill
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    client.force_login(builders.user(is_superuser=True))
    return client


def form(**fields):
    data = {
        "title": "Tides",
        "slug": "tides",
        "date": "2024-03-02 10:00",
        "summary": rich_text(""),
        "body": streamfield([("text", rich_text("<p>Low.</p>"))]),
        "tags": "moon, “C++”",
        "skills": "Sounding",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
        **fields,
    }
    return nested_form_data(data)


def preview(client, address, data):
    answer = client.post(address, data)
    assert answer.json() == {"is_valid": True, "is_available": True}, answer.content
    return client.get(address).content.decode()


def counts():
    return Tag.objects.count(), Skill.objects.count()


def test_a_preview_of_a_new_page_shows_new_tags_and_stores_none(owner):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["blog", "blogpage", builders.blog_index().pk])
    html = preview(owner, address, form(tags="🎉, moon"))
    assert 'href="/tags/party-popper/"' in html
    assert 'href="/skills/sounding/"' in html
    assert counts() == (0, 0)


def test_a_preview_of_a_page_that_is_there_stores_none(owner):
    page = builders.post(tags=["sea"])
    html = preview(owner, reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), form(tags="sea, moon"))
    assert 'href="/tags/moon/"' in html
    assert 'href="/tags/sea/"' in html
    assert counts() == (1, 0)
    assert [tag.name for tag in BlogPage.objects.get().tags.all()] == ["sea"]


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}], ids=["draft", "published"])
@pytest.mark.parametrize("live", [True, False])
def test_saving_a_page_stores_its_tags(owner, live, action):
    page = builders.post(tags=["sea"], live=live)
    owner.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(tags="sea, moon", **action))
    draft = BlogPage.objects.get().get_latest_revision_as_object()
    assert sorted(tag.name for tag in draft.tags.all()) == ["moon", "sea"]
    assert [skill.name for skill in draft.skills.all()] == ["Sounding"]
    assert counts() == (2, 1)
    if action:
        assert sorted(BlogPage.objects.get().tags.names()) == ["moon", "sea"]


def test_a_new_page_stores_its_tags_once(owner):
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", builders.blog_index().pk])
    owner.post(address, form(tags="moon, Moon, MOON"))
    assert Tag.objects.get().name.lower() == "moon"
    assert [item["tag"] for item in Revision.objects.get().content["tag_items"]] == [Tag.objects.get().pk]


def test_tags_given_from_python_are_stored_with_the_page():
    page = builders.post()
    page.tags.add("moon", "Ёлка", "ЁЛКА")
    assert counts() == (0, 0)
    page.save()
    page.tags.add("MOON")
    page.save()
    assert sorted(BlogPage.objects.get().tags.names()) == ["moon", "Ёлка"]
    json.dumps(BlogPage.objects.get().serializable_data(), default=str)


def test_pictures_share_the_tags_without_spoiling_them():
    image = builders.picture()
    image.tags.add("Ёлка")
    image.tags.add("ЁЛКА")
    page = builders.post(tags=["ёлка"])
    assert page.tags.get() == Tag.objects.order_by("pk").first()
