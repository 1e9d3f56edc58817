"""What the database reads for a page hardly grows with the site; measured after an import, with its statistics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portfolio.delivery.query_planner import optimize_database
from tests import builders
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

FEW, MANY = 30, 240
# What counts or lists all entries may take as many times the work; nothing may grow faster than the site.
MOST_TIMES = 1.2 * MANY / FEW
ADDRESSES = [
    "/",
    "/blog/",
    "/blog/post-1/",
    "/tags/tide/",
    "/categories/water/",
    "/archive/",
    "/feed/",
    "/tags/tide/feed/",
    "/search/?q=tide",
    "/resume/",
    "/sitemap.xml",
    "/never-written/",
]


def imported(folder: Path, first: int, last: int) -> None:
    """Import posts, and bring the statistics up to date as it happens when an import is committed."""
    files = {
        f"_posts/2019-0{number % 9 + 1}-{number % 27 + 1:02}-post-{number}.md": post(
            "The tide turned.\n", title=f"Post {number}", tags="[tide]", categories="water", permalink="/blog/:title/"
        )
        for number in range(first, last)
    }
    assert run(write_tree(folder, files)).totals["outcomes"]["created"] == last - first
    optimize_database()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")  # which it prefers while tables are as small as these


def work_of(client: Client, address: str) -> int:
    """Steps of SQLite's virtual machine, in thousands; on PostgreSQL rows that were read. Of a warm page."""
    expected = 404 if address == "/never-written/" else 200
    assert client.get(address).status_code == expected
    if connection.vendor == "sqlite":
        return steps_of(client, address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return sum(rows_read(query["sql"]) for query in queries if query["sql"].startswith("SELECT"))


def steps_of(client: Client, address: str) -> int:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 100
        return 0

    connection.connection.set_progress_handler(count, 100)
    try:
        client.get(address)
    finally:
        connection.connection.set_progress_handler(None, 100)
    return steps


def rows_read(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        (plans,) = cursor.fetchone()
    return rows_of((json.loads(plans) if isinstance(plans, str) else plans)[0]["Plan"])


def rows_of(plan: dict[str, Any]) -> int:
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return own + sum(rows_of(child) for child in plan.get("Plans", []))


def test_work_of_the_database_grows_no_faster_than_the_site(client: Client, tmp_path: Path) -> None:
    private = [builders.standard_page(), builders.post()]
    work: dict[tuple[int, str], list[int]] = {}
    for first, last in ((0, FEW), (FEW, MANY)):
        imported(tmp_path / str(last), first, last)
        work[last, "open"] = [work_of(client, address) for address in ADDRESSES]
        for page in private:
            builders.make_private(page)
        work[last, "private"] = [work_of(client, address) for address in ADDRESSES]
        PageViewRestriction.objects.all().delete()
    for state in ("open", "private"):
        pairs = zip(ADDRESSES, work[FEW, state], work[MANY, state], strict=True)
        assert [(address, few, many) for address, few, many in pairs if many > MOST_TIMES * few] == [], state
