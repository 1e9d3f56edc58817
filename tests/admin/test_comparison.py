"""Two versions of a body, as people read what has changed."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import LogContext

from portfolio.admin.comparison import compared, diff_sections, marked
from portfolio.admin.markdown_editing.page_markdown import blocks_as_markdown
from portfolio.blocks import BodyBlocks
from tests import builders

pytestmark = pytest.mark.django_db

A, B, C, D = (("text", f"<p>{words}</p>") for words in ("It fell slowly.", "It rose again.", "Nobody saw it.", "Salt."))


def body(*blocks, ids="abcdefgh"):
    raw = [{"type": kind, "value": value, "id": name} for name, (kind, value) in zip(ids, blocks, strict=False)]
    return blocks_as_markdown(BodyBlocks().to_python(raw))


def states(before, after) -> list[str]:
    return [row.state for row in compared(before, after)]


def text(row) -> str:
    return str(row.html)


def test_changed_words_are_marked_and_the_others_are_not():
    (row,) = compared(body(A), body(("text", "<p>It fell <b>very</b> quickly.</p>")))
    assert row.state == "edited"
    assert text(row) == "It fell <del>slowly</del><ins>**very** quickly</ins>."


def test_blocks_that_came_went_and_stayed():
    rows = list(compared(body(A, B, C), body(A, C, D, ids="acd")))
    assert [row.state for row in rows] == ["same", "removed", "same", "added"]
    assert text(rows[1]) == "<del>It rose again.</del>"
    assert text(rows[3]) == "<ins>Salt.</ins>"


def test_block_at_another_place_is_moved_and_not_new():
    assert sorted(states(body(A, B, C), body(C, A, B, ids="cab"))) == ["moved", "same", "same"]


def test_import_that_gave_new_ids_changes_nothing_that_reads_the_same():
    assert states(body(A, B), body(A, B, ids="xy")) == ["same", "same"]


def test_text_with_little_in_common_is_one_that_went_and_one_that_came():
    new = ("text", "<p>Quite another matter altogether, of iron, rust and winter.</p>")
    assert states(body(A), body(new)) == ["removed", "added"]


def test_html_in_a_text_is_shown_as_text():
    before, after = (body(("html", {"source": source, "base": ""})) for source in ("<b>A</b> b c d", "<i>A</i> b c d"))
    (row,) = compared(before, after)
    assert "<b>" not in text(row)
    assert "&lt;" in text(row)


def test_what_markdown_does_not_show_is_told_as_settings():
    before, after = (body(("html", {"source": "<p>A</p>", "base": base})) for base in ("", "/old/"))
    (row,) = compared(before, after)
    assert (row.state, row.kind) == ("edited", "HTML, settings")


def test_long_texts_are_compared_by_lines():
    lines = [f"Line {number} of many words in it.\n" for number in range(1200)]
    other = [*lines[:600], "A new one.\n", *lines[600:]]
    assert [piece for piece in marked("".join(lines), "".join(other)) if piece[0]] == [("ins", "A new one.\n")]


def test_long_stretches_without_changes_are_folded_with_a_neighbour_left_open():
    many = [("text", f"<p>Paragraph {number}.</p>") for number in range(8)]
    changed = [*many[:7], ("text", "<p>Paragraph seven.</p>")]
    found = diff_sections(list(compared(body(*many), body(*changed))))
    assert [(stretch.is_folded, len(stretch.rows)) for stretch in found if stretch.is_folded] == [(True, 6)]
    assert [row.state for stretch in found if not stretch.is_folded for row in stretch.rows] == ["same", "edited"]


@pytest.fixture
def editor(client):
    client.force_login(builders.user("Editors"))
    return client


@pytest.fixture
def page():
    made = builders.post(title="Low water", body=[A, B, C])
    made.save_revision().publish()
    made.refresh_from_db()
    draft = made.get_latest_revision_as_object()
    draft.body[1] = ("text", "<p>It rose at last.</p>")
    draft.save_revision()
    made.refresh_from_db()
    return made


def compare_address(page) -> str:
    return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", page.latest_revision_id])


def test_draft_is_compared_with_what_readers_see(editor, page):
    html = editor.get(compare_address(page)).content.decode()
    assert "It rose <del>again</del><ins>at last</ins>." in html
    assert 'class="diff-row diff-edited"' in html


def test_editor_of_a_page_leads_to_the_comparison_while_there_is_something_to_compare(editor, page):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert compare_address(page) in editor.get(edit).content.decode()
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert "Compare with the public page" not in editor.get(edit).content.decode()


def test_numbers_that_the_editor_gives_paragraphs_are_no_change(editor, page):
    draft = page.get_latest_revision_as_object()
    draft.title = "High water"
    draft.body[1] = ("text", '<p data-block-key="abc12">It rose again.</p>')
    draft.save_revision()
    page.refresh_from_db()
    html = editor.get(compare_address(page)).content.decode()
    assert "body-diff" not in html
    assert "High" in html


def test_comparison_costs_the_same_whatever_stands_in_the_body(editor):
    def count(size: int) -> int:
        other = builders.post(title="Linked")
        link = ("text", f'<p>See <a linktype="page" id="{other.pk}">it</a>.</p>')
        made = builders.post(body=[link] * size)
        made.save_revision().publish()
        made.refresh_from_db()
        draft = made.get_latest_revision_as_object()
        draft.body[0] = ("text", "<p>No link.</p>")
        draft.save_revision()
        made.refresh_from_db()
        editor.get(compare_address(made))
        with CaptureQueriesContext(connection) as queries:
            editor.get(compare_address(made))
        return len(queries)

    assert count(2) == count(12)


def test_history_has_one_line_for_a_version_that_was_saved_many_times(client, page):
    user = builders.user("Editors")
    client.force_login(user)
    address = reverse("wagtailadmin_pages:history", args=[page.pk])
    before = len(re.findall(r"<tr", client.get(address).content.decode()))
    draft = page.get_latest_revision_as_object()
    revision = None
    for words in ("One.", "Two.", "Three."):  # each a request of its own, as autosave makes them
        draft.body[1] = ("text", f"<p>{words}</p>")
        with LogContext(user=user):
            revision = draft.save_revision(user=user, log_action=True, overwrite_revision=revision)
    assert len(re.findall(r"<tr", client.get(address).content.decode())) == before + 1
