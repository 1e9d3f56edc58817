"""Before something is deleted, the admin names where it is used."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from blog.models import Category
from experience.models import Skill
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """References are found when a transaction ends, which in a test it never does."""
    monkeypatch.setattr(transaction, "on_commit", lambda func, using=None, robust=False: func())


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


def test_an_image_names_the_pages_that_show_it(moderator: Client) -> None:
    image = builders.picture()
    builders.post(title="Shown here", cover=image)
    inside = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}}
    builders.post(title="And inside", body=json.dumps([{"type": "image", "value": inside}]))
    html = moderator.get(reverse("wagtailimages:delete", args=[image.pk])).content.decode()
    assert "Shown here" in html
    assert "And inside" in html


def test_an_organisation_in_use_names_its_roles_and_cannot_be_deleted(moderator: Client) -> None:
    role = builders.role(title="Keeper of the sluice")
    address = reverse("wagtailsnippets_experience_organisation:delete", args=[role.organisation.pk])
    html = moderator.get(address).content.decode()
    assert "Keeper of the sluice" in html
    assert "cannot be deleted" in html
    moderator.post(address)
    role.organisation.refresh_from_db()


def test_a_skill_and_a_category_name_what_has_them(moderator: Client) -> None:
    builders.post(title="Written with it", skills=["Python"], categories=["Tides"])
    builders.role(title="Worked with it", skills=["Python"])
    skill = reverse("wagtailsnippets_experience_skill:delete", args=[Skill.objects.get().pk])
    html = moderator.get(skill).content.decode()
    assert "Written with it" in html
    assert "Worked with it" in html
    category = reverse("wagtailsnippets_blog_category:delete", args=[Category.objects.get().pk])
    assert "Written with it" in moderator.get(category).content.decode()


def test_only_the_first_ten_are_named(moderator: Client) -> None:
    image = builders.picture()
    for number in range(12):
        builders.post(title=f"Shown {number}", cover=image)
    html = moderator.get(reverse("wagtailimages:delete", args=[image.pk])).content.decode()
    assert html.count("Shown ") == 10
    assert "used in 12 places" in html
    assert "and 2 more" in html
    assert ReferenceIndex.get_references_to(image).count() == 12


def test_bulk_deletion_names_them_too(moderator: Client) -> None:
    builders.post(title="Written with it", skills=["Python"])
    address = reverse("wagtail_bulk_action", args=["experience", "skill", "delete"])
    html = moderator.get(f"{address}?id={Skill.objects.get().pk}").content.decode()
    assert "Written with it" in html


def test_a_page_that_is_found_in_two_ways_is_named_once(moderator: Client) -> None:
    page = builders.post(title="Written with it", skills=["Python"])
    ReferenceIndex.create_or_update_for_object(page)
    skill = Skill.objects.get()
    assert ReferenceIndex.get_references_to(skill).count() == 1
    html = moderator.get(reverse("wagtailsnippets_experience_skill:delete", args=[skill.pk])).content.decode()
    assert "This skill is used in one place" in html
    assert html.count("Written with it") == 1
