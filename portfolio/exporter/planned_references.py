"""Planned references: resolve references in an exported tree as the next import will, without storing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.documents.document import Severity
from portfolio.importer.references.tree_references import TreeReferences
from portfolio.models import ImportedAsset


@dataclass(slots=True)
class PlannedReferences(TreeReferences):
    """References of a document in the exported tree. ``assets`` are the planned files of the tree by path."""

    assets: Mapping[str, ImportedAsset]

    def has_file(self, path: str) -> bool:
        return path.lstrip("/") in self.assets

    def asset(self, address: str) -> ImportedAsset | None:
        target = self.target(address, file=True) if address else None
        return self.assets.get(target.path.lstrip("/")) if target else None

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        asset = self.asset(address)
        return asset.image if asset else None

    def file(self, address: str, line: int | None, *, shown: bool = False) -> ImportedAsset | None:
        return self.asset(address)

    def is_shown_as_it_is(self, address: str) -> bool:
        """Whether the import stored the file as it is, neither as an image of the library nor as a document."""
        asset = self.asset(address)
        return asset is not None and bool(asset.file)

    def import_files(self, html: str, line: int | None) -> None:
        """Do nothing: the tree will have the files."""

    def report(self, severity: Severity, code: str, message: str, line: int | None = None) -> None:
        """Do nothing: the report of the import had the problem already."""
