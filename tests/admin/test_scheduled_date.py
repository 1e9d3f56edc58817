"""The date of a post that is scheduled: the hour at which readers get it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data

from blog.forms import scheduled_date
from blog.models import BlogPage
from tests import builders
from tests.pages.test_admin import add_address, entry_form

pytestmark = pytest.mark.django_db

BEGUN = datetime(2024, 5, 4, 12, 0, tzinfo=UTC)  # the date that the form sends
HOUR = datetime(2037, 7, 1, 10, 0, tzinfo=UTC)
LATER = datetime(2037, 8, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


def as_typed(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def form(**fields: Any) -> dict[str, Any]:
    return nested_form_data(entry_form(**fields))


def edit_address(page: BlogPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft(page: BlogPage) -> BlogPage:
    return BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def scheduled_post(moderator: Client) -> BlogPage:
    data = form(go_live_at=as_typed(HOUR), **{"action-publish": "1"})
    moderator.post(add_address(BlogPage, builders.blog_index()), data)
    return BlogPage.objects.get(slug="high-water")


def test_a_scheduled_post_is_dated_by_its_hour_and_stands_above_what_appeared_while_it_waited(
    moderator: Client,
) -> None:
    page = scheduled_post(moderator)
    assert draft(page).date == HOUR
    moment = timezone.now() - timedelta(minutes=1)
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = moment.isoformat()  # the hour has come
    revision.approved_go_live_at = moment
    revision.save()
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live
    assert page.date == HOUR


def test_the_date_follows_a_schedule_that_is_moved(moderator: Client) -> None:
    moderator.post(add_address(BlogPage, builders.blog_index()), form(go_live_at=as_typed(HOUR)))
    page = BlogPage.objects.get(slug="high-water")
    for moved in (LATER, HOUR - timedelta(days=3)):
        moderator.post(edit_address(page), form(date=as_typed(draft(page).date), go_live_at=as_typed(moved)))
        assert draft(page).date == moved


def test_a_schedule_that_is_dropped_leaves_no_date_in_the_future(moderator: Client) -> None:
    moderator.post(add_address(BlogPage, builders.blog_index()), form(go_live_at=as_typed(HOUR)))
    page = BlogPage.objects.get(slug="high-water")
    moderator.post(edit_address(page), form(date=as_typed(HOUR), go_live_at="", **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.live
    assert abs(page.date - timezone.now()) < timedelta(hours=1)


def test_a_post_that_is_public_keeps_its_date_when_a_change_is_scheduled(moderator: Client) -> None:
    moderator.post(add_address(BlogPage, builders.blog_index()), form(**{"action-publish": "1"}))
    page = BlogPage.objects.get(slug="high-water")
    moderator.post(edit_address(page), form(go_live_at=as_typed(HOUR), **{"action-publish": "1"}))
    assert draft(page).date == BEGUN


def test_the_open_form_is_told_the_new_date_by_autosave(moderator: Client) -> None:
    address = add_address(BlogPage, builders.blog_index())
    answer = moderator.post(address, form(go_live_at=as_typed(HOUR)), HTTP_ACCEPT="application/json").json()
    assert answer["field_updates"]["date"] == as_typed(HOUR)
    answer = moderator.post(answer["url"], form(date=as_typed(HOUR), go_live_at=as_typed(HOUR)),
                            HTTP_ACCEPT="application/json").json()  # fmt: skip
    assert "date" not in answer["field_updates"]


def test_a_date_behind_the_hour_is_the_editors_own() -> None:
    assert scheduled_date(LATER, HOUR, None) == LATER
