"""Node conversion: types for turning a node of a source document into the value of a block.

`BlockType.from_node` returns a `NodeValue`, a `NoBlock`, or None if the node is for another type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol

from portfolio.documents.document import Document, Severity, SourceNode


@dataclass(frozen=True, slots=True)
class NodeValue:
    """The stored value of the block for a node."""

    value: Any


class NoBlock(Enum):
    """Reason why a node becomes no block of its type."""

    HIDDEN = auto()  # it shows nothing
    REFUSED = auto()  # it must not or cannot be shown; this is reported
    VERBATIM = auto()  # the block cannot hold all of it, so it is kept as written


Conversion = NodeValue | NoBlock | None


class References(Protocol):
    """Resolver for the references of a document: on this site, or imported from the source."""

    document: Document

    @property
    def home(self) -> str: ...

    def home_of(self, html: str) -> str: ...

    def is_address(self, address: str) -> bool: ...

    def is_remote(self, address: str) -> bool: ...

    def is_shown_as_it_is(self, address: str) -> bool: ...

    def image(self, address: str, title: str, line: int | None) -> Any | None: ...

    def outside_image(self, address: str, title: str, line: int | None) -> Any | None: ...

    def file(self, address: str, line: int | None, *, shown: bool = False) -> Any | None: ...

    def import_files(self, html: str, line: int | None) -> None: ...

    def report(self, severity: Severity, code: str, message: str, line: int | None = None) -> None: ...


class NodeContext(Protocol):
    """The body of a node. ``following`` is the node after the one that is converted."""

    references: References
    following: SourceNode | None

    def rich_text(self, html: str, line: int, known: str | None = None) -> str | None:
        """Return ``html`` as stored rich text with internal links; None if rich text cannot hold all of it."""

    def absolute(self, address: str, line: int) -> str:
        """Return an address of the source as a URL of this site."""

    def report_removals(self, node: SourceNode) -> None:
        """Report what the sanitiser removes from a node that is kept as written."""
