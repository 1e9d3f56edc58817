"""A site whose layouts print front matter and data files, beside what Jekyll's own pages show in their main content."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from benchmarks.round_trip import chosen, compared, exported, made
from tests.importer.trees import run

pytestmark = pytest.mark.django_db

SITES = Path(__file__).parent
QUAY = SITES / "quay"
# What the old layouts show on every page, or a list that this site has elsewhere.
BOILERPLATE = {"Share", "Recent", "The", "gauge", "Plain", "Edit", "this", "page", "by", "in", "·"}


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w*]+", text))


def test_words_of_the_main_content_are_on_our_pages(client: Client) -> None:
    report = run(QUAY)
    assert [problem for row in report.documents for problem in row.problems if problem.severity != "info"] == []
    missing, strange = {}, {}
    for address, text in json.loads((SITES / "expected/quay.json").read_text("utf-8")).items():
        page = BeautifulSoup(client.get(address, follow=True).content, "lxml").select_one("article")
        assert page is not None, address
        missing[address] = words(text) - words(page.get_text(" ")) - words(" ".join(BOILERPLATE))
        strange[address] = {word for word in ("Recent", "Share", "Edit") if word in page.get_text(" ")}
    assert {address: lost for address, lost in missing.items() if lost} == {}
    assert {address: found for address, found in strange.items() if found} == {}


def test_files_come_back_and_an_edited_word_is_all_that_changes(tmp_path: Path) -> None:
    report = run(QUAY)
    paths = [row.path for row in report.documents]
    assert compared(QUAY, exported(tmp_path / "out")[0], paths) == (len(paths), [])
    refused: list[str] = []
    edits = [edit for edit in chosen(QUAY, 0) if made(edit, refused)]
    out, exports = exported(tmp_path / "edited")
    assert (refused, exports.problems) == ([], [])
    wrong = [
        edit for edit in edits if not edit.is_right((QUAY / edit.path).read_bytes(), (out / edit.path).read_bytes())
    ]
    assert (len(edits) > 2, wrong) == (True, [])
