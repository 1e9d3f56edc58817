"""Periods wherever readers and machines see them."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from experience.resume.build import build_resume
from tests import builders

pytestmark = pytest.mark.django_db

PAGES = [
    "/experience/",
    "/experience/engineer/",
    "/experience/engineer.md",
    "/experience.md",
    "/resume/",
    "/skills/sql/",
    "/archive/",
    "/search/?q=engineer",
    "/llms.txt",
]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("written", "shown"), [("2022-Now", "2022–Now"), ("2019 - 2022", "2019 – 2022"), ("2019—2022", "2019–2022")]
)
def test_a_period_is_shown_with_an_en_dash(client, address, written, shown):
    role = builders.role(title="Engineer", slug="engineer", role="Engineer", period_text=written, skills=["SQL"])
    text = client.get(address).content.decode()
    assert shown in text
    assert written not in text
    role.refresh_from_db()
    assert role.period_text == written


def test_the_cv_on_paper_shows_an_en_dash():
    builders.role(period_text="2019 - 2022")
    html = render_to_string("experience/resume_print.html", {"resume": build_resume(), "site": None, "root": ""})
    assert "2019 – 2022" in html


def test_timeline_and_skill_page_tell_the_same_time(client):
    builders.role(title="Engineer", slug="engineer", period_text="2015 - 2018", skills=["SQL"])
    assert "3 years" in client.get("/experience/").content.decode()
    assert "3 years" in client.get("/skills/sql/").content.decode()
    assert "3 years" in client.get("/resume/").content.decode()
