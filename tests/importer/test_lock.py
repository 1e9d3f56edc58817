"""Two imports at once: the second is told so and does nothing."""

from __future__ import annotations

import fcntl
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from portfolio.importer.lock import KEY, ImportRunning, import_lock

pytestmark = pytest.mark.django_db


def test_the_lock_can_be_taken_again_after_use() -> None:
    for _ in range(2):
        with import_lock():
            pass


def test_a_lock_that_somebody_holds_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        settings = connection.get_connection_params()
        wanted = {name: settings[name] for name in ("dbname", "user", "host", "port") if settings.get(name)}
        with psycopg.connect(**wanted) as other:
            other.execute("SELECT pg_advisory_lock(%s)", [KEY])
            with pytest.raises(ImportRunning), import_lock():
                pass
            # The server notices the end of a connection a moment later.
            other.execute("SELECT pg_advisory_unlock(%s)", [KEY])
    else:
        database = tmp_path / "db.sqlite3"
        database.touch()
        monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
        with (tmp_path / "db.sqlite3-import").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with pytest.raises(ImportRunning), import_lock():
                pass
    with import_lock():
        pass
