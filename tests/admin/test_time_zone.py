"""Times in the admin: in the site's zone or the editor's own, with the zone's name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.localization import get_available_admin_time_zones
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data
from wagtail.users.models import UserProfile

from blog.models import BlogPage
from portfolio.models import SiteSettings
from portfolio.models.site.widgets import TimeZoneSelect
from portfolio.validation.date_range import whole_second
from tests import builders
from tests.pages.test_admin import add_address, entry_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client: Client) -> Client:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.time_zone = "Pacific/Auckland"
    settings.save()
    client.force_login(builders.user("Moderators"))
    return client


def test_times_are_shown_and_taken_in_the_zone_of_the_site(moderator: Client) -> None:
    html = moderator.get(add_address(BlogPage, builders.blog_index())).content.decode()
    assert html.count("Time zone: Pacific/Auckland.") == 4
    moderator.post(add_address(BlogPage, builders.blog_index()), nested_form_data(entry_form(date="2024-07-01 12:00")))
    post = BlogPage.objects.get()
    assert post.date == datetime(2024, 7, 1, 0, 0, tzinfo=UTC)
    history = moderator.get(reverse("wagtailadmin_pages:history", args=[post.pk])).content.decode()
    assert "NZ" in history


def test_an_editor_may_choose_another_zone(moderator: Client) -> None:
    account = moderator.get(reverse("wagtailadmin_account")).content.decode()
    assert 'data-w-locale-server-time-zone-param="Pacific/Auckland"' in account
    assert "The site&#x27;s time zone" in account
    UserProfile.objects.update(current_time_zone="America/Lima")
    html = moderator.get(add_address(BlogPage, builders.blog_index())).content.decode()
    assert "Time zone: America/Lima." in html


def store(client: Client, page: BlogPage | None = None, **fields: Any) -> BlogPage:
    address = (
        reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else add_address(BlogPage, builders.blog_index())
    )
    client.post(address, nested_form_data(entry_form(**fields)))
    return BlogPage.objects.get(slug="high-water")


def test_a_draft_that_waits_is_dated_by_its_publication(moderator: Client) -> None:
    page = store(moderator, date="")
    BlogPage.objects.update(date=timezone.now() - timedelta(days=9))
    form = moderator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert form["date"].value() is None
    revision = page.get_latest_revision()
    revision.content["date"] = (timezone.now() - timedelta(days=9)).isoformat()
    revision.save()
    revision.publish()
    page.refresh_from_db()
    assert page.date == whole_second(page.first_published_at)
    assert page.get_latest_revision_as_object().date == whole_second(page.first_published_at)


def test_a_date_that_the_editor_sets_is_kept_before_and_after_publication(moderator: Client) -> None:
    page = store(moderator, date="")
    page = store(moderator, page, date="2024-07-01 12:00", **{"action-publish": "1"})
    assert page.date == datetime(2024, 7, 1, 0, 0, tzinfo=UTC)
    page = store(moderator, page, date="", **{"action-publish": "1"})
    assert page.date == whole_second(page.first_published_at)
    shown = moderator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]["date"]
    with timezone.override("Pacific/Auckland"):
        again = shown.field.widget.format_value(shown.field.prepare_value(page.date))
    page = store(moderator, page, date=again, **{"action-publish": "1"})
    assert page.date_is_automatic
    assert page.date == whole_second(page.first_published_at)
    page = store(moderator, page, date="2025-07-01 12:00", **{"action-publish": "1"})
    assert not page.date_is_automatic
    assert page.date == datetime(2025, 7, 1, 0, 0, tzinfo=UTC)


def test_a_scheduled_post_without_a_date_has_that_of_its_hour(moderator: Client) -> None:
    page = store(moderator, date="", go_live_at="2037-07-01 12:00", **{"action-publish": "1"})
    revision = page.get_latest_revision()
    hour = timezone.now() - timedelta(minutes=3)
    revision.content["go_live_at"] = hour.isoformat()
    revision.approved_go_live_at = hour
    revision.save()
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.date == whole_second(hour)


def test_zones_that_no_browser_knows_are_not_offered() -> None:
    offered = {name for name, _ in TimeZoneSelect().choices}
    assert {"UTC", "Europe/Stockholm"} <= offered
    assert offered.isdisjoint({"Factory", "localtime"})
    assert set(get_available_admin_time_zones()) == offered
