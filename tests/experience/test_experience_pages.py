"""Roles, their periods and their order."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from experience.models import ExperiencePage, Skill
from experience.timeline import timeline
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_period_is_read_when_a_role_is_saved_from_python():
    role = builders.role(period_text="Sep 2021 – Mar 2023")
    assert (role.start, role.start_precision) == (date(2021, 9, 1), "month")
    assert (role.end.year, role.end.month, role.end_precision) == (2023, 3, "month")
    assert not role.ongoing


def test_an_open_period_has_no_end_even_after_a_change():
    role = builders.role(period_text="2018 - 2020")
    role.period_text = "2018 - now"
    role.save()
    role.refresh_from_db()
    assert role.ongoing
    assert (role.start, role.end, role.end_precision) == (date(2018, 1, 1), None, "")


def test_a_period_that_cannot_be_read_says_what_to_type():
    with pytest.raises(ValidationError) as raised:
        builders.role(period_text="a long while")
    assert "2018 - 2020" in raised.value.message_dict["period_text"][0]


def test_a_role_without_a_title_is_named_after_role_and_organisation():
    assert builders.role(role="Engineer").title == "Engineer at Saltmarsh Instruments"
    assert builders.role(role="").title == "Saltmarsh Instruments"
    assert builders.role(role="Engineer", title="My first job").title == "My first job"


def test_an_organisation_with_roles_cannot_be_deleted():
    role = builders.role()
    with pytest.raises(ProtectedError):
        role.organisation.delete()


def test_the_timeline_starts_with_what_goes_on_and_keeps_organisations_together():
    saltmarsh, fjordline = builders.organisation("Saltmarsh Instruments"), builders.organisation("Fjordline Robotics")
    lab = builders.organisation("Tidal Lab")
    for organisation, role, period in [
        (fjordline, "Trainee", "2014 - 2015"),
        (lab, "Volunteer", "2013 - 2017"),
        (fjordline, "Developer", "2015 - 2018"),
        (saltmarsh, "Engineer", "2018 - 2022"),
        (saltmarsh, "Lead engineer", "2022 - now"),
        (lab, "Adviser", "since 2020"),
    ]:
        builders.role(organisation=organisation, role=role, period_text=period)
    groups = timeline(ExperiencePage.objects.published())
    assert [(group.organisation.name, [role.role for role in group.roles]) for group in groups] == [
        ("Saltmarsh Instruments", ["Lead engineer", "Engineer"]),
        ("Tidal Lab", ["Adviser", "Volunteer"]),
        ("Fjordline Robotics", ["Developer", "Trainee"]),
    ]


def test_roles_of_the_same_period_keep_the_order_of_the_tree():
    for name in ("B", "A", "C"):
        builders.role(role=name, period_text="2019", organisation=builders.organisation(f"Org {name}"))
    assert [group.roles[0].role for group in timeline(ExperiencePage.objects.published())] == ["B", "A", "C"]


def test_a_skill_is_found_by_name_and_alias_whatever_the_letter_case():
    pandas = Skill.objects.create(name="Pandas", aliases="python-pandas\nPanel Data")
    assert Skill.objects.resolve("pandas") == pandas
    assert Skill.objects.resolve("  panel   data ") == pandas
    assert Skill.objects.named("panel") is None
    assert Skill.objects.resolve("Polars") == Skill.objects.get(name="Polars")
    with pytest.raises(ValueError, match="name"):
        Skill.objects.resolve("  ")


def test_skills_typed_in_other_letter_case_are_the_same_skill():
    first, second = builders.role(skills=["SQL"]), builders.role()
    second.skills.add("sql")
    second.save()
    assert list(second.skills.all()) == list(first.skills.all())


def test_slugs_tell_c_from_its_relatives():
    assert [Skill.objects.create(name=name).slug for name in ("C", "C++", "C#", "Node.js")] == [
        "c",
        "c-plus-plus",
        "c-sharp",
        "nodejs",
    ]


def test_an_alias_belongs_to_one_skill():
    Skill.objects.create(name="Pandas")
    with pytest.raises(ValidationError, match="already belongs"):
        Skill(name="Dataframes", slug="dataframes", aliases="pandas").full_clean()


def test_a_skill_is_one_whatever_the_letter_case():
    Skill.objects.create(name="Pandas")
    with pytest.raises(ValidationError, match="already"):
        Skill(name="PANDAS", slug="other").full_clean()
