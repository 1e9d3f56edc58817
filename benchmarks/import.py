"""How long an import takes, beside Jekyll's own build of the same posts: ``make bench-import [POSTS=1000]``.

Prints, for each database there is, the seconds and milliseconds a post of a first import (verification included) and
of a second one that finds nothing changed, and the most memory the main process held. Jekyll and the imports are
timed as programs, from their start to their end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([memory, outcomes]))
"""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
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


def build_with_jekyll(site: Path, work: Path, count: int) -> float | None:
    """Seconds of a cold build; None when there is no Jekyll here."""
    if shutil.which("jekyll") is None:
        print("jekyll           not on the PATH: nothing to compare with")
        return None
    command = ["jekyll", "build", "--quiet", "--disable-disk-cache", "--destination", str(work / "built")]
    begin = time.monotonic()
    subprocess.run(command, cwd=site, check=True)
    seconds = time.monotonic() - begin
    print(f"jekyll build     {seconds:7.1f} s  {seconds / count * 1000:6.2f} ms a post")
    return seconds


def measure(name: str, database: str, site: Path, work: Path, count: int, jekyll: float | None) -> None:
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
    first = 0.0
    for which in ("first", "unchanged"):
        command = [sys.executable, str(script), str(site)]
        path = {**environment, "PYTHONPATH": str(ROOT)}
        begin = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=path, check=True, stdout=subprocess.PIPE)
        seconds = time.monotonic() - begin
        memory, outcomes = json.loads(done.stdout)
        ratio = f"{seconds / first:.0%} of the first" if first else f"{seconds / jekyll:.2f} x Jekyll" if jekyll else ""
        print(
            f"{name:10} {which:9}{seconds:7.1f} s  {seconds / count * 1000:6.2f} ms a post  {memory:4} MB  "
            f"{ratio}  {outcomes}"
        )
        first = first or seconds


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
