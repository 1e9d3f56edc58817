"""What opening a source gives: the site and the files in it that may become pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from portfolio.importer.document import Problem


class SourceError(Exception):
    """Nothing can be read from here, so nothing is done. The message is for the person who named the source."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may become a page.

    ``path`` is relative to the source, with slashes. ``kind`` is ``post``, ``page``, ``interview`` or
    ``collection:<name>``; ``engine_kind`` is the same and stays when the owner says that the file is something
    else, since it decides the old address. ``label_path`` is the path the engine's own rules see: relative to the
    folder that holds the collections. ``served`` is False where the engine gives it no address. ``refused`` says
    why the file is not read at all: a device, a link out of the source.
    """

    path: str
    absolute: Path
    kind: str
    draft: bool = False
    label_path: str = ""
    served: bool = True
    refused: Problem | None = None
    engine_kind: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An opened source; use it in a ``with`` statement, or call `close`, so that unpacked archives are removed.

    ``site_key`` is the same for every import of one site, wherever its files lie. ``config`` is the site's
    configuration with the engine's defaults filled in. ``files`` come in the order pages are made. The messages of
    ``problems`` name the path they are about.
    """

    root: Path
    kind: str
    site_key: str
    title: str = ""
    url: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    on_close: Callable[[], None] | None = None

    def close(self) -> None:
        if self.on_close is not None:
            self.on_close()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
