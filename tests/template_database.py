"""Migrated databases that test runs copy: two hundred migrations take longer than many a test module.

One is made for each state of the migrations and of the installed packages. That of SQLite is kept with the temporary
files of the machine, that of PostgreSQL on its server.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from portfolio.delivery.release import installed_packages

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(tempfile.gettempdir()) / f"portfolio-test-database-{os.getuid()}"


def template_database() -> Path:
    """The file of the migrated SQLite database."""
    template = FOLDER / f"{state()}.sqlite3"
    with locked():
        if not template.exists():
            with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
                new = Path(scratch) / "db.sqlite3"
                migrate(f"sqlite:///{new}")
                new.rename(template)
    return template


def postgres_template(url: str) -> str:
    """The name of the migrated database on the PostgreSQL server of ``url``."""
    template = f"portfolio_template_{state()}"
    new = f"{template}_new"
    with locked(), psycopg.connect(url, autocommit=True) as server:
        if not has_database(url, template):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(new)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(new)))
            migrate(f"{url.rsplit('/', 1)[0]}/{new}")
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(new), sql.Identifier(template))
            )
    return template


def has_database(url: str, name: str) -> bool:
    with psycopg.connect(url, autocommit=True) as server:
        return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def create_database(url: str, name: str, template: str) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        names = sql.Identifier(name), sql.Identifier(template)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


@contextmanager
def locked(name: str = "lock") -> Iterator[None]:
    """Processes that ask for a template at the same time wait for the first."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (FOLDER / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def copy_database(target: Path) -> None:
    shutil.copyfile(template_database(), target)


def state() -> str:
    result = sha256("\n".join([sys.version, *installed_packages()]).encode())
    for file in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("tests/*/migrations/*.py")]):
        result.update(f"\n{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return result.hexdigest()[:24]
