"""File storage that leaves no incomplete file when the disk is full."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Django's FileSystemStorage that deletes a file which could not be written completely.

    It raises the same exceptions, such as ``OSError`` with ``ENOSPC``. ``_save`` is Django's documented hook for
    storage classes.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._being_written = threading.local()

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        # Django calls it again while it saves, when another process has taken the name meanwhile.
        self._being_written.name = free = super().get_available_name(name, max_length)
        return free

    def _save(self, name: str, content: File) -> str:
        self._being_written.name = name
        try:
            return super()._save(name, content)
        except OSError:
            with suppress(OSError):
                self.delete(self._being_written.name)
            raise
