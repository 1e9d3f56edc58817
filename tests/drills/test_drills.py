"""Short forms of the drills; ``make drill`` runs the long ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.kills import kills_on, new_imported_site
from tests.drills.load import load_on
from tests.drills.services import connections_cut
from tests.running_site import NO_TASKS, RunningSite, database, running_site

pytestmark = pytest.mark.xdist_group("drills")


@pytest.fixture(scope="module")
def busy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("drills"), **NO_TASKS) as site:
        yield site


def test_people_read_and_write_while_an_import_runs(busy_site: RunningSite, tmp_path: Path) -> None:
    load_on(busy_site, tmp_path, seconds=5, people=10, posts=30)


def test_database_that_cut_all_connections_is_found_again(busy_site: RunningSite) -> None:
    if not busy_site.env["DATABASE_URL"].startswith("postgres"):
        pytest.skip("SQLite has no connections to cut")
    connections_cut(busy_site)


def test_what_was_killed_and_run_again_is_as_one_clean_run(tmp_path: Path) -> None:
    with database(tmp_path) as url:
        kills_on(new_imported_site(tmp_path, url), tmp_path, 1, random.Random(7))
