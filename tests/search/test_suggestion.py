"""What is suggested in the place of a query that finds nothing."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from portfolio.search.suggestion import known_words_of
from portfolio.search.terms import MAX_TERM
from tests import builders

WORDS = known_words_of(["Measuring tides with Python", "Zürich, a straße", "Calibration of gauges", "Kubernetes"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pyhton", "Python"),
        ("pythn", "Python"),
        ("ppython", "Python"),
        ("measurring", "Measuring"),
        ("callibration", "Calibration"),
        ("kubernets", "Kubernetes"),
        ("cubernetes", "Kubernetes"),
        ("zuerich", "Zurich"),
        ("elephant", ""),
        ("x" * MAX_TERM, ""),
    ],
)
def test_a_similar_word_is_found(typed: str, meant: str) -> None:
    assert WORDS.similar(typed).casefold().replace("ü", "u").rstrip(",") == meant.casefold()


def page(client: Client, query: str) -> str:
    return client.get("/search/", {"q": query}).content.decode()


@pytest.mark.django_db
def test_what_finds_nothing_leads_to_what_was_meant(client: Client) -> None:
    post = builders.post(title="Calibrating a gauge")
    html = page(client, "calibratng gauge")
    link = re.search(r'Did you mean <a href="([^"]+)">Calibrating gauge</a>\?', html)
    assert link
    assert f'href="{post.url}"' in client.get(link[1].replace("&amp;", "&")).content.decode()


@pytest.mark.django_db
def test_nothing_is_suggested_that_finds_nothing_or_is_not_public(client: Client) -> None:
    builders.post(title="Redundancies in spring", live=False)
    builders.post(title="Gauges by the sea")
    assert "Did you mean" not in page(client, "redundancie")
    assert "Did you mean" not in page(client, "gauegs volcanoes")
    assert "Did you mean" not in page(client, "gauges")
