"""Export protocol for page types: how an app writes its pages as documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Protocol

from wagtail.models import Page

from portfolio.exporter.addresses import ExportAddresses


@dataclass(frozen=True, slots=True)
class FrontMatterContext:
    """What writing front matter needs: ``existing`` has the parsed values of the source, ``written`` their text."""

    addresses: ExportAddresses
    local: tzinfo
    existing: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


class PageExport(Protocol):
    """How an app writes one page type. ``describe`` returns the fields that the import stored in the ledger.

    ``changes`` returns the front matter keys to set (or ``REMOVED``) for fields that differ. ``front_matter`` and
    ``path`` are for a new file in house style; the engine maps ``posts/`` and ``drafts/`` to its own folders.
    """

    model: type[Page]

    def describe(self, page: Page) -> dict[str, Any]: ...

    def changes(
        self, before: Mapping[str, Any], after: Mapping[str, Any], context: FrontMatterContext
    ) -> dict[str, Any]: ...

    def front_matter(self, page: Page, context: FrontMatterContext) -> dict[str, Any]: ...

    def path(self, page: Page, context: FrontMatterContext) -> str: ...
