"""Plan: which pages a document becomes. The apps' mappings answer; nothing is looked up or written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from wagtail.models import Page

from portfolio.documents.document import Document, SourceNode, Span
from portfolio.documents.title_text import repeats_title
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.nodes import NodeKind
from portfolio.models import HomePage
from portfolio.models.visibility import PLACES

UNSHOWN = (NodeKind.HIDDEN, NodeKind.DEFINITION)
BESIDE_WORDS = re.compile(r"<(?:a|img|svg|math)\b")


@dataclass(frozen=True, slots=True)
class ReadyBlock:
    """A block that a mapping made itself, as it is stored; ``span`` is the source it came from, if it has one."""

    type: str
    value: Any
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page that a document becomes.

    ``part`` tells apart the pages of one document ("" for the main one). The page goes below the first page of type
    ``parent``, which is made as ``parent_plan`` says where there is none, or further down where its old ``address``
    stood; with ``adopt`` the first existing page of type ``model`` is taken over instead of making another.
    ``fill`` sets the page's own fields; it is called with the page unsaved the first time and on each update.
    ``describe`` returns the filled page's own fields as JSON: the ledger keeps them for the export.
    ``nodes`` become the body, after ``ready`` blocks. ``unshown`` are spans that this page's fields show already, such
    as the heading of an entry.
    """

    model: type[Page]
    parent: type[Page]
    title: str
    slug: str
    fill: Callable[[Page, DocumentReferences], None]
    describe: Callable[[Any], dict[str, Any]]
    address: str = ""
    part: str = ""
    parent_plan: PagePlan | None = None
    adopt: bool = False
    live: bool = True
    published_at: datetime | None = None
    nodes: Sequence[SourceNode] = ()
    ready: Sequence[ReadyBlock] = ()
    unshown: Sequence[Span] = ()
    old_urls: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """A document and the pages that it becomes: none for one that is rejected or only lists others."""

    document: Document
    pages: tuple[PagePlan, ...] = ()


@runtime_checkable
class ListMapping(Protocol):
    """A mapping with the addresses that the new site has for the lists of the old one."""

    def list_address(self, document: Document) -> str: ...


class PageMapping(Protocol):
    """An app's part of an import: the documents that belong to it and the pages they become."""

    def claims(self, document: Document) -> bool: ...

    def plans(self, document: Document) -> Sequence[PagePlan]: ...


def plan_document(document: Document, mappings: Sequence[PageMapping]) -> DocumentPlan:
    """The pages that a document becomes, as the first mapping that claims it says."""
    if document.rejected:
        return DocumentPlan(document)
    mapping = next((candidate for candidate in mappings if candidate.claims(document)), None)
    return DocumentPlan(document, () if mapping is None else page_plans(document, mapping))


def page_plans(document: Document, mapping: PageMapping) -> tuple[PagePlan, ...]:
    """The pages that ``mapping`` makes of the document, listed where the document was."""
    return tuple(without_title(with_places(plan, document)) for plan in mapping.plans(document))


def with_places(plan: PagePlan, document: Document) -> PagePlan:
    details = document.front_matter.get("entries")
    own = details.get(plan.part) if plan.part and isinstance(details, Mapping) else None
    left_out = own["left_out"] if isinstance(own, Mapping) and "left_out" in own else document.left_out
    places = [place for place in left_out if place in PLACES] if isinstance(left_out, list | tuple) else []

    def fill(page: Page, references: DocumentReferences) -> None:
        page.left_out = places
        plan.fill(page, references)

    return replace(plan, fill=fill, describe=lambda page: {**plan.describe(page), **described_places(page)})


def without_title(plan: PagePlan) -> PagePlan:
    """The plan without a heading at the beginning of the body that repeats the title, which the page shows above it.

    The heading stays where a link of the document leads to it, and where it has more than words.
    """
    if plan.part or plan.model is HomePage:  # which shows the owner's name
        return plan
    own = (node for node in plan.nodes if node.kind not in UNSHOWN and node.span.start < node.span.end)
    node = next(own, None)
    if node is None or node.kind is not NodeKind.HEADING or not repeats_title(str(node.data["text"]), plan.title):
        return plan
    link = f'href="#{node.data.get("id")}"'
    if BESIDE_WORDS.search(node.html) or any(link in other.html for other in plan.nodes):
        return plan
    nodes = [other for other in plan.nodes if other is not node]
    return replace(plan, nodes=nodes, unshown=(*plan.unshown, node.span))


def described_places(page: Page) -> dict[str, Any]:
    """The places where the page is left out, as JSON for the ledger; nothing for a page that is listed everywhere."""
    left_out = getattr(page, "left_out", ())
    return {"left_out": left_out} if left_out else {}


def reads_as(read: Any, wanted: Any) -> bool:
    """Whether ``read``, from a document, is the page's ``wanted``.

    Moments, as ISO 8601, are compared in whole seconds where the document has no more: that is how dates are written,
    and pages of older releases have microseconds.
    """
    if read == wanted:
        return True
    there, here = moment(read), moment(wanted)
    return there is not None and here is not None and not there.microsecond and there == here.replace(microsecond=0)


def moment(value: Any) -> datetime | None:
    """The moment that a described value is; None for other values, and for a day or an hour without a zone."""
    try:
        parsed = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return parsed if parsed is not None and parsed.tzinfo is not None else None
