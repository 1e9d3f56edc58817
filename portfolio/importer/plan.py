"""The agreement between the pipeline and the apps: how a document says which pages it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from wagtail.models import Page

from portfolio.importer.document import Document, SourceNode, Span
from portfolio.importer.resources import Resources


@dataclass(frozen=True, slots=True)
class ReadyBlock:
    """A block that a mapping made itself, as it is stored; ``span`` is the source it came from, if it has one."""

    type: str
    value: Any
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page that a document becomes.

    ``part`` tells apart the pages of one document ("" for the main one). The page goes below the first page of type
    ``parent``; with ``adopt`` the first existing page of type ``model`` is taken over instead of making another.
    ``fill`` sets the page's own fields; it is called with the page unsaved the first time and on each update.
    ``describe`` says what the filled page's own fields say, as JSON: the ledger remembers it for the export.
    ``nodes`` become the body named ``body_field``, after ``ready`` blocks. ``unshown`` are spans that this page's
    fields say already, such as the heading of an entry.
    """

    model: type[Page]
    parent: type[Page]
    title: str
    slug: str
    fill: Callable[[Page, Resources], None]
    describe: Callable[[Any], dict[str, Any]]
    part: str = ""
    adopt: bool = False
    live: bool = True
    published_at: datetime | None = None
    nodes: Sequence[SourceNode] = ()
    ready: Sequence[ReadyBlock] = ()
    unshown: Sequence[Span] = ()
    old_urls: Sequence[str] = field(default_factory=tuple)


@runtime_checkable
class ListMapping(Protocol):
    """A mapping that knows where the new site has the lists which the old site's own lists were."""

    def list_address(self, document: Document) -> str: ...


class PageMapping(Protocol):
    """What an app knows of documents: which are its own, and the pages they become."""

    def claims(self, document: Document) -> bool: ...

    def plans(self, document: Document) -> Sequence[PagePlan]: ...
