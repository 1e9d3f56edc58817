"""Drills: PostgreSQL is restarted, Redis is stopped and started, while people read."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.delivery.redis_servers import RedisServer
from tests.drills.crowd import ADDRESSES, Log, crowd, readers
from tests.running_site import RunningSite, free_port, running_site

LONGEST_FAILURE = 5.0  # seconds after the database answers again


class PostgresServer:
    """A cluster of its own, on a port of its own, in a folder that goes with it."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        folder.chmod(0o777)
        self.run("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--pgdata", str(self.data))

    def run(self, name: str, *arguments: str) -> None:
        command = [program(name), *arguments]
        as_user = "postgres" if os.geteuid() == 0 else None  # which refuses to be run by root
        subprocess.run(command, check=True, user=as_user, cwd="/", stdout=subprocess.DEVNULL, timeout=60)

    def control(self, action: str) -> None:
        options = f"-p {self.port} -k {self.data} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
        log = str(self.data / "log")
        self.run("pg_ctl", action, "-w", "-m", "fast", "-D", str(self.data), "-l", log, "-o", options)


def program(name: str) -> str:
    """The newest of the installed servers' programs."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(installed[-1]) if installed else shutil.which(name)
    assert found, f"no {name}"
    return found


def has_postgres() -> bool:
    there = bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))) or bool(shutil.which("initdb"))
    try:
        return there and (os.geteuid() != 0 or bool(pwd.getpwnam("postgres")))
    except KeyError:
        return False


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    with tempfile.TemporaryDirectory(prefix="drill-postgres-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder))
        server.control("start")
        try:
            yield server
        finally:
            server.control("stop")


@contextmanager
def environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def database_restarted(folder: Path, seconds: float = 15, people: int = 10) -> str:
    with postgres() as server, environment(DATABASE_URL=server.url), running_site(folder) as site:
        log = Log()
        with crowd(readers(site, log, people)):
            time.sleep(seconds / 3)
            stopped = time.monotonic() - log.began
            server.control("restart")
            back = time.monotonic() - log.began
            time.sleep(LONGEST_FAILURE + seconds / 3)
    late = [failure for failure in log.failures if failure[0] > back + LONGEST_FAILURE]
    early = [failure for failure in log.failures if failure[0] < stopped]
    assert (early, late) == ([], []), (early[:3], late[:3])
    last = max((moment for moment, _ in log.failures), default=back)
    assert log.statuses[200], log.statuses
    return f"{log.summary()}; down for {back - stopped:.1f} s, last failure {max(0, last - back):.1f} s after"


def connections_cut(site: RunningSite, seconds: float = 6, people: int = 5) -> str:
    """All connections to the site's own database are ended by its server, as a restart does."""
    database = site.env["DATABASE_URL"]
    name = database.rpartition("/")[2]
    for address in ADDRESSES:  # the first request of each loads code and templates, for seconds on a busy machine
        site.status(address)
    log = Log()
    with crowd(readers(site, log, people)):
        time.sleep(seconds / 3)
        with psycopg.connect(database, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [name],
            )
        cut = time.monotonic() - log.began
        time.sleep(seconds * 2 / 3)
    late = [failure for failure in log.failures if failure[0] > cut + LONGEST_FAILURE]
    assert late == [], late[:5]
    assert len(log.failures) <= 2 * people, log.failures
    return log.summary()


def redis_stopped(folder: Path, seconds: float = 15, people: int = 10) -> str:
    (folder / "redis").mkdir()
    server = RedisServer(folder / "redis")
    server.start()
    try:
        with environment(REDIS_URL=server.url), running_site(folder) as site:
            log = Log()
            with crowd(readers(site, log, people)):
                for action in (server.stop, server.start):
                    time.sleep(seconds / 3)
                    action()
                time.sleep(seconds / 3)
            ready = site.status("/readyz")
    finally:
        server.stop()
    assert log.failures == [], log.failures[:5]
    assert ready == 200, ready
    return f"{log.summary()}; no failure while Redis was away"
