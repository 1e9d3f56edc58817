"""One import at a time: two would both read the ledger before either has written it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Of PostgreSQL's advisory locks, this application's: the letters of "import" as numbers of the alphabet.
KEY = 9_13_16_15_18_20


class ImportRunning(Exception):
    """Another import is writing to this site."""


@contextmanager
def only_import() -> Iterator[None]:
    """Hold the site's import lock. Raises ``ImportRunning`` at once when somebody else has it.

    The lock ends with its process, however that ends. PostgreSQL keeps it with the connection; beside an SQLite file
    lies an empty file that is locked. A database in memory is nobody else's.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if not cursor.fetchone()[0]:
                raise ImportRunning
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
        return
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not database.is_file():
        yield
        return
    with database.with_name(database.name + "-import").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ImportRunning from error
        yield
