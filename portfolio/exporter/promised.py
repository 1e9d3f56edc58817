"""The tree's pictures and files as the import asks for them, before they are written."""

from __future__ import annotations

from typing import Any

from portfolio.exporter.addresses import Addresses
from portfolio.importer.document import Severity
from portfolio.importer.resources import Resources
from portfolio.models import ImportedAsset


class PromisedFiles:
    """Stands in for the import's asset store: what the tree will have, by path."""

    def __init__(self, addresses: Addresses) -> None:
        self.assets = addresses.assets

    def locate(self, path: str) -> str | None:
        return path if path.lstrip("/") in self.assets else None

    def sha256(self, path: str) -> None:
        return None


class ReadingResources(Resources):
    """What a document refers to, looked up and never stored."""

    def asset(self, address: str) -> ImportedAsset | None:
        target = self.old_site.target(address, self.document.url) if address else None
        return self.assets.assets.get(target.path.lstrip("/")) if target else None

    def is_shown_as_it_is(self, address: str) -> bool:
        """Told from what the import made of the file: neither an image of the library nor a document."""
        found = self.asset(address)
        return found is not None and bool(found.file)

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        found = self.asset(address)
        return found.image if found else None

    def file(self, address: str, line: int | None, **options: Any) -> ImportedAsset | None:
        return self.asset(address)

    def report(self, severity: Severity, code: str, message: str, line: int | None = None) -> None:
        """Whoever imported the document has been told."""
