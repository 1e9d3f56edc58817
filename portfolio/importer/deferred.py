"""Deferred documents: those whose place or links depend on other pages wait for these, packed small."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.documents.document import Document
from portfolio.importer.placement import PlacedDocument, Placement
from portfolio.importer.plan import PageMapping, plan_document


@dataclass(frozen=True, slots=True)
class DeferredDocument:
    """A document, pickled and compressed, and the placements of its pages, which have their fields and no bodies.

    ``address`` is the old address that gives its page a place in the tree; ``in_list`` says that the page goes below a
    list instead, which is made where there is none.
    """

    packed: bytes
    placements: tuple[Placement, ...]
    address: str = ""
    in_list: bool = False

    @classmethod
    def pack(cls, placed: PlacedDocument) -> DeferredDocument:
        data = pickle.dumps(placed.plan.document, pickle.HIGHEST_PROTOCOL)
        address = next((page.address for page in placed.plan.pages), "")
        in_list = any(page.parent_plan is not None for page in placed.plan.pages)
        return cls(zlib.compress(data, 1), placed.placements, address, in_list)

    def unpack(self, mappings: Sequence[PageMapping]) -> PlacedDocument:
        """The document with its plan, which is made again."""
        document: Document = pickle.loads(zlib.decompress(self.packed))  # noqa: S301 - packed by this class
        return PlacedDocument(plan_document(document, mappings), self.placements)
