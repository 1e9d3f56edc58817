"""Dates follow the owner's calendar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from blog.models import BlogIndexPage, BlogPage
from portfolio.models import SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def late_post() -> BlogPage:
    page = BlogPage(title="Late", slug="late", date=datetime(2022, 1, 19, 23, 30, tzinfo=UTC))
    return BlogIndexPage.objects.get().add_child(instance=page)


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2022-01-19"), ("Europe/Stockholm", "2022-01-20")])
def test_a_post_of_the_evening_has_the_day_of_the_owners_calendar(
    late_post: BlogPage, client: Client, zone: str, day: str
) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.time_zone = zone
    settings.save()
    for address in ("/blog/late/", "/blog/"):
        assert f'datetime="{day}' in client.get(address).content.decode(), address


def test_a_zone_nobody_knows_is_refused_and_does_not_break_the_site(client: Client) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.time_zone = "Sea/Bottom"
    with pytest.raises(ValidationError, match="Choose a time zone"):
        settings.full_clean()
    settings.save()
    assert client.get("/").status_code == 200
