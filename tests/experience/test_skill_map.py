"""The page of all skills: groups, bars, and what they say in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from experience.models import Skill
from experience.skills.map import Axis, merged
from tests import builders

pytestmark = pytest.mark.django_db


def rows(client: Client) -> dict[str, list[tuple[str, str]]]:
    """The name of each skill and what is said of it, by group."""
    soup = BeautifulSoup(client.get("/skills/").content, "html.parser")
    return {
        section.h2.get_text(strip=True) if section.h2 else "": [
            (row.a.get_text(strip=True), row.span.get_text(strip=True)) for row in section.select("li")
        ]
        for section in soup.select(".skill-map")
    }


def test_there_is_no_page_before_something_shows_a_skill(client):
    builders.post(skills=["Python"], live=False)
    assert client.get("/skills/").status_code == 404
    assert 'href="/skills/"' not in client.get("/").content.decode()
    assert "/skills/<" not in client.get("/sitemap.xml").content.decode()
    builders.post(skills=["Python"])
    assert "/skills/<" in client.get("/sitemap.xml").content.decode()


def test_skills_stand_by_kind_those_used_longest_first(client):
    builders.role(period_text="2015 - 2019", skills=["SQL", "Python"])
    builders.role(period_text="2018 - now", skills=["Python"])
    builders.project(period_text="2020", skills=["Python"])
    builders.post(skills=["Python", "Knots"], date=datetime(2021, 5, 6, tzinfo=UTC))
    builders.post(skills=["Knots"], date=timezone.now() + timedelta(days=900))
    builders.publication(skills=["SQL"], date=datetime(2022, 5, 6, tzinfo=UTC))
    builders.talk(skills=["SQL"], live=False)
    assert rows(client) == {
        "": [
            ("Python", "2015 – now. 2 roles, 1 post, 1 project"),
            ("SQL", "2015 – 2022. 1 role, 1 publication"),
            ("Knots", "2021. 2 posts"),
        ]
    }
    Skill.objects.filter(name="Knots").update(kind="At sea")
    assert [*rows(client)] == ["At sea", "Other skills"]
    assert 'href="/skills/"' in client.get("/").content.decode()
    assert 'href="/skills/"' in client.get("/skills/knots/").content.decode()


def test_a_bar_says_in_words_what_it_shows(client):
    builders.role(period_text="2015 - 2016", skills=["Python"])
    builders.role(period_text="2019 - 2020", skills=["Python"])
    bar = BeautifulSoup(client.get("/skills/").content, "html.parser").select_one("li svg")
    assert len(bar.select(".span")) == 2
    assert sorted(bar["aria-label"].removeprefix("Python: ").split(", ")) == ["2015 – 2016", "2019 – 2020"]


def test_a_skill_without_any_date_has_a_row(client):
    builders.publication(skills=["Python"], date=None)
    assert rows(client) == {"": [("Python", "1 publication")]}


def test_spans_that_touch_are_one():
    assert merged([(50, 10), (0, 20), (15, 10), (25, 5)]) == [(0, 30), (50, 10)]


def test_years_on_the_axis_stay_few_however_long_it_is():
    for year in (2026, 2024, 1990, 1926):
        assert len(Axis(date(year, 1, 1), date(2026, 11, 28)).labels()) <= 6
