"""What a page costs with few posts and with many: ``make bench-pages [SIZES="100 10000"]``.

For each size a site is made of the demo and that many posts, in a database of its own. Each kind of page is asked for
again and again, without any cache of pages, in one process; printed are the queries of one request and the median of
the milliseconds (of work, on SQLite), and how much longer it takes on the largest site than on the smallest.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from posts import write_site

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
SKILLED = 7  # every so many posts speak of a skill
PAGES = {
    "home": "/",
    "index": "/blog/",
    "index, page 5": "/blog/?page=5",
    "post": "/blog/entry-1/",
    "post in a series": "/blog/three-ways-to-lose-a-sample/",
    "interview": "/blog/a-tide-is-a-kind-of-clock/",
    "plain page": "/about/",
    "experience": "/experience/",
    "résumé": "/resume/",
    "tag": "/tags/tide/",
    "category": "/categories/water/",
    "skill": "/skills/python/",
    "search": "/search/?q=sonar",
    "search, many results": "/search/?q=tide",
    "archive": "/archive/",
    "month": "/archive/2010/11/",
    "feed": "/feed/",
    "feed of a tag": "/tags/tide/feed.json",
    "twin": "/blog/entry-1.md",
    "not found": "/blog/never-written/",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 10_000])
    parser.add_argument("--keep", type=Path, help="a folder for the sites; one that is there already is used again")
    arguments = parser.parse_args()
    sizes = sorted(arguments.sizes)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = arguments.keep or Path(folder)
        results = {size: measured(work / str(size), size) for size in sizes}
    show(results)


def measured(work: Path, size: int) -> dict[str, tuple[int, float]]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portfolio.settings",
        "PYTHONPATH": str(ROOT),
        "DEBUG": "0",
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "HTTPS": "0",
        "TASK_QUEUE": "database",  # of which nobody takes anything: drawing 10,000 pictures would go on beside
        "MEDIA_ROOT": str(work / "media"),
        "STATIC_ROOT": str(work / "static"),
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{work / 'bench.sqlite3'}",
    }
    if not (work / "ready").exists():
        begin = time.monotonic()
        write_site(work / "site", size)
        for command in (["migrate", "-v0"], ["import_markdown", "demo"], ["import_markdown", str(work / "site")]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        (work / "ready").touch()
        print(f"{size} posts made in {time.monotonic() - begin:.0f} s", flush=True)
    collect = ["collectstatic", "--noinput", "-v0"]
    subprocess.run([sys.executable, "manage.py", *collect], cwd=ROOT, env=environment, check=True)
    ask = [sys.executable, "-c", "import pages; pages.ask()"]
    path = f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"
    done = subprocess.run(ask, cwd=ROOT, env={**environment, "PYTHONPATH": path}, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])  # after what the site logs


def ask() -> None:
    """In a process with the site's settings: print the queries and milliseconds of each page as JSON."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    speak_of_skills()
    # SQLite does its work in this process, so what else the machine does need not count.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    client = Client(HTTP_HOST="localhost")
    found = {}
    for name, address in PAGES.items():
        for _ in range(2):
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked = len(queries)  # before others follow
        times = []
        for _ in range(ROUNDS):
            begin = clock()
            client.get(address)
            times.append(clock() - begin)
        found[name] = (asked, median(times) * 1000)
    print(json.dumps(found))


def speak_of_skills() -> None:
    """Give a share of the posts a skill, which their source cannot name."""
    from blog.models import Entry, EntrySkill
    from experience.models import Skill

    skill = Skill.objects.get(slug="python")
    entries = (
        Entry.objects.filter(slug__startswith="entry-").exclude(skill_items__tag=skill).values_list("pk", flat=True)
    )
    if not EntrySkill.objects.filter(content_object__slug__startswith="entry-").exists():
        EntrySkill.objects.bulk_create(EntrySkill(tag=skill, content_object_id=pk) for pk in list(entries)[::SKILLED])


def show(results: dict[int, dict[str, tuple[int, float]]]) -> None:
    sizes = list(results)
    print(f"{'':22}" + "".join(f"{f'{size:,} posts':>24}" for size in sizes) + f"{'times':>8}")
    for name in PAGES:
        cells = [results[size][name] for size in sizes]
        texts = "".join(f"{f'{queries} queries {ms:7.1f} ms':>24}" for queries, ms in cells)
        print(f"{name:22}{texts}{cells[-1][1] / cells[0][1]:8.2f}")


if __name__ == "__main__":
    main()
