"""The admin's API gives nothing of a collection or page to those without rights to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission, GroupPagePermission

from tests import builders

pytestmark = pytest.mark.django_db

WORD = "Wharfling"
API = "/admin/api/main/"


@pytest.fixture
def collection() -> Collection:
    """One below the root with an image and a document full of the word."""
    made = Collection.get_first_root_node().add_child(name=f"{WORD} collection")
    builders.picture(title=f"{WORD} picture", collection=made)
    file = ContentFile(b"a", name=f"{WORD}.csv")
    get_document_model().objects.create(title=f"{WORD} document", file=file, collection=made)
    return made


def group(name: str, *, collection: Collection | None = None) -> Group:
    """Somebody who may enter the admin, and choose in one collection."""
    made = Group.objects.create(name=name)
    made.permissions.add(Permission.objects.get(codename="access_admin"))
    if collection:
        for codename in ("choose_image", "choose_document"):
            permission = Permission.objects.get(codename=codename)
            GroupCollectionPermission.objects.create(group=made, collection=collection, permission=permission)
    return made


def looks(client: Any, kind: str, pk: int) -> Iterator[str]:
    """What every way of asking for a thing answers."""
    for query in ("", "?fields=*", f"?search={WORD}", f"?id={pk}", "?order=-id&limit=1", f"find/?id={pk}", f"{pk}/"):
        yield client.get(f"{API}{kind}/{query}", follow=False).content.decode()


def things() -> dict[str, int]:
    return {
        "images": type(builders.picture()).objects.get(title=f"{WORD} picture").pk,
        "documents": get_document_model().objects.get(title=f"{WORD} document").pk,
    }


def restrict(collection: Collection, kind: str) -> None:
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="low water"
    )
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="others"))


@pytest.mark.parametrize("kind", ["", "login", "password", "groups"])
def test_without_a_permission_in_the_collection_there_is_nothing(kind, client, collection):
    if kind:
        restrict(collection, kind)
    other = Collection.get_first_root_node().add_child(name="Own")
    group("visitors", collection=other)
    client.force_login(builders.user("visitors"))
    for name, pk in things().items():
        for text in looks(client, name, pk):
            assert WORD not in text, name


@pytest.mark.parametrize("kind", ["password", "groups"])
def test_nor_with_one_when_its_readers_are_others(kind, client, collection):
    restrict(collection, kind)
    group("choosers", collection=collection)
    client.force_login(builders.user("choosers"))
    for name, pk in things().items():
        for text in looks(client, name, pk):
            assert WORD not in text, name


@pytest.mark.parametrize("kind", ["", "login"])
def test_with_a_permission_there_is_what_is_in_it(kind, client, collection):
    if kind:
        restrict(collection, kind)
    group("choosers", collection=collection)
    client.force_login(builders.user("choosers"))
    for name, pk in things().items():
        listing = client.get(f"{API}{name}/").json()
        assert [item["id"] for item in listing["items"]] == [pk]
        assert WORD in client.get(f"{API}{name}/{pk}/").json()["title"]


def test_editors_have_what_they_had(client, collection):
    client.force_login(builders.user("Editors"))
    for name, pk in things().items():
        assert client.get(f"{API}{name}/{pk}/").status_code == 200


def test_pages_that_one_may_not_explore_are_not_given(client):
    secret = builders.post(title=f"{WORD} post")
    makers = group("makers")
    GroupPagePermission.objects.create(
        group=makers, page=builders.experience_index(), permission=Permission.objects.get(codename="change_page")
    )
    client.force_login(builders.user("makers"))
    for text in looks(client, "pages", secret.pk):
        assert WORD not in text
    listing = client.get(f"{API}pages/?child_of={builders.blog_index().pk}")
    assert WORD not in listing.content.decode()


@pytest.mark.parametrize("kind", ["images", "documents", "pages"])
def test_who_may_not_enter_the_admin_is_sent_away(kind, client, collection):
    for user in (None, builders.user()):
        if user:
            client.force_login(user)
        response = client.get(f"{API}{kind}/")
        assert response.status_code in (302, 403)
        assert WORD not in response.content.decode()
