"""A skill's page joins what shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from experience.models import Skill
from experience.skills.pages import LISTED, evidence_of
from tests import builders

pytestmark = pytest.mark.django_db


def test_evidence_spans_from_first_to_last_use():
    builders.role(period_text="2018 - 2020", skills=["Python"])
    builders.post(skills=["Python"], date=datetime(2021, 5, 4, tzinfo=UTC))
    builders.interview(skills=["Python"], date=datetime(2017, 3, 2, tzinfo=UTC))
    evidence = evidence_of(Skill.objects.get())
    assert (evidence.first, evidence.last, evidence.ongoing) == (date(2017, 3, 2), date(2021, 5, 4), False)
    assert len(evidence.roles) == 1
    assert [(item.kind.name, item.count) for item in evidence.dated] == [("post", 1), ("interview", 1)]


def test_a_skill_of_a_current_role_is_in_use():
    builders.role(period_text="2018 - now", skills=["Python"])
    evidence = evidence_of(Skill.objects.get())
    assert evidence.ongoing
    assert evidence.last == timezone.localdate()


def test_time_that_roles_share_is_counted_once():
    builders.role(period_text="Jan 2018 - Dec 2019", skills=["Python"])
    builders.role(period_text="Jul 2019 - Dec 2020", skills=["Python"])
    builders.role(period_text="Jan 2022 - Jun 2022", skills=["Python"])
    builders.role(period_text="2010 - 2020", skills=["SQL"])
    evidence = evidence_of(Skill.objects.get(name="Python"))
    assert evidence.months == 24 + 12 + 6
    assert evidence.duration == "4 years"


@pytest.mark.parametrize(
    ("period", "told"),
    [("2018 - 2020", "2 years"), ("2018", "1 year"), ("May 2018", "1 month"), ("Mar 2018 - Jun 2018", "4 months")],
)
def test_no_more_time_is_told_than_the_period_says(period, told):
    builders.role(period_text=period, skills=["Python"])
    assert evidence_of(Skill.objects.get()).duration == told


def test_many_entries_are_counted_and_the_newest_listed(client):
    for number in range(LISTED + 2):
        builders.post(title=f"Post {number}", skills=["Python"])
    response = client.get("/skills/python/")
    (posts,) = response.context["evidence"].dated
    assert len(posts.pages) == LISTED
    assert f"Show all {LISTED + 2}" in response.content.decode()


def test_the_page_names_its_evidence(client):
    builders.role(title="Engineer at the lab", period_text="2018 - now", skills=["Python"])
    builders.post(title="On gauges", skills=["Python"])
    html = client.get("/skills/python/").content.decode()
    assert "Engineer at the lab" in html
    assert "On gauges" in html


def test_terms_without_a_page_of_their_own_are_no_links(client):
    unlisted = {"out_of_lists": True, "skills": ["Welding", "Python"]}
    role = builders.role(**unlisted)
    post = builders.post(**unlisted, tags=["neap", "tides"], categories=["Field", "Notes"])
    project = builders.project(**unlisted)
    builders.post(skills=["Python"], tags=["tides"], categories=["Notes"])
    for page in (role, post, project):
        html = client.get(page.url).content.decode()
        assert '<span class="p-category" dir="auto">Welding</span>' in html
        assert 'href="/skills/python/"' in html
    html = client.get(post.url).content.decode()
    assert [f"/{path}/" in html for path in ("tags/neap", "tags/tides", "categories/field", "categories/notes")] == [
        False, True, False, True,
    ]  # fmt: skip


def test_skills_of_listed_roles_and_of_the_home_page_are_links(client):
    builders.role(skills=["Python"])
    for address in ("/experience/", "/resume/", "/"):
        assert 'class="p-category" dir="auto" href="/skills/python/"' in client.get(address).content.decode(), address
