"""Deleted pages go to the trash and come back as they were."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Revision, Site

from blog.models import BlogPage
from portfolio.admin.trash.restore import restore
from portfolio.admin.trash.snapshot import trash
from portfolio.management.housekeeping import clean_up
from portfolio.models import Person, TrashedPage
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(builders.user(is_superuser=True))
    return client


def full_post() -> BlogPage:
    """A post with a row in every table that goes with one."""
    author = Person.objects.create(name="Ilse Brandt")
    post = builders.post(
        title="Low water",
        slug="low",
        tags=["tides"],
        skills=["Python"],
        categories=["Tides"],
        authors=[author],
        cover=builders.picture(),
    )
    Redirect.objects.create(old_path="/older", redirect_page=post, site=Site.objects.get())
    builders.make_private(post)
    post.title = "Low water, again"
    post.save_revision()
    return BlogPage.objects.get(pk=post.pk)


def rows_of(post: BlogPage) -> dict[str, Any]:
    post = BlogPage.objects.get(pk=post.pk)
    fields = {field.attname: field.value_to_string(post) for field in post._meta.concrete_fields}
    return fields | {
        "tags": sorted(post.tags.names()),
        "skills": sorted(post.skills.names()),
        "categories": [category.name for category in post.categories.all()],
        "authors": [author.name for author in post.authors.all()],
        "revisions": list(Revision.objects.for_instance(post).values_list("pk", "content", "created_at")),
        "redirects": list(Redirect.objects.filter(redirect_page=post).values_list("pk", "old_path")),
        "restrictions": list(post.view_restrictions.values_list("restriction_type", flat=True)),
        "references": set(ReferenceIndex.get_references_for_object(post).values_list("to_object_id", "model_path")),
    }


def delete(client: Client, page: Page) -> Any:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_deleted_post_comes_back_with_everything_it_had(moderator: Client) -> None:
    post = full_post()
    before = rows_of(post)
    response = delete(moderator, post)
    assert "“Low water, again” is in the trash for 30 days." in said(response)
    assert not Page.objects.filter(pk=post.pk).exists()
    [trashed] = TrashedPage.objects.all()
    assert "Low water, again" in moderator.get(reverse("trash")).content.decode()

    response = moderator.post(reverse("trash_restore", args=[trashed.pk]))
    assert "is restored. It is public again." in said(response)
    assert rows_of(post) == before
    assert not TrashedPage.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_whole_section_comes_back_below_its_parent(administrator: Client) -> None:
    posts = [builders.post(title=f"Post {number}") for number in range(3)]
    index = builders.blog_index()
    delete(administrator, index)
    assert not BlogPage.objects.exists()
    trashed = TrashedPage.objects.get()
    assert (trashed.pages, trashed.live_pages) == (4, 4)
    restored = restore(trashed, builders.home())
    assert restored.page == index
    assert [page.pk for page in builders.blog_index().get_children()] == [post.pk for post in posts]
    assert Page.find_problems() == ([], [], [], [], [])
    assert administrator.get(posts[0].url).status_code == 200


def test_address_and_place_that_are_taken_meanwhile_are_left_to_the_other(moderator: Client) -> None:
    post = builders.post(title="First", slug="same")
    post.save_revision()
    delete(moderator, post)
    other = builders.post(title="Second", slug="same")
    response = moderator.post(reverse("trash_restore", args=[TrashedPage.objects.get().pk]))
    post = BlogPage.objects.get(pk=post.pk)
    assert (other.slug, post.slug, post.get_latest_revision_as_object().slug) == ("same", "same-1", "same-1")
    assert "Its address is now /blog/same-1/" in said(response)
    assert moderator.get("/blog/same-1/").status_code == 200
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_a_page_used_and_is_gone_is_named(moderator: Client) -> None:
    post = full_post()
    delete(moderator, post)
    post.cover.delete()
    Person.objects.all().delete()
    Redirect.objects.all().delete()
    Redirect.objects.create(old_path="/older", redirect_link="/elsewhere/", site=Site.objects.get())
    response = moderator.post(reverse("trash_restore", args=[TrashedPage.objects.get().pk]))
    assert "missing now: image (1), person (1), redirect (1)." in said(response)
    post = BlogPage.objects.get(pk=post.pk)
    assert post.cover is None


def test_page_below_a_deleted_page_waits_for_it(administrator: Client) -> None:
    post = builders.post(title="Low water")
    delete(administrator, post)
    index = builders.blog_index()
    delete(administrator, index)
    assert "First restore “Blog”" in administrator.get(reverse("trash")).content.decode()
    page_first, index_first = TrashedPage.objects.order_by("pk")
    administrator.post(reverse("trash_restore", args=[page_first.pk]))
    assert not BlogPage.objects.exists()
    for trashed in (index_first, page_first):
        administrator.post(reverse("trash_restore", args=[trashed.pk]))
    assert BlogPage.objects.get().get_parent().pk == index.pk


def test_pages_deleted_in_the_list_are_kept_once(administrator: Client) -> None:
    posts = [builders.post(title=f"Post {number}") for number in range(2)]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    address += "?" + "&".join(f"id={page.pk}" for page in (*posts, builders.blog_index()))
    administrator.post(address)
    assert [trashed.title for trashed in TrashedPage.objects.all()] == ["Blog"]


def test_editor_restores_own_draft_and_no_published_page(client: Client) -> None:
    editor = builders.user("Editors")
    draft = builders.post(title="Mine", live=False, owner=editor)
    client.force_login(editor)
    delete(client, draft)
    trash(builders.post(title="Public"), None)
    html = client.get(reverse("trash")).content.decode()
    assert "Ask somebody who may publish" in html
    public, own = TrashedPage.objects.order_by("title").reverse()
    client.post(reverse("trash_restore", args=[public.pk]))
    assert client.post(reverse("trash_delete", args=[public.pk])).status_code == 302
    assert TrashedPage.objects.count() == 2
    client.post(reverse("trash_restore", args=[own.pk]))
    assert BlogPage.objects.get(title="Mine").owner == editor


def test_public_page_is_gone_and_back_for_readers_who_have_the_page_cache(moderator: Client, as_committed: Any) -> None:
    post = builders.post(title="Low water", slug="low")
    with as_committed():
        assert Client().get("/blog/low/").status_code == 200
    delete(moderator, post)
    with as_committed():
        assert Client().get("/blog/low/").status_code == 404
    restore(TrashedPage.objects.get(), builders.blog_index())
    with as_committed():
        assert Client().get("/blog/low/").status_code == 200


def test_old_trash_is_emptied_and_a_setting_keeps_it(settings: Any) -> None:
    trash(builders.post(), None)
    TrashedPage.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    settings.TRASH_DAYS = 0
    clean_up()
    assert TrashedPage.objects.exists()
    settings.TRASH_DAYS = 30
    clean_up()
    assert not TrashedPage.objects.exists()
