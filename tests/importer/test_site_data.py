"""Settings that no document holds: read from the data files of a site, and written where they have changed here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Site

from experience.models import ResumeSections, Skill
from portfolio.importer.undo.undo import undo
from portfolio.models import HomePage, ImportRun
from tests import builders
from tests.exporter.test_export import export, files
from tests.importer.trees import CONFIG, post, run, write_tree

pytestmark = pytest.mark.django_db

CV = """\
- title: Education
  type: time_table
  contents:
    - {title: MSc, institution: University of Salt, year: 2005 - 2009}
"""
TREE = {"_data/cv.yml": CV, "_posts/2021-05-04-tides.md": post("Words.\n")}


def sections() -> ResumeSections:
    return ResumeSections.objects.get(site=Site.objects.get())


def education() -> list[dict[str, Any]]:
    return [dict(child.value) for child in sections().education]


def test_cv_fills_the_resume_and_comes_back_byte_for_byte(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "in", TREE)
    report = run(tree)
    assert "résumé" in report.settings
    assert [(row["institution"], row["study_type"], row["period"]) for row in education()] == [
        ("University of Salt", "MSc", "2005 - 2009")
    ]
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(tree)
    undo(ImportRun.objects.get())
    assert education() == []


def test_what_was_filled_in_here_stays_and_is_exported(tmp_path: Path) -> None:
    mine = {"institution": "Here", "area": "", "study_type": "BSc", "period": "May 2001 - Jun 2004", "score": ""}
    row = ResumeSections.for_site(Site.objects.get())
    row.education = [("item", {**mine, "courses": "Waves", "url": ""})]
    row.save()
    tree = write_tree(tmp_path / "in", TREE)
    run(tree)
    assert [row["institution"] for row in education()] == ["Here"]
    export(tmp_path / "out")
    own = files(tmp_path / "out")
    assert own.pop("_data/portfolio.yml").decode().startswith("resume:\n  education:\n  - institution: Here\n")
    assert own == files(tree)


def test_home_sections_and_kinds_of_skills_are_restored(tmp_path: Path) -> None:
    page = builders.project(title="Rope", slug="rope", skills=["Rust", "Python"])
    Skill.objects.filter(name="Rust").update(kind="Languages")
    home = HomePage.objects.get()
    work = {"heading": "Chosen", "pages": [page], "number": 6}
    home.sections = [("skills", {"heading": "", "number": 12}), ("work", work), ("text", None)]
    home.save()
    export(tmp_path / "out")
    page.delete()
    Skill.objects.all().delete()
    home.sections = []
    home.save()
    report = run(tmp_path / "out")
    assert {"kinds of skills", "sections of the home page"} <= set(report.settings)
    assert dict(Skill.objects.values_list("name", "kind")) == {"Rust": "Languages", "Python": ""}
    restored = [(child.block_type, child.value) for child in HomePage.objects.get().sections]
    assert [kind for kind, _ in restored] == ["skills", "work", "text"]
    assert restored[0][1]["number"] == 12
    assert (restored[1][1]["heading"], [other.title for other in restored[1][1]["pages"]]) == ("Chosen", ["Rope"])
    export(tmp_path / "again")
    assert files(tmp_path / "again") == files(tmp_path / "out")


def test_undo_takes_the_sections_of_the_home_page_away_unless_they_were_changed(tmp_path: Path) -> None:
    data = "home:\n- {type: skills, number: 12}\n- {type: text}\n"
    tree = write_tree(tmp_path, {"_data/portfolio.yml": data, "_posts/2021-05-04-tides.md": post("Words.\n")})
    HomePage.objects.get().save_revision().publish()
    run(tree)
    assert [child.block_type for child in HomePage.objects.get().sections] == ["skills", "text"]
    undo(ImportRun.objects.get())
    home = HomePage.objects.get()
    assert (list(home.sections), list(home.get_latest_revision_as_object().sections)) == ([], [])
    run(tree)
    home = HomePage.objects.get()
    home.sections = [("text", None)]
    home.save_revision().publish()
    undo(ImportRun.objects.order_by("-pk").first())
    assert [child.block_type for child in HomePage.objects.get().sections] == ["text"]


@pytest.mark.parametrize("data", ["[", "3", "resume: 3\nhome: [1, {type: x}, {type: work, number: no}]\nskills: [a]\n"])
def test_data_that_cannot_be_used_is_passed_over(tmp_path: Path, data: str) -> None:
    builders.post(skills=["a"])
    run(write_tree(tmp_path, {"_data/portfolio.yml": data, "_posts/2021-05-04-tides.md": post("Words.\n")}, CONFIG))
    assert (education(), list(HomePage.objects.get().sections)) == ([], [])
