"""The screen “Edit as Markdown”: who may use it, what it saves, and what it says when something is wrong."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageLogEntry

from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(builders.user("Editors"))
    return client


@pytest.fixture
def page():
    made = builders.post(title="Low water", body=[("text", "<p>It fell.</p>"), ("text", "<p>It rose.</p>")])
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def address(page) -> str:
    return reverse("edit_markdown", args=[page.pk])


def opened(client, page) -> dict[str, str]:
    return dict(client.get(address(page)).context["form"].initial)


def test_text_of_the_newest_draft_is_shown(editor, page):
    page.body = [("text", "<p>It <b>stood</b>.</p>")]
    page.save_revision()
    assert opened(editor, page)["text"] == "It **stood**.\n"


def test_untouched_text_changes_nothing(editor, page):
    form = opened(editor, page)
    response = editor.post(address(page), {**form, "text": form["text"].replace("\n", "\r\n")}, follow=True)

    assert "Nothing was changed" in response.content.decode()
    assert page.revisions.count() == 1


def test_edit_is_a_new_draft_and_readers_see_the_old_text(editor, page):
    before = page.get_latest_revision().pk
    form = opened(editor, page)
    editor.post(address(page), {**form, "text": form["text"].replace("rose", "sank")})

    page.refresh_from_db()
    assert page.has_unpublished_changes
    assert [str(block.value) for block in page.body][1] != "<p>It sank.</p>"
    assert page.revisions.filter(pk=before).exists()
    draft = page.get_latest_revision_as_object()
    assert draft.body[1].value.source == "<p>It sank.</p>"
    assert [block.id for block in draft.body] == [block.id for block in page.body]
    assert "It sank." not in editor.get(page.url).content.decode()


def test_history_says_how_it_was_edited_and_by_whom(editor, page):
    form = opened(editor, page)
    editor.post(address(page), {**form, "text": "It stood.\n"})
    page.refresh_from_db()
    entry = PageLogEntry.objects.filter(page=page, action="portfolio.edit_markdown").get()

    assert entry.revision == page.get_latest_revision()
    assert entry.user.groups.filter(name="Editors").exists()
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Edited as Markdown" in history


@pytest.mark.parametrize("in_place", [False, True], ids=["new version", "autosave"])
def test_somebody_elses_edit_is_noticed_and_nothing_is_lost(editor, page, in_place):
    form = opened(editor, page)
    theirs = page.get_latest_revision_as_object()
    theirs.body = [("text", "<p>Theirs.</p>")]
    theirs.save_revision(overwrite_revision=page.get_latest_revision() if in_place else None)
    count = page.revisions.count()

    response = editor.post(address(page), {**form, "text": "Mine.\n"})
    assert response.status_code == 409
    assert "Somebody else has saved this page" in response.content.decode()
    assert page.revisions.count() == count
    assert response.context["form"].initial["text"] == "Mine.\n"

    editor.post(address(page), response.context["form"].initial)
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().body[0].value.source == "<p>Mine.</p>"


def test_error_names_its_line_and_the_text_is_still_there(editor, page):
    form = opened(editor, page)
    wrong = form["text"] + "\n\n<!-- block 99999999 (gallery): edit it in the form -->\n"
    response = editor.post(address(page), {**form, "text": wrong})
    html = response.content.decode()

    assert response.status_code == 422
    assert "Line 6:" in html
    assert "It rose." in html
    assert page.revisions.count() == 1


def test_text_may_be_emptied(editor, page):
    editor.post(address(page), {**opened(editor, page), "text": ""})
    page.refresh_from_db()
    assert len(page.get_latest_revision_as_object().body) == 0


def test_whoever_may_not_edit_the_page_may_not_edit_its_markdown(client, page):
    user = builders.user("Editors")
    GroupPagePermission.objects.filter(group__name="Editors").delete()
    client.force_login(user)
    for answer in (client.get(address(page)), client.post(address(page), {"text": "Mine."})):
        assert answer.status_code == 302
    assert page.revisions.count() == 1


def test_locked_page_is_closed_to_others(editor, page):
    page.locked, page.locked_by = True, builders.user("Moderators")
    page.save()
    assert editor.get(address(page)).status_code == 302


def test_page_without_a_body_has_no_such_screen(editor):
    assert editor.get(address(builders.blog_index())).status_code == 404


def test_form_of_a_page_leads_there_and_others_do_not(editor, page):
    assert address(page) in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    other = builders.blog_index()
    assert address(other) not in editor.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).content.decode()


def test_pasted_markdown_comes_back_as_blocks_of_the_form(editor):
    text = "---\ntitle: Rust\ntags: [a]\n---\n## Part\n\nWords.\n"
    answer = editor.post(reverse("paste_markdown"), {"text": text}).json()
    assert [block["type"] for block in answer["blocks"]] == ["heading", "text"]
    assert answer["blocks"][0]["value"]["text"] == "Part"
    assert answer["title"] == "Rust"
    assert answer["left_out"] == ["tags"]


def test_pasted_markdown_that_cannot_be_read_says_where(editor):
    answer = editor.post(reverse("paste_markdown"), {"text": "---\ntitle: [A\n---\nWords.\n"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0].startswith("Line ")


def test_nobody_pastes_who_edits_nothing(client):
    user = builders.user(is_staff=True)
    client.force_login(user)
    assert client.post(reverse("paste_markdown"), {"text": "Words."}).status_code in (302, 403)


def test_screen_costs_the_same_whatever_else_is_on_the_site(editor, page):
    def count() -> int:
        editor.get(address(page))
        with CaptureQueriesContext(connection) as queries:
            editor.get(address(page))
        return len(queries)

    few = count()
    for _ in range(6):
        builders.post()
    assert count() == few
