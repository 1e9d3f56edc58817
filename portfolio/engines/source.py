"""Source tree: an opened source with its configuration and the files that may become pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from portfolio.documents.dates import zone
from portfolio.documents.document import Problem

if TYPE_CHECKING:
    from portfolio.engines.protocol import Engine, SiteContext


class SourceError(Exception):
    """The source cannot be read and nothing is imported. The message is for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may become a page.

    ``path`` is relative to the source, with slashes. ``kind`` is ``post``, ``page``, ``interview`` or
    ``collection:<name>``; ``engine_kind`` is the same and does not change if the owner maps the file to another kind,
    since it determines the old address. ``label_path`` is the path for the engine's rules, relative to the folder with
    the collections. ``served`` is False if the engine gives it no address. ``refused`` is the reason why the file is
    not read, such as a device or a link out of the source. ``address`` overrides the engine's rules, "" for none.
    ``linked_as`` are the addresses by which other files link to this one, if links name files (`file_links`); its own
    relative links are relative to the first. ``private`` says that the owner wants a draft of it. ``also_page`` says
    that the engine makes a page of this document of a collection, too.
    """

    path: str
    absolute: Path
    kind: str
    draft: bool = False
    label_path: str = ""
    served: bool = True
    refused: Problem | None = None
    engine_kind: str = ""
    address: str = ""
    linked_as: tuple[str, ...] = ()
    private: bool = False
    also_page: bool = False


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A BibTeX file with the owner's works; ``shown_on`` are the paths of the documents that list its entries."""

    path: str
    data: bytes
    shown_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTree:
    """An opened source; use it in a ``with`` statement, or call `close`, so that unpacked archives are removed.

    ``site_key`` is the same for every import of one site, wherever its files are. ``hosts`` are host names of the site
    besides that of ``url``. ``config`` is the configuration with the engine's defaults. ``files`` are in the order in
    which pages are made. ``others`` are the paths of files that are not documents, ``copied`` those that the engine
    copies to the site unchanged. The messages of ``problems`` begin with a path. ``is_single`` is True for a single
    document without a site. ``read_as`` says what the source was taken for, and why.
    """

    root: Path
    engine: Engine[Any]
    site_key: str
    title: str = ""
    url: str = ""
    hosts: tuple[str, ...] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()
    others: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_single: bool = False
    read_as: str = ""
    on_close: Callable[[], None] | None = None

    @property
    def kind(self) -> str:
        """Return the name of the engine for reports and the ledger."""
        return self.engine.name

    def site_context(self, now: datetime | None = None) -> SiteContext:
        """Return the context for conversion; ``now`` defaults to the current time."""
        try:
            local = zone(self.config.get("timezone"))
        except ValueError:
            local = UTC
        context: SiteContext = self.engine.site_context(self, local, now or datetime.now(UTC))
        return context

    def close(self) -> None:
        if self.on_close is not None:
            self.on_close()

    def __enter__(self) -> SourceTree:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
