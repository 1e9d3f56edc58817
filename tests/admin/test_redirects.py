"""Redirects are made for addresses that were live, and nobody else's; the editor is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

from tests import builders
from tests.pages.test_admin import entry_form

pytestmark = pytest.mark.django_db

AUTOSAVE = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


def draft(slug: str) -> Page:
    page = builders.post(title="Low water", slug=slug, live=False)
    page.save_revision()
    return page


@pytest.fixture
def commit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of a transaction happens within the request, as it does on a running site."""
    monkeypatch.setattr(transaction, "on_commit", lambda func, using=None, robust=False: func())


def save(client: Client, page: Page, slug: str, action: str = "", **extra: str) -> Any:
    form = nested_form_data(entry_form(title=page.title, slug=slug, **({action: "1"} if action else {})))
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, **extra)


def old_paths() -> list[str]:
    return sorted(Redirect.objects.values_list("old_path", flat=True))


def test_typing_a_drafts_slug_leaves_no_redirect(moderator: Client, commit_at_once: None) -> None:
    page = draft("l")
    for slug in ("lo", "low", "low-w"):
        answer = save(moderator, page, slug, **AUTOSAVE)
        assert answer.json()["success"], answer.content
        page.refresh_from_db()
        assert page.slug == slug
    assert old_paths() == []
    save(moderator, page, "low-water", "action-publish")
    assert Page.objects.get(pk=page.pk).live
    assert old_paths() == []


def test_wagtail_alone_would_leave_some_behind(moderator: Client, settings: Any, commit_at_once: None) -> None:
    settings.WAGTAILREDIRECTS_AUTO_CREATE = True
    page = draft("l")
    for slug in ("lo", "low"):
        save(moderator, page, slug, **AUTOSAVE)
    assert "/blog/lo" in old_paths()
    assert not Page.objects.get(pk=page.pk).live


def test_a_live_page_that_gets_a_new_address_keeps_its_readers_and_says_so(
    moderator: Client, client: Client, commit_at_once: None
) -> None:
    page = builders.post(title="Low water", slug="low")
    page.save_revision().publish()
    save(moderator, page, "low-water", **AUTOSAVE)
    assert old_paths() == []  # a draft of it has the new address; readers still find it at the old one
    save(moderator, page, "low-water", "action-publish")
    assert old_paths() == ["/blog/low"]
    assert client.get("/blog/low/")["Location"].endswith("/blog/low-water/")
    assert "The old address /blog/low now redirects to the new one" in moderator.get("/admin/").content.decode()


def test_moving_a_page_takes_its_readers_along_and_a_draft_has_none(
    moderator: Client, client: Client, commit_at_once: None
) -> None:
    parent = builders.standard_page(title="Notes", slug="notes")
    page = builders.standard_page(title="Low water", slug="low")
    unpublished = builders.standard_page(title="High water", slug="high", live=False)
    for moved in (page, unpublished):
        moderator.post(reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, parent.pk]))
    assert old_paths() == ["/low"]
    assert client.get("/low/")["Location"].endswith("/notes/low/")
    assert "The old address /low now redirects" in moderator.get("/admin/").content.decode()


def test_live_pages_below_a_draft_are_found_again(commit_at_once: None) -> None:
    section = builders.standard_page(title="Notes", slug="notes")
    section.add_child(instance=type(section)(title="Low", slug="low"))
    section.unpublish()
    section.slug = "writing"
    section.save()
    assert old_paths() == ["/notes/low"]
