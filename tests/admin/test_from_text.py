"""An interview from pasted text, and a post from a whole Markdown document: seen, corrected, made into a draft."""

from __future__ import annotations

import pytest
from django.urls import reverse

from blog.models import BlogPage, InterviewPage
from portfolio.interviews.interview_text import LineKind, parse_with_corrections
from tests import builders

pytestmark = pytest.mark.django_db

TEXT = """Mara Lindqvist: “A tide is a kind of clock”

25 Feb 2020 · 4 min

By Theo Marchetti, features editor

Q: When did you first distrust a sensor?

A: On my second day. It reported a calm sea while the window rattled.

Q: And today?

A: Today I ask its neighbours.

Salt is patient

Photos: Ines Calder
"""
INTERVIEW = "interview_from_text"


@pytest.fixture
def editor(client):
    client.force_login(builders.user("Editors"))
    return client


def shown(client, text: str = TEXT, **said):
    return client.post(reverse(INTERVIEW), {"text": text, **said})


def kinds(response) -> dict[str, str]:
    return {f"kind-{row.index}": row.kind for row in response.context["parts"]}


def place(text: str) -> str:
    parts = parse_with_corrections(TEXT).parts
    return next(f"kind-{number}" for number, part in enumerate(parts) if text in part.text)


def test_each_part_is_shown_with_what_it_was_taken_for(editor):
    response = shown(editor)
    html = response.content.decode()

    assert kinds(response)[place("On my second day")] == "answer"
    assert kinds(response)[place("Photos")] == "photo_credit"
    assert '<option value="question" selected>Question</option>' in html
    assert "2 questions with answers" in html
    assert "25 February 2020" in html
    assert not InterviewPage.objects.exists()


def test_guesses_are_marked(editor):
    response = shown(editor, "A title\n\nA few words\n\nQ: Why?\n\nA: So.\n\nQ: How?\n\nA: Thus.\n")
    unsure = [row for row in response.context["parts"] if not row.certain]
    assert [row.text for row in unsure] == ["A few words"]
    assert "part-unsure" in response.content.decode()


def test_correction_is_taken_and_says_what_it_replaced(editor):
    response = shown(editor, parsed_text=TEXT, **{place("Salt"): LineKind.PULL_QUOTE})
    row = next(row for row in response.context["parts"] if row.text == "Salt is patient")
    assert (row.kind, row.corrected, row.certain) == ("pull_quote", True, True)
    assert "2 questions with answers, 1 pull quote" in response.content.decode()


def test_corrections_of_another_text_mean_nothing(editor):
    response = shown(editor, parsed_text="Something else", **{place("Salt"): LineKind.PULL_QUOTE})
    assert not any(row.corrected for row in response.context["parts"])


def test_kind_that_does_not_exist_is_passed_over(editor):
    assert not any(row.corrected for row in shown(editor, parsed_text=TEXT, **{place("Salt"): "poem"}).context["parts"])


def test_draft_says_what_was_shown(editor):
    text = TEXT.replace("\n", "\r\n")
    response = shown(editor, text, parsed_text=text, create="1", **{place("Salt"): LineKind.PULL_QUOTE})
    page = InterviewPage.objects.get()

    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert page.owner.groups.filter(name="Editors").exists()
    draft = page.get_latest_revision_as_object()
    assert draft.title == "Mara Lindqvist: “A tide is a kind of clock”"
    assert (draft.interviewer, draft.interviewer_role) == ("Theo Marchetti", "features editor")
    assert draft.photo_credit == "Ines Calder"
    assert draft.date.date().isoformat() == "2020-02-25"
    assert draft.reading_minutes_given == 4
    assert [block.block_type for block in draft.body] == ["question_answer", "question_answer", "pull_quote"]
    assert draft.body[2].value["text"] == "Salt is patient"


def test_draft_is_not_public(editor):
    shown(editor, parsed_text=TEXT, create="1")
    editor.logout()
    assert editor.get(f"/blog/{InterviewPage.objects.get().slug}/").status_code == 404


def test_text_changed_since_it_was_shown_is_shown_again_first(editor):
    response = shown(editor, TEXT + "\nQ: More?\n\nA: No.\n", parsed_text=TEXT, create="1")
    assert response.status_code == 200
    assert not InterviewPage.objects.exists()


def test_marks_of_html_are_words_here(editor):
    shown(
        editor,
        text := "T\n\nQ: <script>x</script>?\n\nA: <b>No</b>.\n\nQ: Why?\n\nA: So.\n",
        parsed_text=text,
        create="1",
    )
    html = InterviewPage.objects.get().get_latest_revision_as_object().body.render_as_block()
    assert "<script>" not in html
    assert "&lt;b&gt;No" in html


def choices(response) -> list[str]:
    return [words for _, words, _ in response.context["dates"]]


def test_list_of_kinds_has_who_answers_and_who_asks(editor):
    html = shown(editor).content.decode()
    assert '<option value="interviewee">Who answers</option>' in html
    assert '<option value="byline" selected>Who asks</option>' in html


@pytest.mark.parametrize(
    ("line", "name", "role", "organisation"),
    [
        ("Mara Lindqvist", "Mara Lindqvist", "", ""),
        ("Mara Lindqvist, harbour master", "Mara Lindqvist", "harbour master", ""),
        ("A talk with Mara Lindqvist", "Mara Lindqvist", "", ""),
        ("Guest: Mara Lindqvist, keeper at Saltmarsh Instruments", "Mara Lindqvist", "keeper", "Saltmarsh Instruments"),
    ],
)
def test_line_that_is_who_answers_names_the_interviewee(editor, line, name, role, organisation):
    text = f"Low water\n\n{line}\n\nQ: Why?\n\nA: So.\n\nQ: How?\n\nA: Thus.\n"
    shown(editor, text, parsed_text=text, create="1", **{"kind-1": LineKind.INTERVIEWEE})
    draft = InterviewPage.objects.get().get_latest_revision_as_object()
    assert draft.interviewee_name == name
    assert not draft.interviewer


def test_line_too_long_for_a_name_is_kept_in_the_introduction(editor):
    long = "Mara " * 70
    text = f"Low water\n\n{long}\n\nQ: Why?\n\nA: So.\n\nQ: How?\n\nA: Thus.\n"
    for kind in (LineKind.INTERVIEWEE, LineKind.BYLINE, LineKind.PHOTO_CREDIT, LineKind.INTERVIEWEE_ROLE):
        assert shown(editor, text, parsed_text=text, create="1", **{"kind-1": kind}).status_code == 302
        draft = InterviewPage.objects.order_by("-pk").first().get_latest_revision_as_object()
        assert long.strip() in draft.summary


DATED = TEXT.replace("25 Feb 2020", "12/06/2023")


def test_date_in_numbers_shows_how_it_was_read_and_the_other_day(editor):
    response = shown(editor, DATED)
    assert choices(response) == ["12 June 2023", "6 December 2023"]
    html = response.content.decode()
    assert 'value="2023-06-12" checked' in html
    assert "“12/06/2023” was read as 12 June 2023" in html
    assert [row.text for row in response.context["parts"] if not row.certain] == ["12/06/2023 · 4 min"]


def test_other_reading_of_the_date_is_taken(editor):
    shown(editor, DATED, parsed_text=DATED, create="1", day="2023-12-06")
    page = InterviewPage.objects.get()
    assert page.get_latest_revision_as_object().date.date().isoformat() == "2023-12-06"
    assert not page.wagtail_admin_comments.filter(contentpath="date").exists()


@pytest.mark.parametrize("day", ["", "2023-06-12", "2024-01-01", "nonsense", "9" * 400])
def test_day_that_the_date_cannot_mean_is_passed_over(editor, day):
    shown(editor, DATED, parsed_text=DATED, create="1", day=day)
    page = InterviewPage.objects.get()
    assert page.get_latest_revision_as_object().date.date().isoformat() == "2023-06-12"
    assert "12 June 2023" in page.wagtail_admin_comments.get(contentpath="date").text


def test_date_in_words_leaves_no_choice(editor):
    assert choices(shown(editor)) == []


UNSURE = """A few words about salt

Salt and patience

A: It began in spring.

Q: And then?

A: Then I waited.

First: a winter.

Q: What will you do now?
"""


def test_what_stays_unsure_is_a_comment_in_the_editor(editor):
    shown(editor, UNSURE, parsed_text=UNSURE, create="1")
    page = InterviewPage.objects.get()
    first, second, last = page.get_latest_revision_as_object().body
    found = {comment.contentpath: comment.text for comment in page.wagtail_admin_comments.all()}
    assert found == {
        "summary": "Taken for the introduction: “Salt and patience”.",
        f"body.{first.id}.question": "No question precedes this answer.",
        f"body.{last.id}.question": "No answer follows this question.",
        "interviewee_name": "Nothing says who is interviewed: fill it in.",
    }
    assert second.value["question"] == "And then?"
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "4 things were not certain: you find each as a comment beside its field." in html
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "No question precedes this answer." in html


def test_half_an_exchange_can_be_published_and_shows_no_empty_half(editor, client):
    shown(editor, UNSURE, parsed_text=UNSURE, create="1")
    page = InterviewPage.objects.get()
    revision = page.get_latest_revision()
    revision.as_object().full_clean()
    revision.publish()
    html = client.get(page.url).content.decode()
    assert html.count('class="question"') == 2
    assert html.count('class="answer"') == 2
    assert "It began in spring." in html
    assert "What will you do now?" in html


def test_too_long_a_text_is_refused(editor):
    assert shown(editor, "x" * 300_001).status_code == 422


def test_whoever_may_add_no_interview_sees_no_form(client):
    client.force_login(builders.user(is_staff=True))
    assert client.get(reverse(INTERVIEW)).status_code == 302
    assert shown(client).status_code == 302


DOCUMENT = """---
title: Rust on the hinge
date: 2024-05-06 08:00
description: What the sea does to iron.
tags: [rust, hinges]
categories: Notes
---

## The lower hinge

It rusts **first**.

```python
rust = True
```
"""


def made(client, text: str):
    return client.post(reverse("post_from_markdown"), {"text": text})


def test_whole_document_becomes_a_draft_with_all_that_it_says(editor):
    response = made(editor, DOCUMENT)
    page = BlogPage.objects.get().get_latest_revision_as_object()

    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert page.title == "Rust on the hinge"
    assert page.summary == "<p>What the sea does to iron.</p>"
    assert sorted(tag.name for tag in page.tags.all()) == ["hinges", "rust"]
    assert [category.name for category in page.categories.all()] == ["Notes"]
    assert page.date.date().isoformat() == "2024-05-06"
    assert [block.block_type for block in page.body] == ["heading", "text", "code"]


def test_dated_document_outside_of_any_folder_has_no_category_of_its_own(editor):
    made(editor, DOCUMENT.replace("categories: Notes\n", ""))
    assert not BlogPage.objects.get().get_latest_revision_as_object().categories.all()


def test_document_without_front_matter_is_called_after_its_first_heading(editor):
    made(editor, "# Low water\n\nWords.\n")
    assert BlogPage.objects.get().get_latest_revision_as_object().title == "Low water"


def test_document_that_says_it_is_an_interview_becomes_one(editor):
    made(editor, "---\nlayout: interview\ntitle: T\ninterviewee: Mara\n---\n### Why?\n{: .question}\n\nSo.\n")
    page = InterviewPage.objects.get().get_latest_revision_as_object()
    assert page.interviewee_name == "Mara"
    assert page.body[0].block_type == "question_answer"


def test_front_matter_that_cannot_be_read_is_told_with_its_line_and_nothing_is_made(editor):
    response = made(editor, "---\ntitle: A\ntags: [a\n---\nWords.\n")
    assert response.status_code == 422
    assert "Line " in response.content.decode()
    assert not BlogPage.objects.exists()


def test_nobody_adds_a_post_who_may_not(client):
    client.force_login(builders.user(is_staff=True))
    assert made(client, DOCUMENT).status_code == 302
    assert not BlogPage.objects.exists()


def test_editor_is_the_author_of_a_draft_that_names_none(client):
    client.force_login(builders.user("Editors", first_name="Odalys", last_name="Weld"))
    made(client, "---\ntitle: Neap\n---\nWords.\n")
    made(client, "---\ntitle: Spring\nauthor: Ilse Brandt\n---\nWords.\n")
    pages = [page.get_latest_revision_as_object() for page in BlogPage.objects.order_by("title")]
    names = [[person.name for person in page.authors.all()] for page in pages]
    assert names == [["Odalys Weld"], ["Ilse Brandt"]]
