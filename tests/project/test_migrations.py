"""A site of the first release loses nothing on its way to the newest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from portfolio.documents.slugs import name_key
from tests.running_site import ROOT, database

States = dict[str, dict[str, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    """The rows of a populated database at the first migration of each app, and at the newest."""
    with database(tmp_path_factory.mktemp("migrations")) as url:
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "-m", "tests.project.populated_database"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_row_and_every_value_is_still_there(states: States) -> None:
    before, after = states["before"], states["after"]
    assert len(before["blog_category"]) == len(before["taggit_tag"]) == 3
    assert before["blog_blogpage"]
    for table, rows in before.items():
        kept = [{name: row[name] for name in rows[0] if name in row} for row in after[table]] if rows else []
        expected = [{name: value for name, value in row.items() if name in after[table][0]} for row in rows]
        assert [row for row in expected if row not in kept] == [], table


def test_names_that_are_the_same_to_readers_get_keys_of_their_own(states: States) -> None:
    for table in ("blog_category", "blog_series", "experience_organisation", "experience_skill"):
        keys = [row["key"] for row in states["after"][table]]
        assert keys[0] == name_key("Café")
        assert len(set(keys)) == len(keys) == 3
    assert {row["alias_keys"] for row in states["after"]["experience_skill"]} == {"\nc++\ncpp\n"}


def test_tags_that_are_the_same_to_readers_keep_one_key(states: States) -> None:
    assert len(states["after"]["taggit_tag"]) == 3
    assert len(states["after"]["portfolio_tagkey"]) == 2
