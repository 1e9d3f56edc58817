"""One import at a time: two would both read the ledger before either has written it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from portfolio.importer.journal import FileJournal, Journal, NoJournal, TableJournal, sweep

# Of PostgreSQL's advisory locks, this application's: the letters of "import" as numbers of the alphabet.
KEY = 9_13_16_15_18_20


class ImportRunning(Exception):
    """Another import is writing to this site."""


@contextmanager
def only_import() -> Iterator[Journal]:
    """Hold the site's import lock, and clear up after an import that was killed. Gives the journal of this one.

    Raises ``ImportRunning`` at once when somebody else has the lock. It ends with its process, however that ends.
    PostgreSQL keeps it with the connection; beside an SQLite file lies a file that is locked. A database in memory is
    nobody else's.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if not cursor.fetchone()[0]:
                raise ImportRunning
            try:
                with closing(TableJournal()) as table:
                    sweep(table)
                    yield table
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
        return
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not database.is_file():
        yield NoJournal()
        return
    with database.with_name(database.name + "-import").open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ImportRunning from error
        journal = FileJournal(stream)
        sweep(journal)
        yield journal
