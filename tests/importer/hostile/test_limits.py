"""A document that costs too much loses its own conversion and nobody else's."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from blog.models import BlogPage
from portfolio.documents.limits import DEFAULT_LIMITS, Limits
from portfolio.engines.jekyll.liquid import state
from portfolio.importer.conversion import pool as conversion
from portfolio.importer.conversion.worker import in_workers
from tests.importer.hostile.trees import imported, outcome, told
from tests.importer.trees import post

pytestmark = pytest.mark.django_db

SMALL = Limits(cpu_seconds=2, wall_seconds=120, memory=128 * 1024 * 1024)

COSTLY = {
    "works": "{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}",
    "eats": '{% assign s = "xxxxxxxx" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}',
    "writes": "{% for i in (1..1000000) %}" + "x" * 1000 + "{% endfor %}",
    "dies": "Killed by somebody else.\n",
}


def test_the_limits_are_those_that_are_promised() -> None:
    assert Limits(cpu_seconds=15, wall_seconds=60, memory=512 * 1024 * 1024) == DEFAULT_LIMITS


def test_time_memory_output_and_death_each_reject_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "in_workers", partial(in_workers, limits=SMALL))
    monkeypatch.setattr(conversion, "CONVERT", "tests.importer.hostile.killing:convert_or_die")
    report = imported(tmp_path, {name: post(body) for name, body in COSTLY.items()})
    assert {name: told(report, name) for name in COSTLY} == {
        "works": [("error", "took-too-long", None)],
        "eats": [("error", "too-much-memory", None)],
        "writes": [("error", "too-much-output", None)],
        "dies": [("error", "worker-died", None)],
    }
    assert {outcome(report, name) for name in COSTLY} == {"rejected"}
    assert BlogPage.objects.count() == 2


def test_of_ten_thousand_mistakes_in_liquid_the_first_are_told(tmp_path: Path) -> None:
    body = "".join(f"{{{{ page.title | none{number} }}}}\n" for number in range(10_000))
    report = imported(tmp_path, {"wrong": post(body)})
    found = told(report, "wrong")
    assert len(found) == state.MAX_PROBLEMS + 1
    assert [code for _, code, _ in found].count("more-problems") == 1
    assert outcome(report, "wrong") == "created"


TEXTS = {
    "quotes": "> " * 50_000 + "end",
    "brackets": "[" * 100_000 + "end",
    "divs": "<div>" * 60_000 + "end",
    "lists": "- " * 20_000 + "end",
    "stars": "*a " * 10_000 + "end",
    "words": "word " * 200_000 + "end",
    "word": "w" * 1_000_000 + " end",
    "formulas": r"\(" * 20_000 + "$$a " * 2_000 + "end",
    "tags": "{% if true %}" * 3_000 + "end",
    "openings": "{{ " * 20_000 + "end",
}


def test_texts_that_were_written_to_hurt_are_there_or_are_told_of(tmp_path: Path) -> None:
    report = imported(tmp_path, {name: post(body, title=name) for name, body in TEXTS.items()})
    for name in TEXTS:
        rejected = outcome(report, name) == "rejected"
        assert not rejected or any(severity == "error" for severity, *_ in told(report, name)), name
        assert rejected or "end" in str(BlogPage.objects.get(title=name).body.get_prep_value()), name
