"""How long an import takes, beside Jekyll's own build of the same posts: ``make bench-import [POSTS=1000]``.

Prints, for each database there is, the seconds and milliseconds a post of a first import (verification included) and
of a second one that finds nothing changed, the work of the processors in that time, and the most memory the main
process held. Jekyll and the imports are measured as programs, from their start to their end, with all the processes
they start. The work is what to compare on a machine that does other things too.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posts import write_site

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
BENCH_DATABASE = "portfolio_bench"
ONE_IMPORT = """
import json, resource, sys
from pathlib import Path
import django
django.setup()
from portfolio.importer.pipeline import ImportOptions, import_site
from portfolio.importing import introduce_owner
from portfolio.mappings import MAPPINGS
if __name__ == "__main__":
    report = import_site(ImportOptions(Path(sys.argv[1])), MAPPINGS, introduce_owner)
    outcomes = {name: count for name, count in report.totals["outcomes"].items() if count}
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([used.ru_maxrss // 1024, used.ru_utime + used.ru_stime, outcomes]))
"""
PR_SET_CHILD_SUBREAPER = 36  # prctl(2): workers whose parent has ended become ours, so that we learn what they used


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock, and seconds of work of all processors together (user and system)."""

    wall: float
    work: float
    output: str

    def line(self, count: int) -> str:
        return f"{self.wall:7.1f} s {self.wall / count * 1000:6.2f} ms a post  {self.work:7.1f} s of work"


def measured(command: list[str], **options: Any) -> Measured:
    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before, begin = used(), time.monotonic()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options)
    wall = time.monotonic() - begin
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return Measured(wall, used() - before, done.stdout)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        site = work / "site"
        write_site(site, count)
        size = sum(file.stat().st_size for file in (site / "_posts").iterdir())
        print(f"{count} posts, {size / count / 1000:.1f} kB each, {os.cpu_count()} processors")
        jekyll = build_with_jekyll(site, work, count)
        measure("SQLite", f"sqlite:///{work / 'bench.sqlite3'}", site, work, count, jekyll)
        address = make_postgres()
        if address:
            measure("PostgreSQL", address, site, work, count, jekyll)


def build_with_jekyll(site: Path, work: Path, count: int) -> Measured | None:
    """A cold build; None when there is no Jekyll here."""
    if shutil.which("jekyll") is None:
        print("jekyll           not on the PATH: nothing to compare with")
        return None
    command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "--destination", str(work / "built")]
    jekyll = measured(command, cwd=site)
    print(f"jekyll build        {jekyll.line(count)}")
    return jekyll


def measure(name: str, database: str, site: Path, work: Path, count: int, jekyll: Measured | None) -> None:
    settings = {
        "DJANGO_SETTINGS_MODULE": "portfolio.settings",
        "DEBUG": "0",
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "HTTPS": "0",
        "MEDIA_ROOT": str(work / "media"),
        "DATABASE_URL": database,
    }
    environment = {**os.environ, **settings}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    script = work / "one_import.py"
    script.write_text(ONE_IMPORT, encoding="utf-8")
    first: Measured | None = None
    for which in ("first", "unchanged"):
        command = [sys.executable, str(script), str(site)]
        found = measured(command, cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT)})
        memory, own, outcomes = json.loads(found.output)
        other, what = (first, "of the first") if first else (jekyll, "of Jekyll's")
        ratio = f"{found.wall / other.wall:.0%} and {found.work / other.work:.0%} {what}" if other else ""
        print(
            f"{name:10} {which:9}{found.line(count)}, {own:.1f} in the main process  {memory:4} MB  {ratio}  {outcomes}"
        )
        first = first or found


def make_postgres() -> str | None:
    """The address of a new, empty database; None, with the reason, when no server answers."""
    import psycopg

    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {BENCH_DATABASE}")
            connection.execute(f"CREATE DATABASE {BENCH_DATABASE}")
    except psycopg.Error as error:
        print(f"PostgreSQL       not measured: {str(error).splitlines()[0]}")
        return None
    return POSTGRES.rpartition("/")[0] + "/" + BENCH_DATABASE


if __name__ == "__main__":
    main()
