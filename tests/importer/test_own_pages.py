"""An export that comes back to the site that wrote it: pages made here are recognised and not doubled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page, Site

from blog.models import BlogPage
from experience.models import ExperiencePage
from portfolio.models import CustomImage, ImportedAsset, ImportRun, ImportSite, SiteSettings
from tests import builders
from tests.exporter.test_export import export
from tests.importer.trees import post, row, run, write_tree

pytestmark = pytest.mark.django_db


def made_here() -> None:
    """One page of each kind, with what refers to others."""
    picture = builders.picture()
    other = builders.post(title="Other", slug="other", tags=["tides"], categories=["Notes"], cover=picture)
    image = {"image": {"image": picture.pk, "decorative": False, "alt_text": "A field"}, "size": "column"}
    text = f'<p>See <a linktype="page" id="{other.pk}">the <b>other</b></a> one.</p>'
    builders.post(title="First", slug="first", body=[("heading", heading("Neap")), ("text", text)])
    page = builders.post(title="Shown", slug="shown", body=[("text", "<p>Here.</p>")], skills=["Python"])
    page.body = [*page.body.get_prep_value(), {"type": "image", "value": image}]
    page.save_revision().publish()
    builders.post(title="Draft", slug="draft", live=False).save_revision()
    builders.project(title="Rope", slug="rope", summary="It holds.", skills=["Rust"], period_text="2021 - now")
    builders.publication(title="Drift", slug="drift", authors_text="Mara Quist", year=2024)
    builders.talk(title="Two clocks", slug="two-clocks", event="Tide days")
    builders.role(role="Engineer", title="Engineer at sea", skills=["Python"], body=[("text", "<p>Ropes.</p>")])
    builders.role(role="Diver", title="Diver", period_text="2011 - 2012", body=[("text", "<p>Nets.</p>")])
    builders.standard_page(title="About", slug="about", body=[("text", "<p>Me.</p>")])
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults={"owner_name": "Mara Quist"})


def heading(text: str) -> dict[str, Any]:
    return {"text": text, "level": "2", "anchor": ""}


def stored() -> tuple[Any, ...]:
    pages = Page.objects.order_by("path").values_list("path", "title", "slug", "latest_revision_id", "live")
    counts = [model.objects.count() for model in (CustomImage, ImportSite, ImportRun, ImportedAsset)]
    return list(pages), counts, list(SiteSettings.objects.values())


def test_export_of_what_was_made_here_changes_nothing(tmp_path: Path) -> None:
    made_here()
    before = stored()
    assert export(tmp_path / "out").problems == []
    for _ in range(2):
        report = run(tmp_path / "out")
        assert {
            document.path: document.outcome for document in report.documents if document.outcome != "unchanged"
        } == {}
        assert stored() == before


def test_page_that_differs_stays_and_is_reported_until_the_source_shall_win(tmp_path: Path) -> None:
    builders.post(title="First", slug="first", body=[("text", "<p>It rose.</p>")])
    export(tmp_path / "out")
    (path,) = (tmp_path / "out").rglob("*first.md")
    path.write_text(path.read_text("utf-8").replace("It rose.", "It fell."), "utf-8")
    name = path.relative_to(tmp_path / "out").as_posix()
    changed = row(run(tmp_path / "out"), name)
    assert changed.outcome == "conflict"
    assert [problem.code for problem in changed.problems] == ["edited-here"]
    assert "differs in its text" in changed.problems[0].message
    (page,) = BlogPage.objects.all()
    assert "It rose." in str(page.body)


def test_another_text_at_the_address_of_a_page_is_a_page_of_its_own(tmp_path: Path) -> None:
    page = builders.post(title="Tides", slug="tides")
    text = post("Other words.", title="Something else", permalink=page.url)
    report = run(write_tree(tmp_path, {"_posts/2021-05-04-tides.md": text}))
    assert [document.outcome for document in report.documents] == ["created"]
    assert BlogPage.objects.count() == 2


def test_skill_that_a_comparison_made_is_made_anew_for_the_page(tmp_path: Path) -> None:
    builders.role(role="Diver", title="Diver", period_text="2011 - 2012", skills=["Python"])
    export(tmp_path / "out")
    (path,) = (tmp_path / "out").rglob("experience.md")
    path.write_text(path.read_text("utf-8").replace("Python", "Knots"), "utf-8")
    run(tmp_path / "out")
    assert [skill.name for page in ExperiencePage.objects.order_by("pk") for skill in page.skills.all()] == [
        "Python",
        "Knots",
    ]
