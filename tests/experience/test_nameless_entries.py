"""An experience entry needs a role or an organisation before it is published, whatever way it comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text

from experience.heading_parser import parse_names
from experience.models import ExperiencePage, Organisation
from experience.models.pages import NAMELESS
from experience.resume.json_import import import_resume
from experience.timeline import timeline
from tests import builders
from tests.importer.trees import codes, row, run, write_tree
from tests.pages.test_admin import add_address, role_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


def form_data(**changed: Any) -> Any:
    fields = {"title": "An entry", "slug": "an-entry", "role": "", "organisation": "", "period_text": "2019"}
    return nested_form_data(role_form(**{**fields, **changed}))


def draft(**fields: Any) -> ExperiencePage:
    page = ExperiencePage(**{"title": "An entry", "period_text": "2019", "live": False, **fields})
    builders.experience_index().add_child(instance=page)
    page.save_revision(clean=False)
    return page


@pytest.mark.parametrize("role", ["", " ", "\u200b"])
def test_entry_with_neither_is_not_published_from_python(role: str) -> None:
    with pytest.raises(ValidationError) as raised:
        builders.role(role=role, organisation=None, title="A title")
    assert raised.value.message_dict == {"role": [NAMELESS]}
    page = draft(role=role)
    with pytest.raises(ValidationError):
        page.get_latest_revision().publish()
    assert not ExperiencePage.objects.live().exists()


def test_either_of_them_is_enough() -> None:
    assert builders.role(role="Engineer", organisation=None).title == "Engineer"
    assert builders.role(role="", organisation=builders.organisation("Quay Labs")).title == "Quay Labs"


def test_form_saves_a_draft_with_neither_and_publishes_none(moderator: Client) -> None:
    address = add_address(ExperiencePage, builders.experience_index())
    answer = moderator.post(address, form_data())
    page = ExperiencePage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = moderator.post(answer.url, form_data(**{"action-publish": "1"}))
    assert answer.context["form"].errors == {"role": [NAMELESS]}
    assert NAMELESS in answer.content.decode()
    assert not ExperiencePage.objects.live().exists()
    moderator.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_data(role="Engineer", **{"action-publish": "1"})
    )
    assert ExperiencePage.objects.live().get().organisation is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [({}, f"Role: {NAMELESS}"), ({"role": "Engineer", "period_text": "a while"}, "Period: This period cannot be read")],
)
def test_publish_sheet_says_what_it_cannot_publish(moderator: Client, fields: dict[str, str], message: str) -> None:
    page = draft(**fields)
    address = reverse("publish_sheet", args=[page.pk])
    data = {"slug": page.slug, "summary": rich_text("<p></p>"), "skills": "", "go_live_at": "", "action": "publish"}
    answer = moderator.post(address, data)
    assert answer.status_code == 422
    assert message.replace("'", "&#x27;") in answer.content.decode()
    assert not ExperiencePage.objects.live().exists()


def test_sheet_of_a_nameless_draft_can_be_left_for_the_text(moderator: Client) -> None:
    page = draft()
    data = {"slug": page.slug, "summary": rich_text("<p>Short.</p>"), "skills": "", "go_live_at": "", "action": "draft"}
    answer = moderator.post(reverse("publish_sheet", args=[page.pk]), data)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("heading", ["(2018 - 2020) .", "(2018 - 2020) -", "2018 - 2020: –"])
def test_heading_that_names_nothing_makes_no_entry(heading: str, tmp_path: Path) -> None:
    text = f"---\nlayout: cv\ntitle: Work\n---\n#### {heading}\n\nRope.\n\n#### (2021) Tern\n\nBirds.\n"
    run(write_tree(tmp_path, {"work.md": text}))
    assert not ExperiencePage.objects.filter(organisation__name="").exists()
    assert not Organisation.objects.exclude(name="Tern").exists()


def test_front_matter_that_takes_both_names_away_is_refused(tmp_path: Path) -> None:
    details = 'entries:\n  tern-2021:\n    organisation: ""\n    role: ""\n'
    text = f"---\nlayout: cv\ntitle: Work\n{details}---\n#### (2021) Tern\n\nBirds.\n"
    report = run(write_tree(tmp_path, {"work.md": text}))
    assert not ExperiencePage.objects.exists()
    assert codes(row(report, "work.md"))


def test_separator_before_a_name_is_no_name() -> None:
    assert parse_names(", Quay Labs") == ("Quay Labs", "", "")


def test_resume_tells_positions_with_neither() -> None:
    work = [{"startDate": "2019", "summary": "Nets"}, {"position": "Boat reader", "startDate": "2016"}, {}]
    result = import_resume({"work": work})
    assert result.problems == ["2019 - now: it names neither an employer (name) nor a role (position), and is no entry"]
    assert ExperiencePage.objects.get().title == "Boat reader"


def test_entries_without_an_organisation_do_not_stand_together() -> None:
    quay = builders.organisation("Quay Labs")
    for period, organisation in (("2019", None), ("2018", quay), ("2017", None), ("2016", quay)):
        builders.role(period_text=period, organisation=organisation)
    groups = timeline(ExperiencePage.objects.published())
    assert [[role.period_text for role in group.roles] for group in groups] == [["2019"], ["2018", "2016"], ["2017"]]
