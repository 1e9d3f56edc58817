"""The sites that the benchmarks of pages ask: ours and a minimal Wagtail project, with the same posts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from posts import write_site
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "benchmarks"
READY = "ready"  # a file that stands beside a whole site


def our_site(folder: Path, size: int) -> dict[str, str]:
    """Make our site of the demo and ``size`` posts, unless ``folder`` has it; return its environment."""
    environment = site_environment(folder, "portfolio", size)
    manage(environment, "migrate", "-v0")  # a kept site may be of an earlier version
    manage(environment, "collectstatic", "--noinput", "-v0")
    if not (folder / READY).exists():
        write_site(folder / "source", size)
        manage(environment, "import_markdown", "demo")
        manage(environment, "import_markdown", str(folder / "source"))
        manage(environment, "shell", "-v0", "-c", "import page_skills; page_skills.mention_skill()")
        (folder / READY).touch()
    return environment


def minimal_site(folder: Path, size: int) -> dict[str, str]:
    """Make the minimal site of ``size`` posts, unless ``folder`` has it; return its environment."""
    environment = site_environment(folder, "minimal", size)
    if not (folder / READY).exists():
        manage(environment, "migrate", "-v0")
        manage(environment, "make_posts", str(size))
        (folder / READY).touch()
    return environment


def site_environment(folder: Path, package: str, size: int) -> dict[str, str]:
    """The environment of a site that answers without its page cache."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"{package}.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{BENCHMARKS}",
        "DEBUG": "0",
        "PYTHONHASHSEED": "0",  # the order of sets, and with it the function calls, are the same in every run
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": "http://localhost",
        "HTTPS": "0",
        "PAGE_CACHE": "0",
        "TASK_QUEUE": "database",  # nobody takes tasks from it: drawing 10,000 share images would go on meanwhile
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "STATIC_ROOT": str(folder / "static"),
        "DATABASE_URL": database_url(folder, f"bench_{package}_{size}"),
    }


def database_url(folder: Path, name: str) -> str:
    """SQLite in ``folder``, or a database on the server of BENCH_DATABASE_URL, made anew unless the site is ready."""
    server = os.environ.get("BENCH_DATABASE_URL")
    if not server:
        return f"sqlite:///{folder / 'bench.sqlite3'}"
    if not (folder / READY).exists():
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def manage(environment: dict[str, str], *command: str) -> None:
    django = [sys.executable, "-m", "django", *command]
    subprocess.run(django, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def make_sites(folder: Path, size: int) -> tuple[dict[str, str], dict[str, str]]:
    """Our site and the minimal one."""
    begin = time.monotonic()
    environments = our_site(folder / "portfolio", size), minimal_site(folder / "minimal", size)
    print(f"{size:,} posts ready after {time.monotonic() - begin:.0f} s", flush=True)
    return environments
