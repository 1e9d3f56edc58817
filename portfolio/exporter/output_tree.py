"""Output tree: a directory that is written next to its destination and renamed when it is complete."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import IO


class ExportImpossible(Exception):
    """Nothing was exported; the message gives the reason."""


class UnsafePath(ValueError):
    """A path that would leave the directory, or that is not valid in a file system."""


class OutputTree:
    """Files below ``root``, a hidden directory next to ``destination`` until `finish`."""

    def __init__(self, destination: Path) -> None:
        self.destination = destination.absolute()
        if self.destination.is_symlink() or (self.destination.exists() and not self.destination.is_dir()):
            raise ExportImpossible(f"{destination} exists and is not a directory")
        if self.destination.is_dir() and any(self.destination.iterdir()):
            raise ExportImpossible(f"{destination} is not empty; name a directory that is, or that does not exist")
        try:
            self.destination.parent.mkdir(parents=True, exist_ok=True)
            self.root = Path(tempfile.mkdtemp(prefix=f".{self.destination.name}-", dir=self.destination.parent))
        except OSError as error:
            raise ExportImpossible(f"{destination} cannot be written: {error.strerror or error}") from error

    def place(self, path: str) -> Path:
        """Return the absolute path of the file ``path``. Raises ``UnsafePath``."""
        parts = PurePosixPath(path)
        if not path or "\0" in path or "\\" in path or parts.is_absolute() or ".." in parts.parts or path.endswith("/"):
            raise UnsafePath(f"{path!r} is not a valid file path in the tree")
        file = self.root.joinpath(*parts.parts)
        if file == self.root or not file.parent.resolve().is_relative_to(self.root.resolve()):
            raise UnsafePath(f"{path!r} leads out of the tree")
        return file

    def has(self, path: str) -> bool:
        return self.place(path).exists()

    def write(self, path: str, data: bytes) -> None:
        self.copy(path, io.BytesIO(data))

    def copy(self, path: str, data: IO[bytes]) -> None:
        """Write what is left of the open file ``data``."""
        file = self.place(path)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as output:
                shutil.copyfileobj(data, output)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise UnsafePath(f"{path!r} is both a file and a folder") from error

    def remove(self, path: str) -> None:
        file = self.place(path)
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if folder == self.root or any(folder.iterdir()):
                return
            folder.rmdir()

    def free(self, path: str) -> str:
        """Return ``path``, with a number added if the file exists already."""
        original, count = PurePosixPath(path), 1
        while self.has(path):
            count += 1
            path = str(original.with_name(f"{original.stem}-{count}{original.suffix}"))
        return path

    def finish(self) -> None:
        if self.destination.is_dir():
            self.destination.rmdir()
        self.root.chmod(0o755)
        self.root.rename(self.destination)

    def discard(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
