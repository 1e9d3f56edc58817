"""Documents whose file has another name now: one page, not a second one beside the page of a file that is gone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.importer.alike import SHARE, likeness
from portfolio.importer.document import Document
from portfolio.importer.ledger import Ledger
from portfolio.importer.links import normalise

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")


def plain_name(path: str) -> str:
    """The name of a file without date and ending: what stays of it when a draft is published or a post moved."""
    return _DATE.sub("", posixpath.splitext(posixpath.basename(path))[0], count=1).lower()


@dataclass(slots=True)
class Renames:
    """Which new files are documents of the ledger that are no longer at their path.

    A file with the same bytes is the document. So is one with the same address or the same plain name, when at least
    half of the lines are the same; the likest, where several are.
    """

    ledger: Ledger
    gone: set[str] = field(default_factory=set)
    by_bytes: dict[str, str] = field(default_factory=dict)
    by_place: dict[str, list[str]] = field(default_factory=dict)

    def look(self, digests: Mapping[str, str]) -> None:
        """``digests`` are the SHA-256 of the source's documents by path."""
        self.gone = {path for path in self.ledger.documents if path not in digests}
        if not self.gone:
            return
        new: dict[str, list[str]] = {}
        for path, digest in digests.items():
            if path not in self.ledger.documents:
                new.setdefault(digest, []).append(path)
        for old in sorted(self.gone):
            paths = new.get(self.ledger.documents[old].sha256, [])
            if paths:
                path = next((path for path in paths if plain_name(path) == plain_name(old)), paths[0])
                paths.remove(path)
                self.by_bytes[path] = old
        for old in self.gone - set(self.by_bytes.values()):
            main = next((row for row in self.ledger.pages_of(old) if row.part == ""), None)
            for place in {plain_name(old), *(normalise(url) for url in (main.old_urls[:1] if main else ()))}:
                self.by_place.setdefault(place, []).append(old)

    def earlier_path(self, document: Document, data: bytes) -> str | None:
        """The path that the document had at the last import; None for a new one."""
        if not self.gone or document.path in self.ledger.documents:
            return None
        found = self.by_bytes.get(document.path)
        if found is None:
            places = {plain_name(document.path), *([normalise(document.url)] if document.url else ())}
            candidates = {old for place in places for old in self.by_place.get(place, ()) if old in self.gone}
            shares = {old: likeness(bytes(self.ledger.documents[old].source), data) for old in candidates}
            found = max(sorted(shares), key=shares.__getitem__, default=None)
            if found is None or shares[found] < SHARE:
                return None
        self.gone.discard(found)
        return found
