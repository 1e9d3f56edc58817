"""A site with collected static files, and one with the demo's content, that test runs copy.

Collecting and an import take half a minute of work, which every test of a running site would do again. One of each is
made for each state of the project.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from portfolio.delivery.release import digest, installed_packages
from tests.template_database import (
    FOLDER,
    ROOT,
    copy_database,
    create_database,
    has_database,
    locked,
    postgres_template,
)

DEMO = "portfolio_demo_"


def copy_static_files(target: Path) -> None:
    with locked("static"):
        template = FOLDER / f"static-{state()}"
        if not template.exists():
            remove_old("static-")
            new = template.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            manage("collectstatic", "--noinput", "--verbosity", "0", STATIC_ROOT=str(new))
            new.rename(template)
        shutil.copytree(template, target, copy_function=os.link)


def copy_demo(folder: Path, url: str = "", name: str = "") -> None:
    """Copy database and media to ``folder``; with the ``url`` of a PostgreSQL server to its new database ``name``."""
    with locked("demo"):
        vendor = "postgres" if url else "sqlite"
        template = FOLDER / f"demo-{vendor}-{state()}"
        database = DEMO + template.name[-24:]
        if not template.exists() or (url and not has_database(url, database)):
            remove_old(f"demo-{vendor}-")
            make_demo(template, url, database)
        if url:
            create_database(url, name, database)
        else:
            shutil.copyfile(template / "db.sqlite3", folder / "db.sqlite3")
        for part in ("media", "private"):
            shutil.copytree(template / part, folder / part)


def make_demo(template: Path, url: str, database: str) -> None:
    new = template.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    for part in ("media", "private"):
        (new / part).mkdir(parents=True)
    if url:
        drop_databases(url)
        create_database(url, database, postgres_template(url))
    else:
        copy_database(new / "db.sqlite3")
    address = f"{url.rsplit('/', 1)[0]}/{database}" if url else f"sqlite:///{new}/db.sqlite3"
    folders = {"MEDIA_ROOT": str(new / "media"), "PRIVATE_ROOT": str(new / "private")}
    manage("import_markdown", "demo", "--wait", DATABASE_URL=address, **folders)
    new.rename(template)


def manage(*arguments: str, **variables: str) -> None:
    environment = os.environ | {
        "DEBUG": "0",
        "SECRET_KEY": uuid.uuid4().hex * 2,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "portfolio.settings",
        **variables,
    }
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def state() -> str:
    result = sha256(digest(ROOT, installed_packages()).encode())
    for file in sorted(file for file in (ROOT / "demo").rglob("*") if file.is_file()):
        result.update(f"\n{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return result.hexdigest()[:24]


def remove_old(prefix: str) -> None:
    for folder in FOLDER.glob(f"{prefix}*"):
        with suppress(OSError):
            shutil.rmtree(folder)


def drop_databases(url: str) -> None:
    """Drop the demos of other states of the project."""
    with psycopg.connect(url, autocommit=True) as server:
        old = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [DEMO + "%"]).fetchall()
        for (name,) in old:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
