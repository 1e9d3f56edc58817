"""Renames: documents whose file has another name now keep their page, and get no second one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portfolio.documents.document import Document
from portfolio.documents.links import normalise
from portfolio.importer.ledger import Ledger
from portfolio.importer.merge.similarity import THRESHOLD, similarity

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")


def plain_name(path: str) -> str:
    """The name of a file without date and ending: what stays of it when a draft is published or a post moved."""
    return _DATE.sub("", posixpath.splitext(posixpath.basename(path))[0], count=1).lower()


@dataclass(frozen=True, slots=True)
class RenameIndex:
    """The documents of the ledger that are no longer at their path.

    ``by_bytes`` has the old path of each new file with the same bytes. ``by_place`` has the other old paths by plain
    name and by address.
    """

    by_bytes: Mapping[str, str] = field(default_factory=dict)
    by_place: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def build(cls, ledger: Ledger, digests: Mapping[str, str]) -> RenameIndex:
        """``digests`` are the SHA-256 of the source's files by path, "" for those that cannot be read."""
        gone = {path for path in ledger.documents if path not in digests}
        if not gone:
            return cls()
        new: dict[str, list[str]] = {}
        for path, digest in digests.items():
            if path not in ledger.documents:
                new.setdefault(digest, []).append(path)
        by_bytes: dict[str, str] = {}
        for old in sorted(gone):
            paths = new.get(ledger.documents[old].sha256, [])
            if paths:
                path = next((path for path in paths if plain_name(path) == plain_name(old)), paths[0])
                paths.remove(path)
                by_bytes[path] = old
        by_place: dict[str, list[str]] = {}
        for old in gone - set(by_bytes.values()):
            main = next((row for row in ledger.pages_of(old) if row.part == ""), None)
            for place in {plain_name(old), *(normalise(url) for url in (main.old_urls[:1] if main else ()))}:
                by_place.setdefault(place, []).append(old)
        return cls(by_bytes, by_place)

    def __bool__(self) -> bool:
        return bool(self.by_bytes or self.by_place)

    def earlier_path(self, document: Document, data: bytes, ledger: Ledger) -> str | None:
        """The path that the document had at the last import; None for a new one.

        A file with the same bytes is the document. So is one with the same address or the same plain name, when at
        least half of the lines are the same; the most similar, where several are.
        """
        if document.path in ledger.documents:
            return None
        if document.path in self.by_bytes:
            return self.by_bytes[document.path]
        places = {plain_name(document.path), *([normalise(document.url)] if document.url else ())}
        candidates = {old for place in places for old in self.by_place.get(place, ()) if old in ledger.documents}
        shares = {old: similarity(bytes(ledger.documents[old].source), data) for old in candidates}
        best = max(sorted(shares), key=shares.__getitem__, default=None)
        return None if best is None or shares[best] < THRESHOLD else best
