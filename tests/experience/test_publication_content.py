"""Publications in and out: the front matter of academicpages, byte for byte and key by key."""

from __future__ import annotations

from pathlib import Path

import pytest

from experience.models import PublicationIndexPage, PublicationPage
from tests import builders
from tests.exporter.test_export import changed_lines, export, files
from tests.importer.trees import CONFIG, run, write_tree

pytestmark = pytest.mark.django_db

PAPER = """---
title: "Paper Title Number 1"
collection: publications
category: manuscripts
permalink: /publication/2009-10-01-paper-title-number-1
excerpt: 'This paper is about the number 1.'
date: 2009-10-01
venue: 'Journal 1'
slidesurl: 'http://papers.example/files/slides1.pdf'
paperurl: 'http://papers.example/files/paper1.pdf'
citation: 'Quist, M. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1).'
---

The contents above.
"""
COLLECTION = "collections:\n  publications:\n    output: true\n    permalink: /:collection/:path/\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "in", {"_publications/2009-10-01-paper-title-number-1.md": PAPER}, CONFIG + COLLECTION)


def test_document_becomes_a_publication(site: Path, client) -> None:
    run(site)
    page = PublicationPage.objects.get()
    assert (page.venue, page.publication_type, page.shown_year) == ("Journal 1", "article", 2009)
    assert page.summary == "This paper is about the number 1."
    assert {link.kind: link.address for link in page.shown_links} == {
        "paper": "http://papers.example/files/paper1.pdf",
        "slides": "http://papers.example/files/slides1.pdf",
    }
    address = "/publication/2009-10-01-paper-title-number-1"
    assert client.get(address, follow=True).status_code == 200
    html = client.get(page.url).content.decode()
    assert "<i>Journal" not in html
    assert "(2009)." in html


def test_publications_come_back_byte_for_byte(site: Path, tmp_path: Path) -> None:
    run(site)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(site)


EDITS = [
    ({"venue": "Journal 2"}, ["venue: 'Journal 1'"], ["venue: 'Journal 2'"]),
    ({"publication_type": "book"}, ["category: manuscripts"], ["category: books"]),
    ({"authors_text": "Mara Quist\nIngrid Brandt"}, [], ["authors: [Mara Quist, Ingrid Brandt]"]),
    ({"year": 2010}, [], ["year: 2010"]),
    ({"summary": "Other."}, ["excerpt: 'This paper is about the number 1.'"], ["excerpt: 'Other.'"]),
]


@pytest.mark.parametrize(("fields", "gone", "new"), EDITS)
def test_edit_changes_only_its_own_key(site: Path, tmp_path: Path, fields: dict, gone: list, new: list) -> None:
    run(site)
    page = PublicationPage.objects.get()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    report = export(tmp_path / "out")
    written = (tmp_path / "out/_publications/2009-10-01-paper-title-number-1.md").read_bytes()
    assert changed_lines(PAPER.encode(), written) == (gone, new)
    assert report.problems == []


def test_publication_made_here_is_exported_and_read_back(tmp_path: Path) -> None:
    page = PublicationPage(title="Drift", slug="drift", authors_text="Mara Quist\nAdaeze Okafor", year=2024)
    page.venue, page.abstract, page.publication_type = "Journal of Tides", "It drifts.\n\nIt does.", "thesis"
    page.bibtex, page.citation_key = "@misc{drift,\n  title = {Drift},\n}", "drift"
    builders.index(PublicationIndexPage).add_child(instance=page)
    report = export(tmp_path / "out")
    assert report.problems == []
    PublicationIndexPage.objects.get().delete()
    run(tmp_path / "out")
    read = PublicationPage.objects.get()
    for name in ("title", "authors_text", "year", "venue", "abstract", "publication_type", "bibtex", "citation_key"):
        assert getattr(read, name) == getattr(page, name), name
