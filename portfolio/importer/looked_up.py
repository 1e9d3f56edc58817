"""What a document refers to, looked up and never stored: for reading again what is here already."""

from __future__ import annotations

from typing import Any

from portfolio.importer.resources import Resources
from portfolio.models.ledger import ImportedAsset


class LookedUp(Resources):
    """Each kind says, with ``asset``, where it looks for what an import made of a file."""

    def asset(self, address: str) -> ImportedAsset | None:
        raise NotImplementedError

    def is_shown_as_it_is(self, address: str) -> bool:
        """Told from what the import made of the file: neither an image of the library nor a document."""
        found = self.asset(address)
        return found is not None and bool(found.file)

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        found = self.asset(address)
        return found.image if found else None

    def file(self, address: str, line: int | None, **options: Any) -> ImportedAsset | None:
        return self.asset(address)
