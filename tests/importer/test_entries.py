"""Entries of files that are no documents: a bibliography becomes publications, positions of a CV become roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from experience.models import ExperienceIndexPage, ExperiencePage, Organisation, PublicationIndexPage, PublicationPage
from portfolio.importer.undo.undo import edited_pages, undo
from portfolio.models import ImportedEntry, ImportRun
from tests import builders
from tests.exporter.test_export import export, files
from tests.importer.trees import CONFIG, codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

PAPERS = """\
@article{quist2024drift,
  title = {Drift in records}, author = {Quist, Mara and Okafor, Adaeze}, journal = {Tides}, year = {2024},
  pdf = {drift.pdf}, selected = {true}
}
@inproceedings{brandt2021net, title={Labels}, author={Brandt, Ingrid}, booktitle={Workshop}, year=2021}
"""
BROKEN = "@article{broken, title={x}\n"
SCHOLAR = CONFIG + "scholar:\n  source: /_papers/\n  bibliography: own.bib\n"
LIST = "---\ntitle: Papers\npermalink: /papers/\n---\n<div class='p'>\n{% bibliography -f own %}\n</div>\n"
POST = "_posts/2021-05-04-tides.md"
TREE = {POST: post("Words.\n"), "_papers/own.bib": PAPERS, "_papers/others.bib": PAPERS, "papers.md": LIST}
CV = """\
- title: Education
  type: time_table
  contents:
    - {title: MSc, institution: University of Salt, year: 2005 - 2009}
- title: Experience
  type: time_table
  contents:
    - {title: Engineer, institution: Saltmarsh Lab, year: 2019 - now, description: [Built buoys, Ran them]}
    - {title: Keeper, institution: Harbour, year: 2010 - 2018}
"""


def publications() -> dict[str, PublicationPage]:
    return {page.citation_key: page for page in PublicationPage.objects.all()}


def roles() -> list[tuple[str, str, str]]:
    found = ExperiencePage.objects.order_by("pk")
    return [(page.role, page.organisation.name, page.period_text) for page in found]


def edit(page: Any, **values: Any) -> None:
    page = page.specific
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_bibliography_that_the_settings_name_becomes_publications(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path / "in", TREE, SCHOLAR)
    report = run(tree)
    drift = publications()["quist2024drift"]
    assert set(publications()) == {"quist2024drift", "brandt2021net"}
    assert (drift.live, drift.featured, drift.year, drift.venue) == (True, True, 2024, "Tides")
    papers = row(report, "_papers/own.bib")
    assert (papers.outcome, papers.constructs["native"], papers.page_url) == ("created", 2, "/papers/")
    assert "2 created" in papers.problems[0].message
    response = client.get("/papers/")
    assert response.status_code == 200
    assert "Drift in records" in response.content.decode()
    assert PublicationIndexPage.objects.get().title == "Papers"
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(tree)


def test_folder_is_the_default_and_entries_that_are_not_understood_are_reported_with_their_line(tmp_path: Path) -> None:
    report = run(write_tree(tmp_path, {POST: post("Words.\n"), "_bibliography/papers.bib": PAPERS + BROKEN}))
    assert len(publications()) == 2
    problems = row(report, "_bibliography/papers.bib").problems
    assert [(problem.code, problem.line) for problem in problems if problem.code != "entries"] == [("bad-entry", 6)]
    assert PublicationIndexPage.objects.get().url == "/publications/"


def test_works_that_a_site_only_cites_are_no_publications(tmp_path: Path) -> None:
    body = "{% cite quist2024drift %}\n\n{% bibliography --cited %}\n"
    run(write_tree(tmp_path, {POST: post(body), "_bibliography/references.bib": PAPERS}))
    assert publications() == {}
    assert not PublicationIndexPage.objects.exists()


def test_publication_of_a_collection_is_not_made_twice(tmp_path: Path) -> None:
    collection = "collections:\n  publications: {output: true, permalink: /publication/:path}\n"
    document = "---\ntitle: Drift in Records\nvenue: Tides\n---\nOurs.\n"
    tree = {**TREE, "_publications/drift.md": document}
    report = run(write_tree(tmp_path / "in", tree, SCHOLAR + collection))
    assert sorted(page.title for page in PublicationPage.objects.all()) == ["Drift in Records", "Labels"]
    assert row(report, "_papers/own.bib").constructs["native"] == 2
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(tmp_path / "in")


def test_second_import_updates_what_nobody_edited_and_undo_reverts_it(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "in", TREE, SCHOLAR)
    run(tree)
    edit(publications()["quist2024drift"], venue="A better name")
    changed = (
        PAPERS.replace("Workshop", "Meeting").replace("{Tides}", "{Waves}") + "@book{new, title={New}, year=2025}\n"
    )
    (tree / "_papers/own.bib").write_text(changed)
    report = run(tree)
    venues = {key: page.venue for key, page in publications().items()}
    assert venues == {"quist2024drift": "A better name", "brandt2021net": "Meeting", "new": ""}
    papers = row(report, "_papers/own.bib")
    assert papers.outcome == "updated"
    assert "edited-here" in codes(papers)
    undo(ImportRun.objects.order_by("-pk").first())
    assert {key: page.venue for key, page in publications().items()} == {
        "quist2024drift": "A better name",
        "brandt2021net": "Workshop",
    }
    run(tree)
    assert publications()["brandt2021net"].venue == "Meeting"


def test_deleted_publication_is_not_made_again(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, TREE, SCHOLAR)
    run(tree)
    publications()["brandt2021net"].delete()
    (tree / "_papers/own.bib").write_text(PAPERS.replace("2024},", "2023},"))
    run(tree)
    assert list(publications()) == ["quist2024drift"]
    assert publications()["quist2024drift"].year == 2023


def test_deleted_list_is_made_again_for_a_new_entry_only(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post("Words.\n"), "_papers/own.bib": PAPERS}, SCHOLAR)
    run(tree)
    PublicationIndexPage.objects.get().delete()
    (tree / "_papers/own.bib").write_text(PAPERS.replace("2024},", "2023},"))
    run(tree)
    assert not PublicationIndexPage.objects.exists()
    (tree / "_papers/own.bib").write_text(PAPERS + "@book{new, title={New}, year=2025}\n")
    run(tree)
    assert [page.title for page in PublicationIndexPage.objects.get().get_children()] == ["New"]


def test_undo_takes_publications_and_their_list_away_but_for_edited_ones(tmp_path: Path) -> None:
    tree = write_tree(tmp_path, TREE, SCHOLAR)
    run(tree)
    edit(publications()["brandt2021net"], venue="A better name")
    assert [page.title for page in edited_pages(ImportRun.objects.get())] == ["Labels"]
    result = undo(ImportRun.objects.get())
    assert (list(publications()), result.left) == (["brandt2021net"], ["Labels"])
    publications()["brandt2021net"].delete()
    PublicationIndexPage.objects.get().delete()
    run(tree)
    undo(ImportRun.objects.order_by("-pk").first())
    assert publications() == {}
    assert not PublicationIndexPage.objects.exists()
    assert not ImportedEntry.objects.filter(key="quist2024drift").exists()


def test_edited_publication_is_exported_beside_the_bibliography(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "in", TREE, SCHOLAR)
    run(tree)
    edit(publications()["brandt2021net"], venue="A better name")
    export(tmp_path / "out")
    out = files(tmp_path / "out")
    assert b"venue: A better name" in out.pop("publications/labels.md")
    assert out == files(tree)


def test_positions_of_the_cv_become_roles(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "in", {"_data/cv.yml": CV, POST: post("Words.\n")})
    report = run(tree)
    assert roles() == [("Engineer", "Saltmarsh Lab", "2019 - now"), ("Keeper", "Harbour", "2010 - 2018")]
    assert "Ran them" in str(ExperiencePage.objects.get(role="Engineer").body)
    assert row(report, "_data/cv.yml").constructs["native"] == 2
    export(tmp_path / "out")
    assert files(tmp_path / "out") == files(tree)
    (tree / "_data/cv.yml").write_text(CV.replace("2019 - now", "2019 - 2023"))
    run(tree)
    assert roles()[0] == ("Engineer", "Saltmarsh Lab", "2019 - 2023")
    undo(ImportRun.objects.first())
    assert roles()[0] == ("Engineer", "Saltmarsh Lab", "2019 - now")
    undo(ImportRun.objects.filter(undone_at=None).get())
    assert roles() == []
    assert not Organisation.objects.exists()


def test_positions_are_left_where_there_are_pages_of_experience(tmp_path: Path) -> None:
    experience = "---\nlayout: experience\ntitle: Experience\n---\n# (2001 - 2003) Pier - Diver\n\nDived.\n"
    run(write_tree(tmp_path, {"_data/cv.yml": CV, "experience.md": experience}))
    assert roles() == [("Diver", "Pier", "2001 - 2003")]


def test_roles_that_were_here_before_stay_alone(tmp_path: Path) -> None:
    builders.role()
    run(write_tree(tmp_path, {"_data/cv.yml": CV, POST: post("Words.\n")}))
    assert ExperiencePage.objects.count() == 1


def test_edited_role_is_exported_with_its_list(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "in", {"_data/cv.yml": CV, POST: post("Words.\n")})
    run(tree)
    edit(ExperiencePage.objects.get(role="Keeper"), location="Pier")
    export(tmp_path / "out")
    out = files(tmp_path / "out")
    assert b"location: Pier" in out.pop("experience.md")
    assert out == files(tree)
    assert ExperienceIndexPage.objects.count() == 1


def test_refused_position_leaves_nothing_to_the_next_ones(tmp_path: Path) -> None:
    cv = """\
work:
  - {name: Saltmarsh, position: Engineer, startDate: once, url: "https://saltmarsh.example/"}
  - {name: Harbour, position: Keeper, startDate: "2010", endDate: "2018"}
  - {name: Saltmarsh, position: Lead, startDate: "2019", url: "https://saltmarsh.example/"}
"""
    report = run(write_tree(tmp_path, {"_data/resume.yml": cv, POST: post("Words.\n")}))
    assert [(role, employer) for role, employer, _ in roles()] == [("Keeper", "Harbour"), ("Lead", "Saltmarsh")]
    assert "bad-entry" in codes(row(report, "_data/resume.yml"))
    assert Organisation.objects.get(name="Saltmarsh").url == "https://saltmarsh.example/"
    undo(ImportRun.objects.get())
    assert not Organisation.objects.exists()


def test_refused_position_leaves_its_employer_as_it_was(tmp_path: Path) -> None:
    Organisation.objects.create(name="Saltmarsh")
    cv = """\
work:
  - {name: Saltmarsh, position: Engineer, startDate: once, url: "https://saltmarsh.example/"}
  - {name: Saltmarsh, position: Lead, startDate: "2019", url: "https://saltmarsh.example/"}
"""
    run(write_tree(tmp_path, {"_data/resume.yml": cv, POST: post("Words.\n")}))
    assert [(role, employer) for role, employer, _ in roles()] == [("Lead", "Saltmarsh")]
    assert Organisation.objects.get().url == "https://saltmarsh.example/"


def test_positions_that_differ_in_their_end_alone_are_all_kept(tmp_path: Path) -> None:
    first = '  - {name: Saltmarsh, position: Lead, endDate: "2001"}\n'
    others = (
        '  - {name: Saltmarsh, position: Lead, endDate: "2011"}\n  - {name: Pier, position: Diver, startDate: "1990"}\n'
    )
    tree = write_tree(tmp_path, {"_data/resume.yml": f"work:\n{first}{others}", POST: post("Words.\n")})
    run(tree)
    periods = [period for *_, period in roles()]
    assert len(set(periods)) == 3
    pages = list(ExperiencePage.objects.order_by("pk").values_list("pk", "period_text"))
    newest = first.replace("2001", "2021").replace("}", ", location: Quay}")
    write_tree(tree, {"_data/resume.yml": f"work:\n{newest}{first}{others}"})
    result = row(run(tree), "_data/resume.yml")
    assert codes(result) == ["entries"]
    assert "1 created, 3 left" in result.problems[0].message
    assert list(ExperiencePage.objects.order_by("pk").values_list("pk", "period_text"))[:3] == pages
    quay = ExperiencePage.objects.get(location="Quay")
    assert quay.organisation.name == "Saltmarsh"
    write_tree(tree, {"_data/resume.yml": f"work:\n{newest}{others}"})
    assert codes(row(run(tree), "_data/resume.yml")) == ["entries", "source-gone"]
    assert list(ExperiencePage.objects.order_by("pk").values_list("pk", "period_text"))[:3] == pages
