"""Private storage on disk: files that no web server hands out, in ``PRIVATE_ROOT``."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File

from portfolio.delivery.storage.whole_files import WholeFileStorage


class PrivateStorage(WholeFileStorage):
    """Files for the owner of the process only. A file has its name only when it is complete."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)  # noqa: PTH100 - as Django's, which compares texts

    def url(self, name: str | None) -> str:
        raise NotImplementedError("A private file has no URL")

    def _save(self, name: str, content: File) -> str:
        incomplete = super()._save(f"{name}.{uuid4().hex}.new", content)
        Path(self.path(incomplete)).replace(self.path(name))
        return name
