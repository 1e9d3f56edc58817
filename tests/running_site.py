"""A running site: its own database, the production server and, if asked, the content of the demo."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import environ
import psycopg
import redis
import requests
from psycopg import sql

from tests.template_database import copy_database, create_database, postgres_template
from tests.template_site import copy_demo, copy_static_files

ROOT = Path(__file__).resolve().parents[1]
# Tasks wait in a queue on which nobody works: else every saved page starts processes that draw its share image.
NO_TASKS = {"TASK_QUEUE": "database"}
PASSWORD = "low-water-at-six"


@dataclass(slots=True)
class RunningSite:
    """A site that is served; ``manage`` runs its commands."""

    url: str
    env: dict[str, str]

    def manage(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def status(self, address: str) -> int:
        return requests.get(self.url + address, timeout=30).status_code

    def manage_at(self, moment: datetime, command: str) -> None:
        """Run a command as it would run at another time."""
        self.manage(
            "shell",
            "--verbosity",
            "0",
            "-c",
            "from datetime import datetime\nfrom unittest.mock import patch\n"
            "from django.core.management import call_command\n"
            f"with patch('django.utils.timezone.now', lambda: datetime.fromisoformat({moment.isoformat()!r})):\n"
            f"    call_command({command!r})\n",
        )

    def make_users(self, groups: dict[str, str | None]) -> None:
        """A user of each name: of that group, or an administrator where there is None."""
        self.manage(
            "shell",
            "--verbosity",
            "0",
            "-c",
            "from django.contrib.auth import get_user_model\nfrom django.contrib.auth.models import Group\n"
            "from django.utils import timezone\n"
            f"for name, group in {groups!r}.items():\n"
            f"    user = get_user_model().objects.create_user(name, '', {PASSWORD!r})\n"
            "    user.groups.set(Group.objects.filter(name=group))\n"
            "    user.is_staff = user.is_superuser = group is None\n"
            "    user.last_login = timezone.now()  # so the first one is not led to the set-up\n"
            "    user.save()\n",
        )


@contextmanager
def running_site(folder: Path, *, demo: bool = True, **settings: str) -> Iterator[RunningSite]:
    """Serve a site with the content of demo/, or an empty one; everything lies in ``folder`` and goes with it.

    ``settings`` are further variables of its environment.
    """
    empty_cache()
    copy_static_files(folder / "static")
    with database(folder, demo=demo) as database_url:
        port = free_port()
        env = os.environ | {
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": str(folder / "media"),
            "PRIVATE_ROOT": str(folder / "private"),
            "STATIC_ROOT": str(folder / "static"),
            "SECRET_KEY": uuid.uuid4().hex * 2,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "HTTPS": "0",
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "portfolio.settings",
            **settings,
        }
        site = RunningSite(f"http://127.0.0.1:{port}", env)
        if settings:  # one of them may bring an app with migrations of its own
            site.manage("migrate", "--verbosity", "0")
        log = (folder / "server.log").open("wb")
        server = subprocess.Popen(
            [sys.executable, "-m", "portfolio.delivery.server"],
            cwd=ROOT,
            env=env | {"PORT": str(port), "WORKERS": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_ready(site.url, server, folder / "server.log")
            yield site
        finally:
            server.terminate()
            server.wait(timeout=20)
            log.close()


@contextmanager
def database(folder: Path, *, demo: bool = False) -> Iterator[str]:
    """A migrated database of the kind that this test run uses; with the demo's content, its media go to ``folder``."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        if demo:
            copy_demo(folder)
        else:
            copy_database(folder / "db.sqlite3")
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    found = environ.Env.db_url_config(url)
    name = f"browser_{uuid.uuid4().hex[:12]}"
    if demo:
        copy_demo(folder, url, name)
    else:
        create_database(url, name, postgres_template(url))
    try:
        yield url.rsplit("/", 1)[0] + f"/{name}" if found["NAME"] else url
    finally:
        # A connection of its own: the server may have been restarted meanwhile.
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def empty_cache() -> None:
    """An earlier installation's pictures have the same numbers as ours, and its files are gone."""
    if url := os.environ.get("REDIS_URL"):
        with redis.Redis.from_url(url) as server:
            server.flushdb()


def wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(150):
        if server.poll() is not None:
            break
        try:
            if requests.get(f"{url}/readyz", timeout=10).status_code == 200:
                return
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text(errors='replace')}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
