"""Collections of academic themes: teaching as talks, news as posts, and back byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import BlogPage
from experience.models import TalkPage
from portfolio.models import StandardPage
from tests.exporter.test_export import changed_lines, edit, export, files
from tests.importer.trees import CONFIG, run, write_tree

pytestmark = pytest.mark.django_db

COURSE = """---
title: "Teaching experience 1"
collection: teaching
type: "Undergraduate course"
permalink: /teaching/2014-spring-teaching-1
venue: "University 1, Department"
date: 2014-01-01
location: "City, Country"
---

This is a description of a teaching experience.
"""
LIST = """---
title: Teaching
permalink: /teaching/
---
{% for course in site.teaching %}<p>{{ course.title }}</p>{% endfor %}
"""
NEWS = "---\nlayout: post\ntitle: A long announcement\ndate: 2015-11-07 16:11:00-0400\ninline: false\n---\n\nIt rose.\n"
INLINE = "---\nlayout: post\ndate: 2015-10-22 15:59:00-0400\ninline: true\n---\n\nA simple inline announcement.\n"
COLLECTIONS = (
    "collections:\n  teaching:\n    output: true\n    permalink: /:collection/:path/\n  news:\n    output: true\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    news = {"_news/long.md": NEWS, "_news/inline.md": INLINE}
    documents = {"_teaching/2014-spring-teaching-1.md": COURSE, **news, "teaching.html": LIST}
    return write_tree(tmp_path / "in", documents, CONFIG + COLLECTIONS)


def test_teaching_and_news_become_talks_and_posts(site: Path, client) -> None:
    assert {document.outcome for document in run(site).documents} == {"created"}
    course = TalkPage.objects.get()
    assert (course.kind, course.event, course.place) == (
        "Undergraduate course",
        "University 1, Department",
        "City, Country",
    )
    assert sorted(page.date.day for page in BlogPage.objects.all()) == [7, 22]
    assert course.url == "/talks/2014-spring-teaching-1/"
    assert StandardPage.objects.get().url == "/teaching/"
    assert "Teaching experience 1" in client.get("/teaching/").content.decode()
    for address in ("/teaching/2014-spring-teaching-1", "/news/long.html", "/news/inline.html"):
        assert client.get(address, follow=True).status_code == 200, address


def test_teaching_and_news_come_back_byte_for_byte(site: Path, tmp_path: Path) -> None:
    run(site)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(site)
    edit(BlogPage.objects.get(title="A long announcement"), {"It rose.": "It fell."})
    edit(TalkPage.objects.get(), {}, event="University 2")
    report = export(tmp_path / "edited")
    assert report.problems == []
    after = files(tmp_path / "edited")
    assert changed_lines(NEWS.encode(), after["_news/long.md"]) == (["It rose."], ["It fell."])
    gone, new = changed_lines(COURSE.encode(), after["_teaching/2014-spring-teaching-1.md"])
    assert (gone, new) == (['venue: "University 1, Department"'], ['venue: "University 2"'])
