"""Names of stored files: in any script, and short enough for every storage, so that files can move between them."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import Storage

LONGEST_NAME = 255  # bytes, the limit of most file systems
LONGEST_SUFFIX = 32  # bytes
RANDOM_SUFFIX = 8  # bytes that Django adds to a name that is taken


class PortableNames(Storage):
    """Mixin for a storage of uploads.

    Django limits the characters of a name, a file system its bytes: ninety Chinese characters are too long for a disk.
    """

    def get_valid_name(self, name: str) -> str:
        """A name of letters, digits, dots and dashes; "file" replaces a stem without any (emoji)."""
        valid = super().get_valid_name(name)
        return f"file{valid}" if valid.startswith(".") else valid

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """A free name that is short enough. Usually only the stem is cut.

        The suffix may be long too: of "1. The tides of the western shore, as measured" it is all but the first letter.
        """
        path = PurePosixPath(name)
        suffix = shortened(path.suffix, LONGEST_SUFFIX)
        stem = shortened(path.name.removesuffix(path.suffix), LONGEST_NAME - RANDOM_SUFFIX - len(suffix.encode()))
        if max_length:
            folder = len(name) - len(path.name)
            stem = stem[: max(1, max_length - RANDOM_SUFFIX - folder - len(suffix))]
        return super().get_available_name(str(path.with_name(f"{stem}{suffix}")), max_length)


def shortened(text: str, size: int) -> str:
    """The beginning of ``text``, at most ``size`` bytes."""
    return text.encode()[:size].decode(errors="ignore")
