"""Small Jekyll sites of our own, imported with no configuration, beside what Jekyll itself made of them."""

from __future__ import annotations

from pathlib import Path
from pprint import pformat
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.round_trip import chosen, compared, exported, made
from portfolio.documents.document import Severity
from portfolio.exporter.round_trip import rolled_back
from tests.importer.trees import run
from tests.sites.likeness import Jekylls, Visitor, lost, unlike

pytestmark = pytest.mark.django_db

SITES = Path(__file__).parent
NAMES = ("mill", "lab", "old", "isles")
HOSTS = frozenset({"mill.example", "odalys.example", "old.example", "isles.example"})
# Pages that only list others: ours answer in their place.
LISTS = {"mill": {"/", "/everything/"}, "lab": {"/"}, "old": {"/", "/journal"}, "isles": {"/"}}
# Ours stands in the order of the periods.
EXPERIENCE = {"/experience/"}
# What Jekyll makes for its own sake, and files that no text uses.
NOT_OURS = {"/redirects.json", "/lab/redirects.json"}
HIDDEN = (
    "telephone number",
    "never told to anybody",
    "nobody's business",
    "Nobody shall read this one",
    "Nobody can read this yet",
    "A wheel that turns backwards",
    "never written",
)
ROUNDS = 3


def expected(name: str) -> Jekylls:
    return Jekylls.read(SITES / "expected" / f"{name}.jsonl")


def differing(name: str, jekylls: Jekylls, visitor: Visitor) -> dict[str, Any]:
    """What our pages say otherwise than Jekyll's, by address."""
    found: dict[str, Any] = {}
    for row in jekylls.documents():
        if row["url"] not in LISTS[name]:
            compare = lost if row["url"] in EXPERIENCE else unlike
            found[row["url"]] = compare(row, jekylls, visitor)
    return {address: differences for address, differences in found.items() if differences}


@pytest.mark.parametrize("name", NAMES)
def test_pages_say_what_jekylls_say(name: str, client: Client) -> None:
    report = run(SITES / name)
    problems = {(row.path, problem.severity, problem.message) for row in report.documents for problem in row.problems}
    assert {problem for problem in problems if problem[1] == Severity.ERROR} == set()
    jekylls, visitor = expected(name), Visitor(client, HOSTS)
    differences = differing(name, jekylls, visitor)
    assert not differences, pformat(differences, width=200)
    dead = {address for address in jekylls.addresses() if visitor.ask(address)[0] != 200}
    assert dead == {address for address in jekylls.addresses() if address in NOT_OURS}
    shown = [body for status, _, body, _ in visitor.answers.values() if status == 200]
    assert [words for words in HIDDEN if any(words.encode() in body for body in shown)] == []


@pytest.mark.parametrize("name", NAMES)
def test_sites_come_back_byte_for_byte_and_a_second_import_writes_nothing(name: str, tmp_path: Path) -> None:
    report = run(SITES / name)
    paths = [row.path for row in report.documents]
    same, wrong = compared(SITES / name, exported(tmp_path / "out")[0], paths)
    assert (wrong, same) == ([], len(paths))
    with CaptureQueriesContext(connection) as queries:
        again = run(SITES / name)
    assert {row.outcome for row in again.documents} <= {"unchanged", "skipped"}
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


@pytest.mark.parametrize("name", NAMES)
def test_a_word_edited_on_each_page_is_all_that_changes(name: str, tmp_path: Path) -> None:
    run(SITES / name)
    for number in range(ROUNDS):
        refused: list[str] = []
        with rolled_back():
            edits = [edit for edit in chosen(SITES / name, number) if made(edit, refused)]
            out, report = exported(tmp_path / str(number))
        assert (refused, report.problems) == ([], [])
        assert len(edits) > 3
        before = {edit.path: (SITES / name / edit.path).read_bytes() for edit in edits}
        wrong = [edit for edit in edits if not edit.is_right(before[edit.path], (out / edit.path).read_bytes())]
        assert wrong == []
