"""Citations of publications: from a post's Markdown to the link, and back as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import BlogPage
from portfolio.admin.markdown_editing.markdown_to_blocks import parse_body
from portfolio.admin.publishing.proposals import proposed_summary
from portfolio.blocks import BodyBlocks
from tests import builders
from tests.exporter.test_export import changed_lines, edit, export, files
from tests.importer.trees import codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

PATH = "_posts/2021-05-04-tides.md"
TEXT = "The drift is slow [@quist2024, p. 3; @none2020].\n\nIt was `[@quist2024]`, as {% cite quist2024 %} has it.\n"
PAPER = """---
title: Drift
authors: [Mara Quist, Adaeze Okafor]
year: 2024
citation_key: quist2024
---
It drifts.
"""
COLLECTION = "title: Tides\nurl: https://tides.example\ncollections:\n  publications:\n    output: true\n"
BIB = "@misc{quist2024, title={Drift}, author={Quist, Mara and Okafor, Adaeze}, year=2024}\n"
LINK = '<a href="/publications/drift/">Quist &amp; Okafor, 2024</a>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    tree = {PATH: post(TEXT), "_publications/drift.md": PAPER, "_bibliography/references.bib": BIB}
    return write_tree(tmp_path / "in", tree, COLLECTION)


def test_imported_citations_lead_to_publications_and_unknown_keys_are_reported(site: Path, client) -> None:
    report = run(site)
    html = client.get(BlogPage.objects.get().url).content.decode()
    assert f"slow ({LINK}, p. 3; @none2020)." in html
    assert f"<code>[@quist2024]</code>, as ({LINK}) has it." in html
    assert [(problem.code, problem.line) for problem in row(report, PATH).problems] == [("missing-citation", 5)]
    assert "Quist" in BlogPage.objects.get().summary_or_excerpt
    assert proposed_summary(BlogPage.objects.get()).startswith("<p>The drift is slow (Quist &amp; Okafor, 2024, p. 3;")


def test_citations_are_exported_as_they_were_written(site: Path, tmp_path: Path) -> None:
    run(site)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(site)
    edit(BlogPage.objects.get(), {"The drift is slow": "The drift is not slow"})
    export(tmp_path / "edited")
    gone, new = changed_lines((site / PATH).read_bytes(), (tmp_path / "edited" / PATH).read_bytes())
    assert new == ["The drift is not slow [@quist2024, p. 3; @none2020]."]
    assert len(gone) == 1


def test_citation_written_in_the_admin_is_exported_and_read_back(tmp_path: Path) -> None:
    builders.publication(title="Drift", citation_key="quist2024", year=2024)
    builders.post(title="Tides", slug="tides", body=[("text", "<p>It drifts [@quist2024].</p>")])
    report = export(tmp_path / "out", "jekyll")
    (written,) = (tmp_path / "out").rglob("*tides.md")
    assert "It drifts [@quist2024]." in written.read_text("utf-8")
    assert report.problems == []
    assert codes(row(run(tmp_path / "out"), written.relative_to(tmp_path / "out").as_posix())) == []


def test_editor_is_told_of_unknown_keys(db) -> None:
    builders.publication(title="Drift", citation_key="quist2024", year=2024)
    parsed = parse_body("One [@quist2024].\n\nTwo [@none].", [], BodyBlocks())
    assert [(line, "[@none]" in message) for line, message in parsed.notes] == [(3, True)]


def test_key_that_readers_see_in_the_entry_is_one_to_cite(client) -> None:
    page = builders.publication(title="Drift of tides", authors_text="Mara Quist", year=2024)
    builders.publication(title="Not public", citation_key="hidden", live=False)
    html = client.get(builders.post(body=[("text", "<p>@quist2024drift, @hidden</p>")]).url).content.decode()
    assert f'<a href="{page.url}">Quist (2024)</a>, @hidden' in html
