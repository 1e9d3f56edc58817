"""A page costs the same number of queries whatever the amount of content."""

from __future__ import annotations

import pytest

from portfolio.models import Person
from tests import builders

pytestmark = pytest.mark.django_db

SMALL, LARGE = 5, 25


def fill(total: int, so_far: int = 0) -> None:
    picture = builders.picture()
    person = Person.objects.get_or_create(name="Ilse Haverkamp")[0]
    for number in range(so_far, total):
        shared = {
            "categories": ["Tides"],
            "tags": ["gauges", f"tag {number}"],
            "skills": ["Python", f"Skill {number}"],
            "authors": [person],
            "summary": "<p>Low water, high water.</p>",
        }
        builders.post(cover=picture, title=f"Post {number}", **shared)
        builders.interview(title=f"Interview {number}", **shared)
        builders.project(
            title=f"Project {number}",
            organisation=builders.organisation(f"Organisation {number}", logo=picture),
            cover=picture,
            skills=["Python", f"Skill {number}"],
            featured=True,
        )
        builders.publication(title=f"Paper {number}", authors_text="Mara Quist", year=2020, skills=["Python"])
        builders.talk(title=f"Talk {number}", skills=["Python"])
        builders.role(
            organisation=builders.organisation(f"Organisation {number}", logo=picture),
            period_text="2023 - now" if number % 2 else "2019 - 2021",
            skills=["Python", f"Skill {number}"],
            body=[("text", "<p>Kept the gauges honest.</p>")],
        )


# Most queries of each page, warm.
MOST = {
    "/": 1,  # what it shows is kept for one site version
    "/blog/": 7,  # one more for the pictures
    "/blog/?page=2": 7,
    "/blog/post-0/": 7,  # plain ones: two for the page, one for its terms, three for related entries
    "/blog/interview-0/": 7,
    "/experience/": 6,
    "/projects/": 6,
    "/publications/": 7,
    "/publications/paper-0/": 7,
    "/talks/": 6,
    "/talks/talk-0/": 6,
    "/projects/?skill=python": 6,
    "/projects/project-0/": 6,
    "/tags/gauges/": 6,
    "/categories/tides/": 6,
    "/skills/": 10,  # two for each list with periods, one for each other list of work
    "/skills/python/": 2,  # the version and the skill; its evidence is kept
    "/search/?q=water": 8,
    "/archive/": 4,  # kept, too
    "/resume/": 4,
    "/resume/full/": 4,
    "/resume.json": 8,
    "/feed/": 9,  # two for each list in feeds
}


def test_queries_do_not_grow_with_content(count_queries):
    fill(SMALL)
    few = {address: count_queries(address) for address in MOST}
    fill(LARGE, SMALL)
    many = {address: count_queries(address) for address in MOST}
    assert {address: many[address] for address in MOST if many[address] > few[address]} == {}
    assert {address: many[address] for address in MOST if many[address] > MOST[address]} == {}
