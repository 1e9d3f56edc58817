"""``python -m tests.drills [NAME…]``: what happens under load, when services go away and when processes are killed."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()  # the tests' helpers import models

from tests.drills.disk import disk_full
from tests.drills.jobs import worker_killed
from tests.drills.kills import kills
from tests.drills.load import load
from tests.drills.services import database_restarted, environment, has_postgres, redis_stopped

DRILLS: dict[str, Callable[..., str]] = {
    "load": load,
    "kills": kills,
    "redis": redis_stopped,
    "worker": worker_killed,
    "disk": disk_full,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *DRILLS, "postgres"], help="all of them by default")
    parser.add_argument("--seconds", type=float, default=60, help="how long people read and write")
    parser.add_argument("--times", type=int, default=20, help="how often each command is killed")
    asked = parser.parse_args()
    names = asked.names or [*DRILLS, "postgres"]
    options = {"load": {"seconds": asked.seconds}, "kills": {"times": asked.times}}
    server = os.environ.pop("DATABASE_URL", "")
    os.environ.pop("REDIS_URL", None)
    failed = 0
    for database, url in (("SQLite", ""), ("PostgreSQL", server)):
        if database == "PostgreSQL" and not server:
            print("PostgreSQL: left out, DATABASE_URL names no server")
            continue
        with environment(DATABASE_URL=url):
            for name in [name for name in names if name in DRILLS]:
                failed += not run(f"{database}, {name}", DRILLS[name], options.get(name, {}))
    if "postgres" in names:
        if has_postgres():
            failed += not run("PostgreSQL restarted", database_restarted, {})
        else:
            print("PostgreSQL restarted: left out, no server programs here")
    return 1 if failed else 0


def run(title: str, drill: Callable[..., str], options: dict[str, Any]) -> bool:
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="drill-", ignore_cleanup_errors=True) as folder:
        try:
            outcome, well = drill(Path(folder), **options), True
        except Exception:
            outcome, well = traceback.format_exc(), False
    print(f"{'ok  ' if well else 'FAIL'} {title} ({time.monotonic() - begin:.0f} s): {outcome}", flush=True)
    return well


if __name__ == "__main__":
    sys.exit(main())
