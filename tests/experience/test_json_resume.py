"""The résumé for machines follows JSON Resume 1.0 (https://jsonresume.org/schema)."""

from __future__ import annotations

import re

import pytest

from experience.models import Skill
from portfolio.models import SiteSettings
from tests import builders

pytestmark = pytest.mark.django_db

# "iso8601" of the schema: a year, a month or a day.
DATE = re.compile(r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?")


@pytest.fixture
def resume(client):
    from wagtail.models import Site

    SiteSettings.objects.create(
        site=Site.objects.get(),
        owner_name="Mara Lindqvist",
        headline="Engineer for tidal-energy data",
        email="mara@saltmarsh.example",
        bio="<p>Reads <b>gauges</b>.</p>",
        links=[("link", {"label": "Code", "url": "https://code.example/mara"})],
    )
    Skill.objects.create(name="Pandas", aliases="Panel Data")
    builders.role(
        role="Lead engineer",
        period_text="Sep 2022 - now",
        organisation=builders.organisation(url="https://saltmarsh.example/"),
        location="Bergen",
        skills=["pandas", "SQL"],
        body=[("text", "<p>Kept the <b>gauges</b> honest.</p>")],
    )
    builders.role(role="Developer", period_text="2015 - 2018", summary="<p>Robots.</p>")
    return client.get("/resume.json").json()


def test_positions_are_in_the_timelines_order(resume):
    assert [position["position"] for position in resume["work"]] == ["Lead engineer", "Developer"]


def test_a_position_says_what_is_known_and_no_more(resume):
    first, second = resume["work"]
    assert first == {
        "name": "Saltmarsh Instruments",
        "position": "Lead engineer",
        "location": "Bergen",
        "url": "https://saltmarsh.example/",
        "startDate": "2022-09",
        "summary": "Kept the gauges honest.",
        "keywords": ["Pandas", "SQL"],
    }
    assert (second["startDate"], second["endDate"], second["summary"]) == ("2015", "2018", "Robots.")


def test_points_beside_a_text_are_highlights(client, db):
    text = "<p>Kept &lt;all&gt; honest.</p><ul><li>Moved &amp; sorted</li></ul>"
    builders.role(body=[("text", text)], period_text="2021")
    builders.role(body=[("text", text), ("code", {"language": "", "code": "x = 1"})], period_text="2019")
    first, second = client.get("/resume.json").json()["work"]
    assert (first["summary"], first["highlights"]) == ("Kept <all> honest.", ["Moved & sorted"])
    assert "highlights" not in second
    assert "Moved & sorted" in second["summary"]


def test_dates_have_the_schemas_form(resume):
    dates = [position[key] for position in resume["work"] for key in ("startDate", "endDate") if key in position]
    assert len(dates) == 3
    assert all(DATE.fullmatch(day) for day in dates)


def test_the_owner_and_their_skills_are_named(resume):
    assert resume["basics"]["name"] == "Mara Lindqvist"
    assert resume["basics"]["summary"] == "Reads gauges."
    assert resume["basics"]["profiles"] == [{"network": "Code", "url": "https://code.example/mara"}]
    assert resume["skills"] == [{"name": "Pandas", "keywords": ["Panel Data"]}, {"name": "SQL"}]


def test_a_site_without_roles_has_an_empty_resume(client):
    assert client.get("/resume.json").json()["work"] == []
