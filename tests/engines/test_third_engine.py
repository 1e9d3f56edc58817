"""An engine is one folder: one that is made up here is detected, imported and exported as the others are."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from blog.models import BlogPage
from portfolio.engines import open_source, registry
from portfolio.importer.urls.published_urls import source_addresses
from portfolio.models import ImportSite, SiteSettings
from tests import builders
from tests.engines.notebook import NotebookEngine
from tests.exporter.test_export import edit, export, files
from tests.importer.trees import row, run

pytestmark = pytest.mark.django_db

NOTES = {
    "notebook.yml": "title: Saltmarsh notes\nauthor: Mara Lindqvist\n",
    "2021-05-04 low water.note": "---\ntitle: Low water\nheight: 3\n---\nIt fell <<height>> m. [Back](/n/spring).\n",
    "spring.note": "---\ntitle: Spring tide\ndate: 2021-05-02\n---\n# Spring\n\nThe moon *pulls*.\n",
    "shared/words.txt": "tide\n",
    "README.md": "# No note\n",
}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "ENGINES", (NotebookEngine(), *registry.ENGINES))


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for path, text in NOTES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def test_a_registered_engine_is_detected_and_may_be_named(notebook: Path) -> None:
    assert open_source(notebook).kind == "notebook"
    assert {"notebook", "jekyll", "hugo", "plain"} < set(registry.source_kinds())
    assert {"notebook", "jekyll", "hugo"} < set(registry.layouts())
    assert open_source(notebook, "plain").kind == "plain"
    with pytest.raises(CommandError, match="notebook"):
        call_command("import_markdown", notebook, "--kind", "other")


def test_its_documents_are_imported_and_answer_at_their_old_addresses(notebook: Path, client: Client) -> None:
    report = run(notebook)
    assert (report.kind, ImportSite.objects.get().kind) == ("notebook", "notebook")
    assert {document.path: document.outcome for document in report.documents} == {
        "2021-05-04 low water.note": "created",
        "spring.note": "created",
    }
    page = BlogPage.objects.get(title="Low water")
    assert f"{page.date:%Y-%m-%d}" == "2021-05-04"
    answer = client.get("/n/low-water", follow=True)
    assert answer.redirect_chain == [(page.url, 301)]
    assert "It fell 3 m." in answer.content.decode()
    assert f'<a href="{BlogPage.objects.get(title="Spring tide").url}">Back</a>' in answer.content.decode()
    assert client.get("/n/all").url == "/archive/"
    assert SiteSettings.objects.get().owner_name == "Mara Lindqvist"
    with open_source(notebook) as source:
        assert {address.path for address in source_addresses(source)} == {"/n/low-water", "/n/spring", "/n/all"}


def test_its_documents_come_back_byte_for_byte_and_edited_ones_changed(notebook: Path, tmp_path: Path) -> None:
    run(notebook)
    before = files(notebook)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == before
    edit(BlogPage.objects.get(title="Spring tide"), {"moon": "sun"})
    report = export(tmp_path / "edited")
    assert (report.edited, report.problems) == (["spring.note"], [])
    assert files(tmp_path / "edited") == before | {"spring.note": before["spring.note"].replace(b"moon", b"sun")}


def test_a_new_page_is_a_document_of_its_own_kind(notebook: Path, tmp_path: Path) -> None:
    run(notebook)
    post = builders.post(title="Neap tide", slug="neap", body=[("text", "<p>The moon rests.</p>")])
    report = export(tmp_path / "out")
    assert (report.new, report.problems) == ([f"{post.date:%Y-%m-%d} neap.note"], [])
    assert b"The moon rests." in (tmp_path / "out" / report.new[0]).read_bytes()


def test_a_source_that_has_changed_is_imported_again(notebook: Path) -> None:
    run(notebook)
    (notebook / "spring.note").write_text(NOTES["spring.note"].replace("pulls", "draws"))
    report = run(notebook)
    assert (row(report, "spring.note").outcome, row(report, "2021-05-04 low water.note").outcome) == (
        "updated",
        "unchanged",
    )
