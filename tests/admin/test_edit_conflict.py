"""Two editors on one page: nobody's words vanish."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from portfolio.admin.markdown_editing import edit_view
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> BlogPage:
    page = builders.post(title="Tides", slug="tides")
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def editors() -> list[Client]:
    clients = []
    for _ in range(2):
        client = Client()
        client.force_login(builders.user("Moderators"))
        clients.append(client)
    return clients


def opened(page: BlogPage, title: str) -> dict[str, str]:
    """The form as it is when it is opened now, with another title typed into it."""
    page.refresh_from_db()
    newest = page.get_latest_revision()
    return nested_form_data(
        {
            "title": title,
            "slug": "tides",
            "date": "2024-05-03 10:00",
            "summary": rich_text("<p>Water.</p>"),
            "body": streamfield([("text", rich_text("<p>Rises.</p>"))]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "loaded_revision_id": newest.pk,
            "loaded_revision_created_at": newest.created_at.isoformat(),
        }
    )


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_second_editor_is_told_and_keeps_the_words(action: str, page: BlogPage, editors: list[Client]) -> None:
    address = f"/admin/pages/{page.pk}/edit/"
    forms = [opened(page, "Written by the first"), opened(page, "Written by the second")]
    button = {action: "1"} if action else {}
    assert editors[0].post(address, forms[0] | button).status_code == 302
    answer = editors[1].post(address, forms[1] | button)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "saved another version of this page" in html
    assert 'value="Written by the second"' in html, "the words are in the form"
    page.refresh_from_db()
    newest = page.get_latest_revision()
    assert newest.content["title"] == "Written by the first"
    assert f'name="loaded_revision_id" value="{newest.pk}"' in html
    again = forms[1] | {
        "loaded_revision_id": str(newest.pk),
        "loaded_revision_created_at": newest.created_at.isoformat(),
    }
    assert editors[1].post(address, again | button).status_code == 302, "pressed again, it is a decision"
    titles = [revision.content["title"] for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["Written by the first", "Written by the second"], "and both are in the history"


def test_version_changed_in_place_by_autosave_counts(page: BlogPage, editors: list[Client]) -> None:
    address = f"/admin/pages/{page.pk}/edit/"
    json = {"Accept": "application/json"}
    saved = editors[0].post(address, opened(page, "First"), headers=json).json()
    form = opened(page, "Written by the second")
    own = opened(page, "First, longer") | {"overwrite_revision_id": str(saved["revision_id"])}
    assert editors[0].post(address, own, headers=json).json()["success"]
    assert "saved another version" in editors[1].post(address, form).content.decode()


def test_own_autosave_is_no_conflict(page: BlogPage, editors: list[Client]) -> None:
    address = f"/admin/pages/{page.pk}/edit/"
    form = opened(page, "First")
    saved = editors[0].post(address, form, headers={"Accept": "application/json"}).json()
    own = form | {
        "loaded_revision_id": str(saved["revision_id"]),
        "loaded_revision_created_at": saved["revision_created_at"],
    }
    assert editors[0].post(address, own).status_code == 302


def test_preview_is_shown_whatever_was_saved_meanwhile(page: BlogPage, editors: list[Client]) -> None:
    form = opened(page, "Written by the second")
    editors[0].post(f"/admin/pages/{page.pk}/edit/", opened(page, "First"))
    answer = editors[1].post(f"/admin/pages/{page.pk}/edit/preview/", form)
    assert answer.json()["is_valid"]


def test_look_for_a_newer_version_and_saving_are_one_transaction(
    page: BlogPage, editors: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []
    outside = len(connection.savepoint_ids)

    def note(request: HttpRequest, page: Page) -> None:
        depths.append(len(connection.savepoint_ids) - outside)

    with hooks.register_temporarily("before_edit_page", note), CaptureQueriesContext(connection) as queries:
        editors[0].post(f"/admin/pages/{page.pk}/edit/", opened(page, "First"))
        editors[0].get(f"/admin/pages/{page.pk}/edit/")
    assert depths == [1, 0]
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in query["sql"] for query in queries)


def test_text_saved_while_a_text_was_converted_is_not_overwritten(
    page: BlogPage, editors: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/admin/pages/{page.pk}/markdown/"
    form = {"text": "Written by the second.", "version": edit_view.version_of(Page.objects.get(pk=page.pk))}
    convert = edit_view.parse_body

    def slowly(*arguments: object) -> object:
        page.save_revision()
        return convert(*arguments)

    monkeypatch.setattr(edit_view, "parse_body", slowly)
    answer = editors[1].post(address, form)
    assert answer.status_code == 409
    assert "Written by the second." in answer.content.decode()
    assert edit_view.version_of(Page.objects.get(pk=page.pk)) in answer.content.decode()
