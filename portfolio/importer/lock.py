"""The import lock: one import at a time, since two would both read the ledger before either has written it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.db import connection

from portfolio.importer.assets.pending_files import (
    DatabaseFileLog,
    LockFileLog,
    NullFileLog,
    PendingFileLog,
    delete_orphans,
)

# This application's number among PostgreSQL's advisory locks: the letters of "import" by their place in the alphabet.
KEY = 9_13_16_15_18_20
BUSY = "Another import is running on this site. Wait until it is done, then try again."


class ImportRunning(Exception):
    """Another import is writing to this site."""


# Whether an import, or the undoing of one, runs here: what it publishes is no news.
_held: ContextVar[bool] = ContextVar("import_lock_held", default=False)


def is_importing() -> bool:
    """Whether the caller holds the import lock."""
    return _held.get()


@contextmanager
def import_lock() -> Iterator[PendingFileLog]:
    """Hold the site's import lock, and clean up after an import that was killed. Gives the log of pending files.

    Raises ``ImportRunning`` at once when another process has the lock.
    """
    with locked() as log:
        token = _held.set(True)
        try:
            yield log
        finally:
            _held.reset(token)


@contextmanager
def locked() -> Iterator[PendingFileLog]:
    """The lock of the database, which ends with its process, however that ends.

    On PostgreSQL it is an advisory lock of the connection, on SQLite a locked file beside the database. A database in
    memory belongs to one process and needs no lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if not cursor.fetchone()[0]:
                raise ImportRunning
            try:
                with closing(DatabaseFileLog()) as log:
                    delete_orphans(log)
                    yield log
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
        return
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not database.is_file():
        yield NullFileLog()
        return
    with database.with_name(database.name + "-import").open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ImportRunning from error
        log = LockFileLog(stream)
        delete_orphans(log)
        yield log
