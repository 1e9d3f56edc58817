"""Media storage on disk: files that readers may fetch, under names that every storage accepts."""

from __future__ import annotations

from portfolio.delivery.storage.file_names import PortableNames
from portfolio.delivery.storage.whole_files import WholeFileStorage


class MediaStorage(PortableNames, WholeFileStorage):
    """The storage of uploads on disk."""
