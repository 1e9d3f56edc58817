"""New categories and authors, made on the form of an entry."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from blog.models import BlogPage, Category
from portfolio.models import Person
from tests import builders
from tests.pages.test_admin import add_address

pytestmark = pytest.mark.django_db
FIELD = 'data-new-choice="/'  # Wagtail repeats it in a script, escaped


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(builders.user("Editors"))
    return client


def make(client: Client, kind: str, name: str):
    return client.post(reverse("new_choice", args=[kind]), {"name": name})


def test_a_new_category_or_author_is_stored_once(editor: Client) -> None:
    answer = make(editor, "category", " Tides ").json()
    assert answer == {"pk": Category.objects.get().pk, "name": "Tides"}
    assert make(editor, "category", "TIDES").json() == answer
    person = make(editor, "author", "Ilse Brandt").json()
    assert (
        make(editor, "author", "ilse brandt").json() == person == {"pk": Person.objects.get().pk, "name": "Ilse Brandt"}
    )


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\x00b", "a\x07b"])
def test_a_name_that_cannot_be_stored_is_refused_with_words(editor: Client, name: str) -> None:
    for kind in ("category", "author"):
        answer = make(editor, kind, name)
        assert answer.status_code == 422
        assert all(answer.json()["errors"])
    assert not Category.objects.exists()


def test_only_who_may_add_one_is_offered_it(editor: Client) -> None:
    address = add_address(BlogPage, builders.blog_index())
    assert editor.get(address).content.decode().count(FIELD) == 2
    Permission.objects.get(codename="add_category").group_set.clear()
    assert editor.get(address).content.decode().count(FIELD) == 1
    assert make(editor, "category", "Tides").status_code == 302  # to the dashboard, with a message
    assert make(editor, "place", "Holm").status_code == 404
    editor.logout()
    make(editor, "author", "Ilse Brandt")
    assert not Person.objects.exists()
