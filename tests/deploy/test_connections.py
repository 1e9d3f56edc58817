"""Connections to PostgreSQL: each thread of the server has one at most, however many readers there are."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import requests

from tests.running_site import running_site

URL = os.environ.get("DATABASE_URL", "")
THREADS = 3
READERS = 12

pytestmark = [
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(not URL.startswith("postgres"), reason="SQLite has no server to be overrun"),
]


@pytest.mark.parametrize(("variables", "most"), [({}, THREADS), ({"DATABASE_POOL": "2"}, 2)], ids=["threads", "pool"])
def test_many_readers_need_no_more_connections_than_configured(
    tmp_path: Path, variables: dict[str, str], most: int
) -> None:
    with running_site(tmp_path, demo=False, THREADS=str(THREADS), TASK_QUEUE="database", **variables) as site:
        name = site.env["DATABASE_URL"].rpartition("/")[2]
        stop = threading.Event()

        def read(_: int) -> set[int]:
            statuses = set()
            while not stop.is_set():
                statuses.add(requests.get(f"{site.url}/search/?q=tide", timeout=30).status_code)
            return statuses

        with ThreadPoolExecutor(READERS) as pool, psycopg.connect(URL, autocommit=True) as server:
            results = pool.map(read, range(READERS))
            counts = set()
            for _ in range(30):
                query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
                counts |= set(server.execute(query, [name]).fetchone())
                time.sleep(0.1)
            stop.set()
            assert set().union(*results) == {200}
        assert max(counts) == most
