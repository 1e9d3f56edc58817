"""The publish sheet before a first publication, and the review by a colleague."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from experience.models import Skill
from portfolio.admin.publishing.proposals import proposed_summary, terms_in_text
from portfolio.admin.publishing.sheet_form import form_class
from portfolio.content.registry import page_kinds
from portfolio.markdown.text import visible_text
from portfolio.validation.date_range import whole_second
from tests import builders
from tests.pages.test_admin import add_address, entry_form

pytestmark = pytest.mark.django_db
TEXT = "<p>The gauge at Holm stood dry. Nobody had asked C++ or tidal power why, said Ilse. It rose again by noon.</p>"


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators", first_name="Ilse", last_name="Brandt"))
    return client


def draft(**fields: Any) -> BlogPage:
    fields = {"body": [("text", TEXT)], "slug": "low-water", **fields}
    page = builders.post(title="Low water", live=False, **fields)
    page.save_revision()
    return page


def sheet(page: Page) -> str:
    return reverse("publish_sheet", args=[page.pk])


def sheet_data(page: BlogPage, **changed: Any) -> dict[str, Any]:
    data = {"date": "", "go_live_at": "", "slug": page.slug, "summary": rich_text("<p>Short.</p>"), "tags": "gauges"}
    return {**data, "skills": "", "cover": "", "action": "publish", **changed}


def stored(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def test_publish_saves_the_draft_and_opens_the_sheet(moderator: Client) -> None:
    html = moderator.get(add_address(BlogPage, builders.blog_index())).content.decode()
    assert 'name="action-publish" value="sheet"' in html
    assert 'value="action-publish"' not in html
    answer = moderator.post(
        add_address(BlogPage, builders.blog_index()),
        {**nested_form_data(entry_form()), "action-publish": "sheet"},
    )
    page = BlogPage.objects.get()
    assert answer.url == sheet(page)
    assert not page.live
    page.save_revision().publish()
    html = moderator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'value="action-publish"' in html  # what was public once is published at once
    assert moderator.get(sheet(page)).url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_sheet_proposes_and_publishes_what_it_holds(moderator: Client) -> None:
    Tag.objects.create(name="tidal power")
    Tag.objects.create(name="seabed")
    Skill.objects.create(name="C++")
    page = draft()
    context = moderator.get(sheet(page)).context
    form = context["form"]
    assert "The gauge at Holm stood dry." in form.initial["summary"]
    assert form.fields["tags"].proposed == [("tidal power", False)]
    assert form.fields["skills"].proposed == [("C++", False)]
    assert context["address"].endswith("/blog/")

    data = sheet_data(page, slug="ebb", proposed_tags=["tidal power", "seabed"], proposed_skills=["C++"])
    answer = moderator.post(sheet(page), data)
    assert answer.status_code == 302
    page = stored(page)
    assert page.live
    assert (page.slug, visible_text(page.summary)) == ("ebb", "Short.")
    assert sorted(tag.name for tag in page.tags.all()) == ["gauges", "tidal power"]  # the seabed was not proposed
    assert [skill.name for skill in page.skills.all()] == ["C++"]
    assert page.date == whole_second(page.first_published_at)
    assert "has been published" in moderator.get(answer.url).content.decode()


def test_scheduling_asks_for_a_moment_to_come(moderator: Client) -> None:
    page = draft()
    for moment in ("", "2020-01-01 10:00"):
        answer = moderator.post(sheet(page), sheet_data(page, action="schedule", go_live_at=moment))
        assert answer.status_code == 422
        assert answer.context["form"].has_error("go_live_at")
    later = timezone.now() + timedelta(days=3)
    data = sheet_data(page, action="schedule", go_live_at=f"{later:%Y-%m-%d %H:%M}")
    assert moderator.post(sheet(page), data).status_code == 302
    page = stored(page)
    assert not page.live
    assert page.approved_schedule
    now = draft(slug="flood", go_live_at=later)
    assert moderator.get(sheet(now)).context["is_scheduled"]
    moderator.post(sheet(now), sheet_data(now, go_live_at=data["go_live_at"]))
    assert stored(now).live


def test_a_sheet_may_be_left_and_nothing_is_public(moderator: Client) -> None:
    page = draft()
    moderator.post(sheet(page), sheet_data(page, action="draft", slug="ebb"))
    moderator.post(sheet(page), sheet_data(page, action="check", slug="flood"))
    page = stored(page)
    assert (page.live, page.slug) == (False, "ebb")


def test_what_is_missing_is_said_and_an_unfinished_block_keeps_the_page_back(moderator: Client) -> None:
    image = {"image": builders.picture().pk, "alt_text": "", "decorative": False}
    page = draft(body=[("text", '<p><a href="/nowhere/">There</a></p>')])
    page.body = json.dumps([*page.body.raw_data, {"type": "image", "value": {"image": image}}])
    page.save_revision()
    html = moderator.get(sheet(page)).content.decode()
    assert "Pictures without a description" in html
    assert "/nowhere/" in html
    answer = moderator.post(sheet(page), sheet_data(page))
    assert "Body, block 2 (Image): Screen readers have nothing to say" in answer.content.decode()
    page = draft(body=[("heading", {"text": "", "level": "2"})], slug="ebb")
    answer = moderator.post(sheet(page), sheet_data(page))
    assert answer.status_code == 422
    assert re.search(r"Body, block 1 \(Heading\): ", answer.content.decode())
    assert not stored(page).live


@pytest.mark.parametrize(
    ("body", "is_empty"), [([], True), ([("text", "<p> </p>")], True), ([("divider", None)], False)]
)
def test_an_empty_body_is_said(moderator: Client, body: list[Any], is_empty: bool) -> None:
    page = draft(body=body)
    assert ("The body is empty" in moderator.get(sheet(page)).content.decode()) is is_empty


def test_the_look_shows_what_the_sheet_holds(moderator: Client) -> None:
    page = draft()
    address = reverse("publish_sheet_look", args=[page.pk])
    assert "The gauge at Holm" in moderator.get(address).content.decode()
    html = moderator.post(address, sheet_data(page, summary=rich_text("<p>Of <b>salt</b>.</p>"))).content.decode()
    assert html.count("Of salt.") == 2
    assert stored(page).summary == ""
    card = moderator.get(reverse("publish_sheet_card", args=[page.pk]))
    assert card.content.startswith(b"\x89PNG")


def test_the_sheet_shows_no_card_that_cannot_be_drawn(moderator: Client) -> None:
    page = draft()
    look = reverse("publish_sheet_look", args=[page.pk])
    card = reverse("publish_sheet_card", args=[page.pk])
    assert card in moderator.get(look).content.decode()
    page.title = "潮位 🌊"  # which the font of the cards lacks
    page.save_revision()
    assert moderator.get(card).status_code == 204
    assert card not in moderator.get(look).content.decode()


def test_every_page_type_has_a_sheet(moderator: Client) -> None:
    made = [
        builders.role(live=False),
        builders.project(live=False),
        builders.publication(live=False),
        builders.talk(live=False),
        builders.interview(live=False),
        builders.standard_page(live=False),
    ]
    for page in made:
        page.save_revision()
        answer = moderator.get(sheet(page))
        assert answer.status_code == 200, page
        fields = {field.name: field for field in answer.context["form"]}
        assert "/blog/" not in fields["slug"].help_text
        assert "skills" not in fields or fields["skills"].label == "Skills"
        assert moderator.get(reverse("publish_sheet_look", args=[page.pk])).status_code == 200, page
    assert all(form_class(kind.model) for kind in page_kinds())


def test_editors_submit_first_and_everybody_is_told_who_does_what(client: Client) -> None:
    editor = builders.user("Editors")
    client.force_login(editor)
    page = draft(owner=editor)
    edit, look = reverse("wagtailadmin_pages:edit", args=[page.pk]), sheet(page)
    html = client.get(edit).content.decode()
    assert html.index("Submit for review") < html.index("Save draft")
    assert "publish_sheet" not in html
    assert client.get(look).status_code in (302, 403)
    assert client.post(look, sheet_data(page)).status_code in (302, 403)
    assert not stored(page).live

    form = nested_form_data(
        entry_form(title="Low water", slug="low-water", body=streamfield([("text", rich_text(TEXT))]))
    )
    client.post(edit, {**form, "action-submit": "action-submit"})
    assert "This page is under review: the Moderators have to approve it." in client.get(edit).content.decode()
    moderator = Client()
    moderator.force_login(builders.user("Moderators", first_name="Ines", last_name="Vey"))
    assert "This page waits for you" in moderator.get(edit).content.decode()
    task = stored(page).current_workflow_state.current_task_state
    task.reject(user=builders.user("Moderators", first_name="Tor", last_name="Holm"), comment="Name the gauge.")
    html = client.get(edit).content.decode()
    assert "Tor Holm sent this page back. “Name the gauge.”" in html
    assert "Submit again" in html


def test_proposals_are_words_of_their_own() -> None:
    for name in ("ask", "Go", "Holm", "gauge at Holm"):
        Tag.objects.create(name=name)
    page = draft(tags=["holm"])
    assert terms_in_text(page, "tags") == ["gauge at Holm"]
    assert proposed_summary(page).startswith("<p>The gauge at Holm stood dry. Nobody")
    assert proposed_summary(draft(body=[("code", {"language": "", "code": "x"})], slug="code")) == ""


def test_approving_leads_through_the_sheet_and_ends_the_review(client: Client) -> None:
    author = builders.user("Editors")
    page = draft(owner=author)
    page.get_workflow().start(page, author)
    client.force_login(author)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(edit).content.decode()
    assert html.count("This page is under review") == 1
    assert "awaiting moderation" not in html

    moderator = Client()
    moderator.force_login(builders.user("Moderators", first_name="Ilse", last_name="Brandt"))
    html = moderator.get(edit).content.decode()
    assert "Approve and publish…" in html
    assert 'data-workflow-action-name="approve"' not in html
    assert 'data-workflow-action-name="reject"' in html
    state = stored(page).current_workflow_task_state
    action = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])  # of the dashboard
    assert moderator.post(action).url == sheet(page)
    answer = moderator.get(action, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": sheet(page)}
    assert not stored(page).live

    assert "Approve and publish now" in moderator.get(sheet(page)).content.decode()
    moderator.post(sheet(page), sheet_data(page, slug="ebb"))
    page = stored(page)
    assert (page.live, page.slug) == (True, "ebb")
    assert page.workflow_states.get().status == "approved"


def test_a_scheduled_draft_reaches_the_sheet_again(moderator: Client) -> None:
    page = draft()
    times = [timezone.localtime(timezone.now() + timedelta(days=days)) for days in (3, 5)]
    for moment in times:
        moderator.post(sheet(page), sheet_data(page, action="schedule", go_live_at=f"{moment:%Y-%m-%d %H:%M}"))
        edit = moderator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Change the schedule…" in edit
        assert sheet(page) in edit
    assert stored(page).go_live_at.date() == times[1].date()
    html = moderator.get(sheet(page)).content.decode()
    cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.scheduled_revision.pk])
    assert cancel in html
    page.locked, page.locked_by = True, builders.user("Editors")
    page.save()
    assert moderator.get(sheet(page)).status_code in (302, 403)


def test_a_cancelled_schedule_leaves_a_draft_without_an_hour(moderator: Client) -> None:
    page = draft()
    hour = f"{timezone.localtime(timezone.now() + timedelta(days=3)):%Y-%m-%d %H:%M}"
    moderator.post(sheet(page), sheet_data(page, action="schedule", date=hour, go_live_at=hour))
    page = stored(page)
    assert page.date == page.go_live_at
    cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.scheduled_revision.pk])
    assert moderator.post(cancel).status_code == 302
    for version in (stored(page), stored(page).get_latest_revision_as_object()):
        assert version.go_live_at is None
        assert version.date <= timezone.now()
    assert stored(page).scheduled_revision is None
    html = moderator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Publish…" in html
    assert "Schedule to publish…" not in html
