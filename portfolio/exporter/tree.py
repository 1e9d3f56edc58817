"""A directory that is written beside its place and put there only when it is whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePosixPath


class ExportImpossible(Exception):
    """Nothing was exported; the message says why."""


class UnsafePath(ValueError):
    """A path that would leave the directory, or that no file system has."""


class Tree:
    """Files below ``root``, a hidden directory beside ``destination`` until `finish`."""

    def __init__(self, destination: Path) -> None:
        self.destination = destination.absolute()
        if self.destination.is_symlink() or (self.destination.exists() and not self.destination.is_dir()):
            raise ExportImpossible(f"{destination} is there and is no directory")
        if self.destination.is_dir() and any(self.destination.iterdir()):
            raise ExportImpossible(f"{destination} is not empty; name a directory that is, or that does not exist")
        try:
            self.destination.parent.mkdir(parents=True, exist_ok=True)
            self.root = Path(tempfile.mkdtemp(prefix=f".{self.destination.name}-", dir=self.destination.parent))
        except OSError as error:
            raise ExportImpossible(f"{destination} cannot be written: {error.strerror or error}") from error

    def place(self, path: str) -> Path:
        """Where the file called ``path`` lies. Raises ``UnsafePath``."""
        parts = PurePosixPath(path)
        if not path or "\0" in path or "\\" in path or parts.is_absolute() or ".." in parts.parts or path.endswith("/"):
            raise UnsafePath(f"{path!r} is no path of a file in the tree")
        place = self.root.joinpath(*parts.parts)
        if place == self.root or not place.parent.resolve().is_relative_to(self.root.resolve()):
            raise UnsafePath(f"{path!r} leads out of the tree")
        return place

    def has(self, path: str) -> bool:
        return self.place(path).exists()

    def write(self, path: str, data: bytes) -> None:
        place = self.place(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise UnsafePath(f"{path!r} is both a file and a folder") from error

    def remove(self, path: str) -> None:
        place = self.place(path)
        place.unlink(missing_ok=True)
        for folder in place.parents:
            if folder == self.root or any(folder.iterdir()):
                return
            folder.rmdir()

    def free(self, path: str) -> str:
        """``path``, or the same with a number when there is such a file already."""
        wanted, count = PurePosixPath(path), 1
        while self.has(path):
            count += 1
            path = str(wanted.with_name(f"{wanted.stem}-{count}{wanted.suffix}"))
        return path

    def finish(self) -> None:
        if self.destination.is_dir():
            self.destination.rmdir()
        self.root.chmod(0o755)
        self.root.rename(self.destination)

    def discard(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
