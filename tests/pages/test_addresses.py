"""docs/addresses.md says what is there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.urls import get_resolver

from blog.models import Series
from experience.resume.tasks import make_resume_pdfs
from portfolio.images.site_icons import ICONS
from tests import builders

PAGE = (Path(__file__).parents[2] / "docs" / "addresses.md").read_text(encoding="utf-8")
LISTED = [
    address for row in re.findall(r"^\| (`/.*?) \|", PAGE, re.MULTILINE) for address in re.findall("`(.*?)`", row)
]


@pytest.mark.django_db
def test_every_address_that_is_documented_answers(client):
    series = Series.objects.create(title="Gauges")
    names_of_signs = {"tags": ["Tides", "C++", ".NET", "🎉"], "skills": ["Python", "C#"]}
    shared = {**names_of_signs, "categories": ["Water"], "series": series}
    builders.post(slug="springs", date=datetime(2021, 3, 14, tzinfo=UTC), **shared)
    builders.role()
    builders.project(skills=["Python"])
    builders.publication()
    builders.talk()
    make_resume_pdfs.func()
    assert len(LISTED) > 20
    answers = {address: client.get(address) for address in LISTED}
    icons = {address: answer.url for address, answer in answers.items() if address.removeprefix("/") in ICONS}
    assert {address for address, url in icons.items() if not find(url.removeprefix("/static/"))} == set()
    assert {address for address, answer in answers.items() if answer.status_code != 200} == set(icons)


def test_every_file_that_is_answered_for_is_documented():
    files = {str(pattern.pattern) for pattern in get_resolver().url_patterns if "." in str(pattern.pattern)}
    fixed = {f"/{file}" for file in files if re.fullmatch(r"[\w.-]+", file)}
    asked_for_by_browsers = {"/theme.css", *(f"/{name}" for name in ICONS)}
    assert fixed - asked_for_by_browsers <= set(LISTED)
