"""What backup and restore raise."""

from __future__ import annotations


class BackupError(Exception):
    """Nothing was written, or nothing was changed; the message says why and what to do."""


class RestoreIncomplete(Exception):
    """The database was replaced and not all files were; the message names the cause."""
