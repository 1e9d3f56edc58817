"""Collection ``cv`` of a Jekyll site: its documents stay pages, and fill the résumé where they say what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from experience.models import ExperiencePage, ResumeSections
from portfolio.importer.undo.undo import undo
from portfolio.models import ImportRun, StandardPage
from tests.exporter.test_export import export, files
from tests.importer.trees import CONFIG, run, write_tree

pytestmark = pytest.mark.django_db

SETTINGS = CONFIG + "collections:\n  cv:\n    output: true\n    permalink: /:collection/:path/\n"
LIST = """\
---
layout: default
title: CV
permalink: /cv/
redirect_from: /resume-old/
---
Education
---
<ol>
{% for post in site.cv reversed %}{% if post.pubtype == 'education' %}{% include archive-single-cv.html %}{% endif %}
{% endfor %}
</ol>

Positions
---
<ol>
{% for post in site.cv reversed %}{% if post.pubtype == 'position' %}{% include archive-single-cv.html %}{% endif %}
{% endfor %}
</ol>
"""
ITEM = (
    '<li><a href="{{ post.url | relative_url }}">{{ post.title }}</a>, '
    "<em>{{ post.venue }}</em> ({{ post.date | date: '%Y' }})</li>"
)


def document(title: str, kind: str = "", body: str = "", **values: str) -> str:
    lines = [
        f'title: "{title}"',
        *([f"pubtype: {kind}"] if kind else []),
        *(f"{key}: {text}" for key, text in values.items()),
    ]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


TREE: dict[str, str] = {
    "_layouts/default.html": "<html><body><main>{{ content }}</main></body></html>",
    "_includes/archive-single-cv.html": ITEM,
    "_pages/cv.md": LIST,
    "_cv/bsc.md": document("BSc", "education", venue="Tidemouth College", date="2010-01-01"),
    "_cv/phd.md": document(
        "PhD in *Oceanography*",
        "education",
        "Thesis on [slack water](/thesis/).",
        venue="University of Saltport",
        date="2015-06-01",
    ),
    "_cv/keeper.md": document(
        "Keeper of the light",
        "position",
        "Kept it lit.\n\n* Wicks\n* Oil",
        venue="Gull Harbour",
        period="2015 - 2019",
        date="2015-09-01",
    ),
    "_cv/assistant.md": document("Assistant", "position", venue="Saltmarsh Lab", date="2012-09-01"),
    "_cv/gauge.md": document(
        "Golden Gauge", category="award", venue="Guild of Gauges", date="2020-11-05", excerpt="For patience"
    ),
    "_cv/skipper.md": document("Skipper", type="certificate", venue="Coast Guard", date="2014-06-01"),
    "_cv/lifeboats.md": document(
        "Crew", section="Volunteering", organization="Lifeboats", start_date="2018-01", end_date="present"
    ),
    "_cv/norwegian.md": document("Norwegian", "language", level="Native"),
    "_cv/knots.md": document("Knots", "interests", keywords="[bends, hitches]"),
    "_cv/funding.md": document("Rope fund", "funding", date="2019-01-01"),
    "_cv/plain.md": document("Anything", "", "Words."),
    "_cv/draft.md": document("Hidden", "education", published="false"),
}


def tree(folder: Path, more: dict[str, str] | None = None) -> Path:
    return write_tree(folder / "in", {**TREE, **(more or {})}, SETTINGS + "include: [_pages]\n")


def section(name: str) -> list[dict[str, Any]]:
    sections = ResumeSections.objects.get(site=Site.objects.get())
    return [{key: value for key, value in child.value.items() if value} for child in getattr(sections, name)]


def test_documents_stay_pages_and_come_back_byte_for_byte(tmp_path: Path, client: Client) -> None:
    source = tree(tmp_path)
    report = run(source)
    assert not report.has_errors
    for name in (
        "bsc",
        "phd",
        "keeper",
        "assistant",
        "gauge",
        "skipper",
        "lifeboats",
        "norwegian",
        "knots",
        "funding",
        "plain",
    ):
        assert client.get(f"/cv/{name}/").status_code == 200, name
    assert client.get("/cv/draft/").status_code == 404
    assert StandardPage.objects.filter(live=True, title="Keeper of the light").exists()
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(source)


def test_list_page_shows_what_it_showed(tmp_path: Path, client: Client) -> None:
    run(tree(tmp_path))
    html = client.get("/cv/").content.decode()
    words = [
        "PhD in",
        "University of Saltport",
        "(2015)",
        "BSc",
        "Keeper of the light",
        "Gull Harbour",
        "Assistant",
        "(2012)",
    ]
    assert [word for word in words if word not in html] == []
    assert 'href="/cv/phd/"' in html
    assert client.get("/resume-old/").status_code in (301, 302)


def test_documents_that_say_what_they_are_fill_the_resume(tmp_path: Path, client: Client) -> None:
    report = run(tree(tmp_path))
    assert "résumé" in report.settings
    assert section("education") == [
        {
            "institution": "University of Saltport", "study_type": "PhD in Oceanography", "period": "Jun 2015",
            "courses": "Thesis on slack water.",
        },
        {"institution": "Tidemouth College", "study_type": "BSc", "period": "2010"},
    ]  # fmt: skip
    assert section("awards") == [
        {"title": "Golden Gauge", "awarder": "Guild of Gauges", "date": "5 Nov 2020", "summary": "For patience"}
    ]
    assert section("certificates") == [{"name": "Skipper", "issuer": "Coast Guard", "date": "Jun 2014"}]
    assert section("volunteering") == [{"organization": "Lifeboats", "position": "Crew", "period": "Jan 2018 - now"}]
    assert section("languages") == [{"language": "Norwegian", "fluency": "Native"}]
    assert section("interests") == [{"name": "Knots", "keywords": "bends\nhitches"}]
    roles = ExperiencePage.objects.order_by("title")
    assert [(role.role, role.organisation.name, role.period_text) for role in roles] == [
        ("Assistant", "Saltmarsh Lab", "Sep 2012"),
        ("Keeper of the light", "Gull Harbour", "2015 - 2019"),
    ]
    assert "Wicks" in str(roles[1].body)
    assert "PhD in Oceanography" in client.get("/resume/").content.decode()


def test_second_import_changes_nothing_and_undo_takes_all_away(tmp_path: Path) -> None:
    source = tree(tmp_path)
    run(source)
    again = run(source)
    assert {document.outcome for document in again.documents} <= {"unchanged", "skipped"}
    assert ExperiencePage.objects.count() == 2
    undo(ImportRun.objects.order_by("pk").first())
    assert not ExperiencePage.objects.exists()
    assert section("education") == []


def test_data_file_comes_before_the_collection_section_by_section(tmp_path: Path) -> None:
    data = "- title: Education\n  contents: [{title: MSc, institution: Elsewhere, year: 2001}]\n"
    run(tree(tmp_path, {"_data/cv.yml": data}))
    assert [row["institution"] for row in section("education")] == ["Elsewhere"]
    assert [row["title"] for row in section("awards")] == ["Golden Gauge"]


def test_role_that_has_changed_in_its_document_is_updated(tmp_path: Path) -> None:
    source = tree(tmp_path)
    run(source)
    write_tree(
        source, {"_cv/keeper.md": TREE["_cv/keeper.md"].replace("Wicks", "Lamps")}, SETTINGS + "include: [_pages]\n"
    )
    run(source)
    role = ExperiencePage.objects.get(role="Keeper of the light")
    assert "Lamps" in str(role.body)
    assert ExperiencePage.objects.count() == 2


ODD = {
    "_cv/a.md": "---\ntitle: [x]\npubtype: {a: 1}\n---\n",
    "_cv/b.md": "---\ntitle: 3\npubtype: education\ndate: soon\nvenue: [x]\n---\n{% raw %}",
    "_cv/c.md": "---\npubtype: education\n---\nNo title",
    "_cv/d.md": "---\ntitle: x\npubtype: [education, 3]\n",
    "_cv/e.md": '---\ntitle: "' + "x" * 3000 + '"\npubtype: award\ndate: 0000-00-00\n---\n' + "[" * 50_000,
}


def test_odd_documents_do_no_harm(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, ODD, SETTINGS))
    assert client.get("/resume/").status_code == 200
    assert client.get("/resume.json").status_code == 200
