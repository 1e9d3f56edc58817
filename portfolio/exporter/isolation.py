"""Error isolation: a document that cannot be written is reported, and the others are exported."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import DatabaseError, transaction

from portfolio.documents.document import Problem, Severity
from portfolio.exporter.output_tree import ExportImpossible
from portfolio.exporter.report import ExportReport

logger = logging.getLogger(__name__)

# The disk is full or read-only, so every other document would fail, too.
_FATAL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def attempt(report: ExportReport, path: str, action: Callable[[], None], *, is_imported: bool) -> bool:
    """Run ``action`` for the document at ``path`` and return whether it succeeded.

    An error is logged and reported as ``not-written``, with its line if it has one. ``is_imported`` says whether the
    export then has the file as it was imported, or no file. Raises errors that would stop every document: no space on
    the disk, no database.
    """
    try:
        with transaction.atomic():
            action()
    except (ExportImpossible, DatabaseError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FATAL_ERRNOS:
            raise
        logger.exception("Exporting %s failed", path)
        report.report(path, _problem(error, is_imported=is_imported))
        return False
    return True


def _problem(error: Exception, *, is_imported: bool) -> Problem:
    why = getattr(error, "message", "") or f"{type(error).__name__}: {error}"
    left = "the file is as it was imported" if is_imported else "it is not in the export"
    return Problem(Severity.ERROR, "not-written", f"cannot be written, so {left}: {why}", getattr(error, "line", None))
