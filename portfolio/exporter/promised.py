"""The tree's pictures and files as the import asks for them, before they are written."""

from __future__ import annotations

from portfolio.exporter.addresses import Addresses
from portfolio.importer.document import Severity
from portfolio.importer.looked_up import LookedUp
from portfolio.models import ImportedAsset


class PromisedFiles:
    """Stands in for the import's asset store: what the tree will have, by path."""

    def __init__(self, addresses: Addresses) -> None:
        self.assets = addresses.assets

    def locate(self, path: str) -> str | None:
        return path if path.lstrip("/") in self.assets else None

    def sha256(self, path: str) -> None:
        return None


class ReadingResources(LookedUp):
    """What a document refers to, in the tree that is being written."""

    def asset(self, address: str) -> ImportedAsset | None:
        target = self.old_site.target(address, self.document.url) if address else None
        return self.assets.assets.get(target.path.lstrip("/")) if target else None

    def report(self, severity: Severity, code: str, message: str, line: int | None = None) -> None:
        """Whoever imported the document has been told."""
