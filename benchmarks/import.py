"""How long an import takes, beside Jekyll's own build of the same posts: ``make bench-import [POSTS=1000]``.

Prints, for each database there is, the seconds and milliseconds a post of a first import (verification included), of
a second one that finds nothing changed and of an export, the work of the processors in that time, and the most memory
the main process held. Jekyll and the imports are measured as programs, from their start to their end, with all the
processes they start. The work is what to compare on a machine that does other things too.
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
PR_SET_CHILD_SUBREAPER = 36  # prctl(2): workers whose parent has ended become ours, so that we learn what they used


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock; seconds of work (user and system) of all processors together and of the program's own
    process; and the most megabytes that this process held."""

    wall: float
    work: float
    own: float
    memory: int

    def line(self, count: int) -> str:
        return f"{self.wall:7.1f} s {self.wall / count * 1000:6.2f} ms a post  {self.work:7.1f} s of work"


def measured(command: list[str], **options: Any) -> Measured:
    """A program from its start to its end, with all the processes it starts."""

    def used() -> float:
        return seconds(resource.getrusage(resource.RUSAGE_CHILDREN))

    before, begin = used(), time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, **options) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return Measured(wall, used() - before, seconds(usage), usage.ru_maxrss // 1024)


def seconds(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder)
        site = work / "site"
        write_site(site, count)
        size = sum(file.stat().st_size for file in (site / "_posts").iterdir())
        load = os.getloadavg()[0]
        print(f"{count} posts, {size / count / 1000:.1f} kB each, {os.cpu_count()} processors, load {load:.1f} before")
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
    print(f"jekyll build        {jekyll.line(count)}", flush=True)
    return jekyll


def measure(name: str, database: str, site: Path, work: Path, count: int, jekyll: Measured | None) -> None:
    environment = {**os.environ, **settings(database, work)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the modules are compiled once, as they are where people work
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    first: Measured | None = None
    for which in ("first", "unchanged"):
        report = work / "report.json"
        found = measured([*manage, "import_markdown", str(site), "--report", str(report)], cwd=ROOT, env=environment)
        counts = json.loads(report.read_text(encoding="utf-8"))["totals"]["outcomes"]
        outcomes = {outcome: number for outcome, number in counts.items() if number}
        other, what = (first, "of the first") if first else (jekyll, "of Jekyll's")
        ratio = f"{found.wall / other.wall:.0%} and {found.work / other.work:.0%} {what}" if other else ""
        own = f"{found.own:.1f} in the main process  {found.memory:4} MB"
        print(f"{name:10} {which:9}{found.line(count)}, {own}  {ratio}  {outcomes}", flush=True)
        first = first or found
    exported = work / f"exported-{name}"
    export = measured([*manage, "export_markdown", str(exported)], cwd=ROOT, env=environment)
    same = sum(
        (exported / file.relative_to(site)).read_bytes() == file.read_bytes() for file in (site / "_posts").iterdir()
    )
    memory = f"{export.own:.1f} in the main process  {export.memory:4} MB"
    print(f"{name:10} {'export':9}{export.line(count)}, {memory}  {same} of {count} posts byte for byte", flush=True)


def settings(database: str, work: Path) -> dict[str, str]:
    """The environment of a site. Work for the background waits in the database, where nobody takes it up: pictures for
    shared links are drawn after an import, and are no part of it."""
    return {
        "DJANGO_SETTINGS_MODULE": "portfolio.settings",
        "DEBUG": "0",
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "HTTPS": "0",
        "TASK_QUEUE": "database",
        "MEDIA_ROOT": str(work / "media"),
        "DATABASE_URL": database,
    }


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
