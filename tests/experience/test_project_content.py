"""Projects in and out: the front matter of al-folio and academicpages, byte for byte and key by key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from experience.models import ProjectIndexPage, ProjectPage
from portfolio.importer.undo.undo import undo
from portfolio.models.ledger import ImportRun
from tests import builders
from tests.exporter.test_export import changed_lines, export, files
from tests.importer.trees import CONFIG, picture, run, write_tree

pytestmark = pytest.mark.django_db

AL_FOLIO = """---
layout: page
title:  'project 1'   # shown on the card
description: with a background image
img: assets/img/12.png
importance: 1
category: work
related_publications: true
github: someone/thing
redirect: https://thing.example
---
Every project has a page.
"""
ACADEMIC = """---
title: "Portfolio item number 1"
excerpt: "Short words about it<br/><img src='/images/500x300.png'>"
collection: portfolio
---

An item.
"""
COLLECTIONS = (
    "collections:\n  projects:\n    output: true\n  portfolio:\n    output: true\n    permalink: /:collection/:path/\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    tree = {
        "_projects/1_project.md": AL_FOLIO,
        "_portfolio/portfolio-1.md": ACADEMIC,
        "assets/img/12.png": picture(),
        "images/500x300.png": picture("navy"),
        "_pages/projects.md": "---\nlayout: page\ntitle: projects\npermalink: /projects/\n---\n"
        "{% for project in site.projects %}{{ project.title }}{% endfor %}\n",
    }
    return write_tree(tmp_path / "in", tree, CONFIG + "include: [_pages]\n" + COLLECTIONS)


def test_collections_become_projects_at_their_old_addresses(site: Path, client) -> None:
    run(site)
    project = ProjectPage.objects.get(title="project 1")
    assert (project.summary, project.position, project.category) == ("with a background image", 1, "work")
    assert project.cover is not None
    assert project.date is None
    assert [(link.kind, link.address) for link in project.shown_links] == [
        ("code", "https://github.com/someone/thing"),
        ("website", "https://thing.example"),
    ]
    item = ProjectPage.objects.get(title="Portfolio item number 1")
    assert item.summary == "Short words about it"
    assert item.cover is not None
    for address in ("/projects/1_project.html", "/portfolio/portfolio-1/", "/projects/", "/portfolio/"):
        assert client.get(address, follow=True).status_code == 200, address
    assert ProjectIndexPage.objects.get().show_in_menus


def test_a_picture_in_a_folder_that_a_layout_names_is_the_cover(tmp_path: Path) -> None:
    layout = "<img src=\"{{ page.image | prepend: '/assets/img/' }}\">{{ content }}"
    files = {
        "_projects/mill.md": "---\ntitle: Mill\nlayout: project\nimage: projects/mill.png\n---\nText.\n",
        "_layouts/project.html": layout,
        "assets/img/projects/mill.png": picture(),
    }
    report = run(write_tree(tmp_path, files, COLLECTIONS))
    assert ProjectPage.objects.get().cover is not None
    assert "missing-image" not in [problem.code for found in report.documents for problem in found.problems]


def test_projects_come_back_byte_for_byte(site: Path, tmp_path: Path) -> None:
    run(site)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(site)


EDITS = [
    ({"title": "Thing"}, ["title:  'project 1'   # shown on the card"], ["title:  'Thing'   # shown on the card"]),
    ({"summary": "Plain words."}, ["description: with a background image"], ["description: Plain words."]),
    ({"position": 3}, ["importance: 1"], ["importance: 3"]),
    ({"category": "fun"}, ["category: work"], ["category: fun"]),
    ({"outcome": "Sold."}, [], ["outcome: Sold."]),
    ({"featured": True}, [], ["featured: true"]),
    ({"period_text": "2019 - now"}, [], ["period: 2019 - now"]),
    ({"cover": None}, ["img: assets/img/12.png"], []),
]


@pytest.mark.parametrize(("fields", "gone", "new"), EDITS)
def test_edit_changes_only_its_own_key(site: Path, tmp_path: Path, fields: dict, gone: list, new: list) -> None:
    run(site)
    page = ProjectPage.objects.get(title="project 1")
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    report = export(tmp_path / "out")
    written = (tmp_path / "out/_projects/1_project.md").read_bytes()
    assert changed_lines(AL_FOLIO.encode(), written) == (gone, new)
    assert report.problems == []


LINKS = [
    ("code", "https://code.example/other", "github: someone/thing", "github: https://code.example/other"),
    ("website", "https://other.example", "redirect: https://thing.example", "redirect: https://other.example"),
]


@pytest.mark.parametrize(("kind", "url", "gone", "new"), LINKS)
def test_edited_link_changes_the_key_that_had_it(
    site: Path, tmp_path: Path, kind: str, url: str, gone: str, new: str
) -> None:
    run(site)
    page = ProjectPage.objects.get(title="project 1")
    raw = [dict(block) for block in page.links.raw_data]
    for block in raw:
        if block["value"]["kind"] == kind:
            block["value"] = {**block["value"], "url": url}
    page.links = json.dumps(raw)
    page.save_revision().publish()
    export(tmp_path / "out")
    assert changed_lines(AL_FOLIO.encode(), (tmp_path / "out/_projects/1_project.md").read_bytes()) == ([gone], [new])


def test_summary_leaves_an_excerpt_with_a_picture_alone(site: Path, tmp_path: Path) -> None:
    run(site)
    page = ProjectPage.objects.get(title="Portfolio item number 1")
    page.summary = "Other words."
    page.save_revision().publish()
    export(tmp_path / "out")
    written = (tmp_path / "out/_portfolio/portfolio-1.md").read_bytes()
    assert changed_lines(ACADEMIC.encode(), written) == ([], ["description: Other words."])


def test_project_made_here_is_exported_and_read_back(tmp_path: Path) -> None:
    links = [
        ("link", {"kind": "demo", "url": "https://demo.example", "label": ""}),
        ("link", {"kind": "code", "url": "https://a.example", "label": "Server"}),
        ("link", {"kind": "code", "url": "https://b.example", "label": "Client"}),
    ]
    body = [("text", "<p>Words of it.</p>")]
    fields = {
        "title": "Fit",
        "slug": "fit",
        "summary": "A fit.",
        "outcome": "Used.",
        "period_text": "2019",
        "role": "Author",
    }
    builders.project(**fields, links=links, body=body, skills=["Python"], featured=True, position=2, category="Sea")
    report = export(tmp_path / "out")
    assert report.problems == []
    ProjectIndexPage.objects.get().delete()
    run(tmp_path / "out")
    page = ProjectPage.objects.get()
    assert {name: getattr(page, name) for name in fields} == fields
    assert (page.featured, page.position, page.category) == (True, 2, "Sea")
    assert [skill.name for skill in page.skills.all()] == ["Python"]
    assert {(link.kind, link.label) for link in page.shown_links} == {
        ("demo", "Demo"),
        ("code", "Server"),
        ("code", "Client"),
    }


def test_undo_removes_the_index_that_the_import_made(site: Path) -> None:
    run(site)
    undo(ImportRun.objects.get())
    assert not ProjectIndexPage.objects.exists()
    assert not ProjectPage.objects.exists()
