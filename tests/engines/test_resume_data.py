"""Sections of a CV in the forms of al-folio, RenderCV and JSON Resume."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml

from portfolio.engines.resume_data import (
    MOST_ENTRIES,
    plain_lines,
    prose_and_points,
    resume_sections,
    work_entries,
)

TITLED = """
- title: General Information
  type: map
  contents: [{name: Full Name, value: Mara}]
- title: Education
  type: time_table
  contents:
    - title: PhD
      institution: University of Salt
      year: 2005 - 2009
      description: [Tides, {title: More, contents: [a]}]
- title: Honors and Awards
  type: time_table
  contents: [{year: 1921, items: [The Brass Lead, {title: A prize}]}]
- title: Academic Interests
  type: nested_list
  contents: [{title: Knots, items: [bends, hitches]}]
- title: Programming Languages
  type: list
  contents: [Rust]
"""
RENDERED = """
cv:
  name: Mara
  sections:
    Education:
      - {institution: Salt, area: Physics, degree: MSc, start_date: 2015-09, end_date: 2017-06, highlights: [Waves]}
    Volunteer: [{company: Rescue, position: Crew, start_date: 2019, end_date: present}]
    Certificates: [{name: Skipper, date: 2018-05-04, issuer: Office}]
    Languages: [{name: Swedish, summary: Native}, {label: English, details: Fluent}]
"""


def test_sections_of_titled_lists_are_read() -> None:
    assert resume_sections(yaml.safe_load(TITLED)) == {
        "education": [
            {
                "institution": "University of Salt",
                "studyType": "PhD",
                "courses": ["Tides", "More", "a"],
                "startDate": "2005",
                "endDate": "2009",
            }
        ],
        "awards": [{"title": "The Brass Lead", "date": "1921"}, {"title": "A prize", "date": "1921"}],
        "interests": [{"name": "Knots", "keywords": ["bends", "hitches"]}],
    }


def test_sections_of_rendercv_are_read() -> None:
    found = resume_sections(yaml.safe_load(RENDERED))
    assert found["education"][0] == {
        "institution": "Salt", "area": "Physics", "studyType": "MSc", "courses": ["Waves"],
        "startDate": "2015-09", "endDate": "2017-06",
    }  # fmt: skip
    assert found["volunteer"] == [{"organization": "Rescue", "position": "Crew", "startDate": "2019"}]
    assert found["certificates"] == [{"name": "Skipper", "issuer": "Office", "date": "2018-05-04"}]
    assert [row["fluency"] for row in found["languages"]] == ["Native", "Fluent"]


ROLE = {"company": "Saltmarsh Lab", "position": "Engineer", "start_date": "2019-03", "end_date": "present"}
READ = {"name": "Saltmarsh Lab", "position": "Engineer", "startDate": "2019-03"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"cv": {"sections": {"Experience": [ROLE], "Volunteer Experience": [ROLE], "Education": [ROLE]}}}, [READ]),
        (
            [
                {
                    "title": "Experience",
                    "contents": [{"title": "Keeper", "institution": "Harbour", "year": "2010 - 2018"}],
                }
            ],
            [{"name": "Harbour", "position": "Keeper", "startDate": "2010", "endDate": "2018"}],
        ),
        ({"work": [{"name": "Saltmarsh Lab", "position": "Engineer", "startDate": "2019-03"}]}, [READ]),
        ({"work": ["x", {"summary": "No name"}], "Network": [ROLE]}, []),
    ],
)
def test_positions_are_read_in_every_form(value: Any, expected: Any) -> None:
    assert work_entries(value) == expected


@pytest.mark.parametrize(
    "value",
    [None, 3, "x", [], [1, {"title": 3, "contents": 4}], {"cv": {"sections": []}}, {"awards": {"a": 1}}, {1: []}],
)
def test_what_is_no_cv_has_no_sections(value: Any) -> None:
    assert resume_sections(value) == {}


def test_long_lists_are_cut() -> None:
    assert len(resume_sections({"awards": [{"title": "A"}] * 1000})["awards"]) == MOST_ENTRIES


@pytest.mark.parametrize(
    ("text", "prose", "points"),
    [
        ("Led a team.\n- a\n- b", "Led a team.", ["a", "b"]),
        ("• Studied tides. • Built a model.", "", ["Studied tides.", "Built a model."]),
        (
            "I *am*\n[here](https://x.example).\n\n## So:\n1. one `x`\n2. two\n   more",
            "I am here. So:",
            ["one x", "two more"],
        ),
        ('{{< icon name="x" >}} snake_case {% include x %}', "snake_case", []),
        ("", "", []),
    ],
)
def test_small_markdown_is_sentences_and_points(text: str, prose: str, points: list[str]) -> None:
    assert prose_and_points(plain_lines(text)) == (prose, points)


@pytest.mark.parametrize("text", ["[", "*a ", "![", "`", "- ", "_a", "[a](b", "{{", "{%", "**a", "~~a "])
def test_hostile_markdown_is_read_soon(text: str) -> None:
    start = time.process_time()
    plain_lines(text * 20_000)
    assert time.process_time() - start < 1


def test_markup_of_texts_is_not_shown_and_addresses_stay() -> None:
    entry = {"institution": "<b>Salt</b> &amp; Tide", "degree": "*MSc*", "url": "https://salt.example/_a_/?b&copy=1"}
    expected = [{"institution": "Salt & Tide", "studyType": "MSc", "url": "https://salt.example/_a_/?b&copy=1"}]
    assert resume_sections([{"title": "Education", "contents": [entry]}])["education"] == expected
    assert resume_sections({"cv": {"sections": {"Education": [entry]}}})["education"] == expected
    assert resume_sections({"education": [{"institution": "*Salt*"}]})["education"] == [{"institution": "*Salt*"}]


def test_points_and_numbered_texts_of_rendercv_are_entries() -> None:
    sections = {"Awards": [{"bullet": "A"}, {"number": "B"}, {"reversed_number": "C"}, {"label": "D", "details": "x"}]}
    assert resume_sections({"cv": {"sections": sections}})["awards"] == [
        {"title": "A"},
        {"title": "B"},
        {"title": "C"},
        {"title": "D", "summary": "x"},
    ]
