"""Addresses of all documents of a source on the old site, from their front matter alone."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.documents.front_matter import FrontMatterError
from portfolio.documents.limits import MAX_FILE
from portfolio.documents.links import normalise
from portfolio.engines.protocol import SiteContext
from portfolio.engines.source import SourceFile
from portfolio.engines.walk import read_bytes


def document_addresses(files: Iterable[SourceFile], site: SiteContext) -> set[str]:
    """Return the normalised addresses of the documents that can be read. Call it in a worker process."""
    addresses: set[str] = set()
    for file in files:
        if file.refused is not None:
            continue
        try:
            values = site.engine.split_front_matter(read_bytes(file.absolute, MAX_FILE), site).values
        except (OSError, ValueError, FrontMatterError):
            continue
        resolved = site.engine.resolve(file, values, site)
        addresses.update(normalise(address) for address in (resolved.address, *resolved.redirects) if address)
    return addresses
