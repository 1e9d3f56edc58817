"""One site is one site wherever its folder lies, and two sites are two whatever their folders are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.documents.report import Report
from portfolio.models import ImportSite, StandardPage
from tests.importer.trees import run, write_tree

pytestmark = pytest.mark.django_db

UNNAMED = "title: Notes\n"


def about(text: str) -> str:
    return f"---\ntitle: About\npermalink: /about/\n---\n{text}\n"


def outcomes(report: Report) -> list[str]:
    return [document.outcome for document in report.documents]


def told(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize("config", ["url: https://saltmarsh.example\n", UNNAMED], ids=["with url", "without"])
def test_a_copy_in_another_folder_is_the_same_site(tmp_path: Path, config: str) -> None:
    files = {"about.md": about("Water."), "now.md": about("Wind.").replace("about", "now")}
    run(write_tree(tmp_path / "site", files, config))
    report = run(write_tree(tmp_path / "site-main", files, config))
    assert outcomes(report) == ["unchanged", "unchanged"]
    assert ImportSite.objects.count() == 1
    assert told(report) == ([] if "url" in config else ["known-site"])


def test_a_site_that_moved_to_another_address_is_known_and_called_by_it(tmp_path: Path) -> None:
    files = {"about.md": about("Water."), "now.md": about("Wind.").replace("about", "now")}
    run(write_tree(tmp_path, files, "url: https://old.example\n"))
    write_tree(tmp_path, {"about.md": about("Water and wind.")}, "url: https://new.example\n")
    report = run(tmp_path)
    assert told(report) == ["known-site"]
    assert StandardPage.objects.count() == 2
    assert ImportSite.objects.get().key == "new.example"
    assert told(run(tmp_path)) == []


@pytest.mark.parametrize("config", [UNNAMED, "url: http://localhost:4000\n"], ids=["without url", "localhost"])
def test_another_site_in_a_folder_of_the_same_name_touches_no_page_of_the_first(tmp_path: Path, config: str) -> None:
    run(write_tree(tmp_path / "one" / "docs", {"about.md": about("Water.\n\nTides.\n\nMoon.")}, config))
    other = write_tree(
        tmp_path / "two" / "docs", {"about.md": about("Wood.\n\nSaws.\n").replace("About", "Us")}, config
    )
    report = run(other)
    assert told(report) == ["another-site"]
    assert outcomes(report) == ["created"]
    assert StandardPage.objects.get(slug="about").body[0].value.source.startswith("<p>Water.")
    again = run(other)
    assert (outcomes(again), told(again)) == (["unchanged"], ["known-site"])


def test_a_site_without_url_whose_texts_were_edited_stays_the_same_site(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "docs", {"about.md": about("One.\n\nTwo.\n\nThree.")}, UNNAMED)
    run(tree)
    report = run(write_tree(tree, {"about.md": about("One.\n\nTwo.\n\nFour.")}, UNNAMED))
    assert (outcomes(report), told(report)) == (["updated"], [])


def test_a_single_file_of_the_same_name_is_that_file_however_much_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "now.md"
    file.write_text("# Now\n\nMeasuring.\n")
    run(file)
    file.write_text("# Now\n\nAll else.\n")
    assert outcomes(run(file)) == ["updated"]


def test_a_dry_run_does_not_rename_the_site(tmp_path: Path) -> None:
    files = {"about.md": about("Water."), "now.md": about("Wind.").replace("about", "now")}
    run(write_tree(tmp_path, files, "url: https://old.example\n"))
    write_tree(tmp_path, {"about.md": about("Other.")}, "url: https://new.example\n")
    run(tmp_path, dry_run=True)
    assert ImportSite.objects.get().key == "old.example"
