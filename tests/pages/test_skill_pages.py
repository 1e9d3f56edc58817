"""A skill's page joins what shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from experience.models import Skill
from portfolio.skills import evidence_of
from tests import builders

pytestmark = pytest.mark.django_db


def test_evidence_spans_from_first_to_last_use():
    builders.role(period_text="2018 - 2020", skills=["Python"])
    builders.post(skills=["Python"], date=datetime(2021, 5, 4, tzinfo=UTC))
    builders.interview(skills=["Python"], date=datetime(2017, 3, 2, tzinfo=UTC))
    evidence = evidence_of(Skill.objects.get())
    assert (evidence.first, evidence.last, evidence.ongoing) == (date(2017, 3, 2), date(2021, 5, 4), False)
    assert [len(found) for found in (evidence.roles, evidence.posts, evidence.interviews)] == [1, 1, 1]


def test_a_skill_of_a_current_role_is_in_use():
    builders.role(period_text="2018 - now", skills=["Python"])
    evidence = evidence_of(Skill.objects.get())
    assert evidence.ongoing
    assert evidence.last == timezone.localdate()


def test_the_page_names_its_evidence(client):
    builders.role(title="Engineer at the lab", period_text="2018 - now", skills=["Python"])
    builders.post(title="On gauges", skills=["Python"])
    html = client.get("/skills/python/").content.decode()
    assert "Engineer at the lab" in html
    assert "On gauges" in html
