"""The agreement between the export and the apps: what each says of its own kind of page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Protocol

from wagtail.models import Page

from portfolio.exporter.addresses import Addresses


@dataclass(frozen=True, slots=True)
class Context:
    """``written`` is the text of each value in the front matter as it stands; ``existing`` what it means."""

    addresses: Addresses
    local: tzinfo
    existing: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


class PageExport(Protocol):
    """What an app knows of writing one kind of page; ``describe`` is what its import gave to the ledger.

    ``changes`` says which keys of the front matter to set (or ``REMOVED``) for fields that differ. ``front_matter``
    and ``path`` are those of a new file in house style.
    """

    model: type[Page]

    def describe(self, page: Page) -> dict[str, Any]: ...

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any], context: Context) -> dict[str, Any]: ...

    def front_matter(self, page: Page, context: Context) -> dict[str, Any]: ...

    def path(self, page: Page, context: Context) -> str: ...
