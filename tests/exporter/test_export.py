"""The whole export: what comes back byte for byte, and what an edit changes."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page

from blog.models import BlogPage, InterviewPage
from experience.models import ExperiencePage
from portfolio.exporter.pipeline import ExportOptions, export_site
from portfolio.exporter.report import ExportReport
from portfolio.exporting import new_config
from portfolio.management.commands.export_markdown import EXPORTS
from portfolio.management.commands.import_markdown import MAPPINGS
from portfolio.models import StandardPage
from tests.importer.trees import picture, post, run, write_tree

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).resolve().parents[2] / "demo"
SEEDS = DEMO.parents[1] / "shared" / "seeds" / "site"
IMPORTED = ("*.md", "*.txt", "*.png", "*.jpg", "_config.yml", "_layouts/*", "_includes/*")


def export(destination: Path, layout: str = "original") -> ExportReport:
    return export_site(ExportOptions(destination, layout), EXPORTS, MAPPINGS, new_config)


def files(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def changed_lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    found = list(difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm=""))[2:]
    return [line[1:] for line in found if line[0] == "-"], [line[1:] for line in found if line[0] == "+"]


def edit(page: Page, replace: dict[str, str], **fields: Any) -> None:
    """Replace words in the stored body as an editor would, set fields, and publish."""
    page = page.specific
    raw = json.dumps(page.body.get_prep_value(), ensure_ascii=False)
    for old, new in replace.items():
        assert raw.count(old) == 1, (old, raw.count(old))
        raw = raw.replace(old, new)
    page.body = raw
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def demo() -> Path:
    run(DEMO)
    return DEMO


def test_the_demo_comes_back_byte_for_byte(demo: Path, tmp_path: Path) -> None:
    report = export(tmp_path / "out")
    before, after = files(DEMO), files(tmp_path / "out")
    del before["README.md"]  # which Jekyll excludes
    assert sorted(after) == sorted(before)
    assert [path for path in before if before[path] != after[path]] == []
    assert report.lines() == ["Documents: 14 as they were imported, 0 edited, 0 new. 6 pictures and files."]


def test_the_first_documents_come_back_byte_for_byte(tmp_path: Path) -> None:
    if SEEDS.is_dir():
        run(SEEDS)
        export(tmp_path / "out")
        assert files(tmp_path / "out") == files(SEEDS)


EDITS = [
    ("what-a-tide-table-does-not-tell-you", "most honest forecast", "most truthful forecast"),
    ("what-a-tide-table-does-not-tell-you", "<i>fog</i>", "<i>mist</i>"),
    ("what-a-tide-table-does-not-tell-you", "whether I was cold", "whether I was wet"),
    ("what-a-tide-table-does-not-tell-you", "sunk by four centimetres", "sunk by five centimetres"),
    ("what-a-tide-table-does-not-tell-you", "The weather. A low", "The weather. A depression"),
    ("what-a-tide-table-does-not-tell-you", "What pulls", "Who pulls"),
    ("what-a-tide-table-does-not-tell-you", "the Moon's distance", "the Moon's nearness"),
    ("what-a-tide-table-does-not-tell-you", "the neap days are marked", "the spring days are marked"),
    ("what-a-tide-table-does-not-tell-you", "What is not in it", "What is missing in it"),
    ("what-a-tide-table-does-not-tell-you", "My favourite guess", "My preferred guess"),
    ("a-harmonic-fit-in-thirty-lines", "hours / period", "hours / length"),
    ("a-harmonic-fit-in-thirty-lines", "355 \\\\\\\\text", "354 \\\\\\\\text"),
    ("a-harmonic-fit-in-thirty-lines", "the rest looks like a\\\\ntide", "the rest looks like the\\\\ntide"),
    ("leaving-fjordline", "The connector that failed", "The plug that failed"),
    ("listening-to-the-seabed", "greased and photographed", "oiled and photographed"),
    ("listening-to-the-seabed", "Twenty minutes above", "Thirty minutes above"),
    ("listening-to-the-seabed", "Lowering frame four", "Sinking frame four"),
    ("listening-to-the-seabed", "Put one shout next", "Put one call next"),
    ("three-ways-to-lose-a-sample", "No exceptions for displays", "No exceptions for screens"),
    ("three-ways-to-lose-a-sample", "jumping clock", "leaping clock"),
    ("the-logbook-format", "From <i>your</i>", "From <i>your</i>"),
    ("the-logbook-format", "heard pump", "heard kettle"),
    ("estimating-power-from-a-bad-week", "truth turned out to lie", "truth turned out to sit"),
    ("a-winter-without-alerts", "was the best alert", "was the finest alert"),
    ("a-winter-without-alerts", "has just been asleep", "has just been woken"),
    ("a-winter-without-alerts", "why that cannot wait", "why this cannot wait"),
    ("a-winter-without-alerts", "The seven", "The eight"),
]
EDITS = [edit for edit in EDITS if edit[1] != edit[2]]


@pytest.mark.parametrize(("slug", "old", "new"), EDITS, ids=[f"{old} -> {new}" for _, old, new in EDITS])
def test_a_word_edited_in_the_admin_changes_one_line(demo: Path, tmp_path: Path, slug: str, old: str, new: str) -> None:
    page = BlogPage.objects.get(slug=slug)
    edit(page, {old: new})
    report = export(tmp_path / "out")
    before, after = files(DEMO), files(tmp_path / "out")
    (path,) = [path for path in after if before[path] != after[path]]
    gone, came = changed_lines(before[path], after[path])
    assert (len(gone), len(came)) == (1, 1), (gone, came)
    assert report.problems == []
    assert report.edited == [path]
