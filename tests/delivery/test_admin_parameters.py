"""Forms of the admin with fields that are missing or make no sense: 400 and never an error page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from blog.models import BlogPage
from portfolio.delivery.middleware.admin_parameters import raised_in
from tests import builders
from tests.pages.test_admin import add_address, entry_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(admin_client: Client) -> Client:
    admin_client.raise_request_exception = False
    return admin_client


def addresses(page: Page) -> Iterator[str]:
    yield add_address(BlogPage, builders.blog_index())
    for name in ("edit", "copy", "move", "delete", "unpublish", "convert_alias", "set_privacy"):
        yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    yield reverse("wagtailadmin_choose_page_external_link")
    yield reverse("wagtailadmin_choose_page_email_link")
    yield reverse("wagtailadmin_pages:set_page_position", args=[page.pk])
    yield reverse("wagtailimages:add_multiple")
    yield reverse("wagtailimages:add")
    yield reverse("wagtaildocs:add")
    yield reverse("wagtailusers_users:add")
    yield reverse("wagtailredirects:add")
    yield reverse("wagtailredirects:start_import")
    yield reverse("wagtailadmin_account")


@pytest.mark.parametrize("value", [None, "", "-1", "9" * 40, "\x00a", "null", "[]"])
def test_no_form_of_the_admin_is_an_error(owner: Client, value: str | None) -> None:
    page = builders.post(title="High water")
    for address in addresses(page):
        answer = owner.get(address)
        form = getattr(answer, "context", None) and answer.context.get("form")
        names = [
            *(form.fields if form else ()),
            "body-count",
            "new_title",
            "new_slug",
            "new_parent_page",
            "destination",
        ]
        data = {} if value is None else dict.fromkeys(names, value)
        assert owner.post(address, data).status_code < 500, (address, value)


@pytest.mark.parametrize(
    "block",
    [
        ("quote", {"text": "", "source": "", "url": ""}),
        ("table", {"rows": "x"}),
        ("text", "{"),
        ("image", {"image-image": "no number"}),
        ("unknown", "x"),
    ],
)
def test_a_block_that_was_not_made_by_the_editor_is_refused(owner: Client, block: tuple[str, Any]) -> None:
    data = nested_form_data(entry_form(body=streamfield([block])))
    assert owner.post(add_address(BlogPage, builders.blog_index()), data).status_code < 500


def test_a_fault_of_our_own_is_not_taken_for_a_bad_form(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.validation.page_form.free_page_slug", None)  # called by the form's own code
    data = nested_form_data(entry_form(body=streamfield([])))
    assert owner.post(add_address(BlogPage, builders.blog_index()), data).status_code == 500


def test_the_standard_library_is_not_to_blame() -> None:
    with pytest.raises(ValueError, match="invalid literal") as raised:
        int("x")
    assert raised_in(raised.value) == __name__.partition(".")[0]
