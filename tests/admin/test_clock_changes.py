"""Dates in the hours at which the clock of a zone is changed, in the form of a page and in the publish sheet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text
from wagtail.users.models import UserProfile

from blog.models import BlogPage
from experience.models import TalkPage
from tests import builders
from tests.pages.test_admin import entry_form

pytestmark = pytest.mark.django_db

FIRST, SECOND = datetime(2022, 10, 30, 0, 30, 7, tzinfo=UTC), datetime(2022, 10, 30, 1, 30, 7, tzinfo=UTC)
REPEATED, SKIPPED = "2022-10-30 02:30", "2022-03-27 02:30"


@pytest.fixture
def moderator(client: Client) -> Client:
    user = builders.user("Moderators")
    UserProfile.objects.update_or_create(user=user, defaults={"current_time_zone": "Europe/Stockholm"})
    client.force_login(user)
    return client


def post(**fields: Any) -> BlogPage:
    page = builders.post(title="High water", slug="high-water", live=False, **fields)
    page.save_revision()
    return page


def draft(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def save(client: Client, page: BlogPage, date: str, **headers: Any) -> Any:
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(entry_form(date=date)), **headers
    )


@pytest.mark.parametrize("moment", [FIRST, SECOND])
def test_a_date_in_the_repeated_hour_is_kept_by_the_form_autosave_and_the_sheet(
    moderator: Client, moment: datetime
) -> None:
    page = post(date=moment, updated=moment)
    sheet = reverse("publish_sheet", args=[page.pk])
    assert save(moderator, page, REPEATED).status_code == 302
    assert draft(page).date == moment
    assert save(moderator, page, REPEATED, HTTP_ACCEPT="application/json").status_code == 200
    assert draft(page).date == moment
    data = dict.fromkeys(("go_live_at", "tags", "skills", "cover"), "")
    data |= {"date": REPEATED, "slug": page.slug, "summary": rich_text("<p>Short.</p>"), "action": "draft"}
    assert moderator.post(sheet, data).status_code == 302
    assert draft(page).date == moment


def test_a_new_date_in_the_repeated_hour_is_its_first_occurrence(moderator: Client) -> None:
    page = post(date=datetime(2022, 1, 1, tzinfo=UTC))
    assert save(moderator, page, REPEATED).status_code == 302
    assert draft(page).date == FIRST.replace(second=0)


def test_an_hour_that_the_clock_leaves_out_is_refused_in_plain_words(moderator: Client) -> None:
    page = post(date=FIRST)
    answer = save(moderator, page, SKIPPED)
    assert "There was no 02:30 on that day in the time zone Europe/Stockholm" in answer.content.decode()
    assert draft(page).date == FIRST


def test_every_field_with_date_and_time_takes_those_hours() -> None:
    for model in (BlogPage, TalkPage):
        fields = model.get_edit_handler().get_form_class().base_fields
        names = {name for name, field in fields.items() if type(field).__name__ == "MomentField"}
        assert {"date", "go_live_at", "expire_at"} <= names


def test_a_day_that_does_not_exist_is_refused_and_not_made_another(moderator: Client) -> None:
    page = post(date=FIRST)
    answer = save(moderator, page, "2022-02-30 10:00")
    assert "Enter a valid date/time." in answer.content.decode()
    assert draft(page).date == FIRST
    for name in ("date", "go_live_at", "expire_at"):  # the picker would correct it in the browser
        assert answer.context["form"].fields[name].widget.get_config()["validateOnBlur"] is False
