"""Stages of an import: each document is converted, planned, placed and written.

Posts and the like are written as soon as they are converted. Pages that stand in the tree as their old addresses did,
and those for which a list is to be made, wait until the addresses of all documents are known, and are placed from the
top down. What links to a page without a place waits, too. Waiting documents are packed (``deferred``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.links import PageNotPlaced, normalise
from portfolio.documents.progress import ReportProgress
from portfolio.documents.report import DocumentReport
from portfolio.engines import SourceTree
from portfolio.engines.published_posts import PublishedPosts
from portfolio.importer.assets.images import PictureFetch
from portfolio.importer.conversion.overrides import kind_of
from portfolio.importer.conversion.pool import convert_all
from portfolio.importer.conversion.worker import begin_loading
from portfolio.importer.deferred import DeferredDocument
from portfolio.importer.document_errors import UNEXPECTED, unexpected
from portfolio.importer.page_tree import LIST, tree_path
from portfolio.importer.placement import CREATE, PlacedDocument
from portfolio.importer.plan import DocumentPlan, ListMapping, PageMapping, PagePlan, plan_document
from portfolio.importer.report import document_row, source_diff
from portfolio.importer.scan import SourceScan, read_file
from portfolio.importer.urls.list_addresses import list_address
from portfolio.importer.writer import SiteWriter
from portfolio.models import HomePage
from portfolio.validation.reserved_slugs import reserved_first_segments

HOME_DEPTH = 2  # of the front page in Wagtail's tree


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is imported and how; ``kinds`` are those that the owner's map gives to documents, by path pattern.

    ``own_hosts`` are further host names of the old site. ``fetch`` downloads pictures of other hosts.
    """

    source: Path
    kind: str = "auto"
    config: Path | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    overwrite: bool = False
    own_hosts: Sequence[str] = ()
    fetch: PictureFetch | None = None


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What every stage of a run works with."""

    options: ImportOptions
    scan: SourceScan
    mappings: Sequence[PageMapping]
    writer: SiteWriter
    progress: ReportProgress

    def list_address(self, document: Document) -> str:
        """Where the new site has the list that ``document`` was; "" for nowhere."""
        if document.path in self.writer.entries.lists:
            return self.writer.entries.lists[document.path]
        mapping = next((mapping for mapping in self.mappings if isinstance(mapping, ListMapping)), None)
        return list_address(document) if mapping is None else mapping.list_address(document)


def write_documents(context: ImportContext) -> tuple[dict[str, DocumentReport], list[Document]]:
    """Convert, place and write all documents. Gives the rows by path and the documents that only list others."""
    scan, writer = context.scan, context.writer
    rows: dict[str, DocumentReport] = {}
    listings: list[Document] = []
    held: list[DeferredDocument] = []
    deferred: list[DeferredDocument] = []
    posts = PublishedPosts()
    if scan.to_convert:
        begin_loading()
        reserved_first_segments()  # slow the first time, and needed for the slug of every page
        writer.add_earlier_pages()
        writer.placer.free_base_path(writer.old_site.base_path)
    writer.addresses.growing = True
    for done, document in enumerate(convert(context), start=1):
        context.progress("Importing", done, len(scan.to_convert))
        posts.add(document)
        writer.claim(document)
        planned = plan(context, document)
        if any(waits_for_addresses(page, document) or writer.placer.needs_list(page) for page in planned.plan.pages):
            held.append(DeferredDocument.pack(planned))
            continue
        placed = place(context, planned.plan)
        document = placed.plan.document
        if document.listing:
            listings.append(document)
        # Pages that exist are written when all others have their place.
        waits = any(placement.action != CREATE for placement in placed.placements)
        try:
            if not waits:
                rows[document.path] = write(context, placed)
        except PageNotPlaced:
            waits = True
        if waits:
            deferred.append(DeferredDocument.pack(placed))
    for waiting in from_the_top(held, context):
        placed = place(context, unless_overwritten(waiting.unpack(context.mappings).plan, context))
        deferred.append(DeferredDocument.pack(placed))
    writer.placer.add_lists()
    writer.addresses.growing = False
    listings += generated_listings(scan.source, posts, unchanged=bool(scan.unchanged))
    writer.addresses.lists.update(normalise(old) for document in listings for old in document.old_urls)
    for done, waiting in enumerate(deferred, start=1):
        context.progress("Linking", done, len(deferred))
        placed = waiting.unpack(context.mappings)
        rows[placed.plan.document.path] = write(context, placed)
    return rows, listings


def waits_for_addresses(page: PagePlan, document: Document) -> bool:
    """Whether the page's place depends on its old address, and so on the addresses of others.

    Posts do not wait: they are many, and here their addresses are others than on the old site.
    """
    if page.parent is HomePage:
        return page.model is HomePage or not page.adopt
    return bool(page.old_urls) and document.kind != "post"


def unless_overwritten(planned: DocumentPlan, context: ImportContext) -> DocumentPlan:
    """Plan no page for a front page that the old engine overwrote with another document: here, too, is only one."""
    document, writer = planned.document, context.writer
    if not any(page.model is HomePage for page in planned.pages):
        return planned
    others = [writer.placer.tree.owners.get("/", LIST)]
    others += [
        path
        for (path, _), row in writer.ledger.pages.items()
        if path in context.scan.unchanged and row.page is not None and row.page.depth == HOME_DEPTH
    ]
    other = next((path for path in others if path not in (LIST, document.path)), "")
    if not other:
        return planned
    message = f"{other} has the same address, and was the front page; this file was not shown and gets no page"
    problems = (*document.problems, Problem(Severity.WARNING, "address-taken", message))
    return DocumentPlan(replace(document, listing=True, problems=problems))


def from_the_top(held: list[DeferredDocument], context: ImportContext) -> list[DeferredDocument]:
    """Those of lists that are to be made, then the pages above others first; last those without an old address."""

    def rank(waiting: DeferredDocument) -> tuple[bool, bool, int]:
        path = tree_path(context.writer.old_site.without_base(waiting.address))
        return not waiting.in_list, not waiting.address, len(path)

    return sorted(held, key=rank)


def convert(context: ImportContext) -> Iterator[Document]:
    """The documents that have changed, in the source's order, as worker processes hand them over."""
    for document in convert_all(context.scan.source, files=context.scan.to_convert):
        is_experience = kind_of(document.path, context.options.kinds) == "experience"
        yield replace(document, kind="experience") if is_experience else document


def plan(context: ImportContext, document: Document) -> PlacedDocument:
    """Plan the document's pages; a document that cannot be planned is rejected."""
    writer = context.writer
    if document.rejected:
        return PlacedDocument(DocumentPlan(document))
    writer.open()
    renames = context.scan.renames
    if renames and not document.listing:
        data = read_file(context.scan.files[document.path]) or b""
        old = renames.earlier_path(document, data, writer.ledger)
        if old is not None:
            writer.rename(old, document.path)
    try:
        return PlacedDocument(plan_document(document, context.mappings))
    except UNEXPECTED as error:
        return rejected(document, error)


def place(context: ImportContext, planned: DocumentPlan) -> PlacedDocument:
    """Give the document's pages their place; a document that cannot have one is rejected."""
    try:
        return context.writer.place(planned)
    except UNEXPECTED as error:
        return rejected(planned.document, error)


def rejected(document: Document, error: Exception) -> PlacedDocument:
    problems = (*document.problems, unexpected(error))
    return PlacedDocument(DocumentPlan(replace(document, rejected=True, problems=problems)))


def write(context: ImportContext, placed: PlacedDocument) -> DocumentReport:
    """Write the document's pages and make its row of the report."""
    document, ledger = placed.plan.document, context.writer.ledger
    path = document.path
    file, earlier = context.scan.files[path], ledger.documents.get(path)
    renamed_from = context.writer.undo.renamed.get(path, "")
    notes = []
    if renamed_from:
        message = f"was {renamed_from} at the last import; it keeps its page, and the old addresses redirect to it"
        notes.append(Problem(Severity.INFO, "renamed", message))
    was_list = document.listing and document.url and not (document.moved_to or document.rendered)
    if was_list and not context.list_address(document):
        message = f"this site has no page in place of {document.url}, which the old engine generated"
        notes.append(Problem(Severity.WARNING, "no-equivalent", message))
    diff = source_diff(earlier, path, renamed_from, read_file(file) or b"") if context.options.dry_run else ""
    source = read_file(file) if placed.placements else None
    context.writer.citations.gather(document)
    result = context.writer.write(placed, source, context.scan.fingerprints.get(path, ""))
    return document_row(document, result, earlier, diff, notes)


def generated_listings(source: SourceTree, posts: PublishedPosts, *, unchanged: bool) -> tuple[Document, ...]:
    """The lists that the old site's plugins made, when a post has changed or all is new."""
    if not posts.count and unchanged:
        return ()
    posts.count = sum(file.engine_kind == "post" for file in source.files)  # unchanged ones too
    return source.engine.generated_pages(source.config, posts)
