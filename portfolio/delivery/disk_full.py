"""Recognise a full disk (ENOSPC) or quota, also in database errors, and say so."""

from __future__ import annotations

import errno

MESSAGE = "The disk of the server is full. Nothing was saved. Free some space, then try again."
# Error codes: class 53 of https://www.postgresql.org/docs/current/errcodes-appendix.html, and SQLite's message.
POSTGRESQL_DISK_FULL = "53100"
SQLITE_DISK_FULL = "database or disk is full"


def is_disk_full(error: BaseException | None) -> bool:
    """Whether this error, or one of its causes, says that the disk is full."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if getattr(error, "sqlstate", None) == POSTGRESQL_DISK_FULL or SQLITE_DISK_FULL in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
