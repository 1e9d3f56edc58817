"""One import from beginning to end.

==========  ================================  ===============================================================
stage       module                            what it hands on
==========  ================================  ===============================================================
scan        ``scan``                          ``SourceScan``: the files, which of them have changed, renames
convert     ``conversion``                    ``Document``, one by one from worker processes
plan        ``plan``, ``placement``           ``DocumentPlan``, then ``PlacedDocument``: its pages and their places
write       ``writer``                        ``DocumentResult``: what was written and what is to be reported
verify      ``body.page_body``, ``verify``    problems: each body before it is stored, addresses when all is stored
report      ``report``                        ``DocumentReport``, then ``Report``
==========  ================================  ===============================================================

The values are frozen. What changes during a run belongs to the ``SiteWriter``: ledger, assets, terms, redirects, the
batch of pages to be stored and the record for undo. Documents go through the stages one at a time, so that little is
held. One with a link to a page that has no place yet waits, packed, until all have theirs (``deferred``).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from portfolio.blocks.markup_cache import make_in_process
from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.limits import LONGEST_PATH
from portfolio.documents.links import OldSite, PageNotPlaced, normalise
from portfolio.documents.progress import ReportProgress, no_progress
from portfolio.documents.report import DocumentReport, Report
from portfolio.engines import SourceTree, open_source
from portfolio.engines.published_posts import PublishedPosts
from portfolio.engines.unused_files import unused_files
from portfolio.images.renditions.tasks import BatchMaker, batch_renditions, make_or_enqueue
from portfolio.importer.assets.images import AssetStore
from portfolio.importer.assets.passthrough import configuration
from portfolio.importer.bulk.relaxed_gc import relaxed_gc
from portfolio.importer.conversion.overrides import apply, kind_of
from portfolio.importer.conversion.pool import convert_all
from portfolio.importer.conversion.worker import begin_loading
from portfolio.importer.deferred import DeferredDocument
from portfolio.importer.document_errors import UNEXPECTED, unexpected
from portfolio.importer.identity import match_site
from portfolio.importer.ledger import Ledger
from portfolio.importer.lock import import_lock
from portfolio.importer.placement import CREATE, PlacedDocument
from portfolio.importer.plan import DocumentPlan, ListMapping, PageMapping, plan_document
from portfolio.importer.report import (
    WRITTEN,
    document_row,
    missing_rows,
    skipped_row,
    source_diff,
    unchanged_row,
)
from portfolio.importer.scan import SourceScan, file_digests, read_file, scan_source
from portfolio.importer.urls.listing_redirects import list_address, redirect_lists
from portfolio.importer.verify import verify
from portfolio.importer.writer import FillSettings, SiteWriter
from portfolio.models.ledger import ImportedAsset, ImportRun
from portfolio.validation.reserved_slugs import reserved_first_segments


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is imported and how; ``kinds`` are those that the owner's map gives to documents, by path pattern."""

    source: Path
    kind: str = "auto"
    config: Path | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    overwrite: bool = False


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
        mapping = next((mapping for mapping in self.mappings if isinstance(mapping, ListMapping)), None)
        return list_address(document) if mapping is None else mapping.list_address(document)


def import_site(
    options: ImportOptions,
    mappings: Sequence[PageMapping],
    fill_settings: FillSettings | None = None,
    progress: ReportProgress = no_progress,
    make_renditions: BatchMaker = make_or_enqueue,
) -> Report:
    """Import ``options.source`` and return the report.

    ``fill_settings`` gets the site's profile at its first import, or the first after all were undone. Everything is
    written in one transaction; a dry run does all the same and rolls it back. Afterwards ``make_renditions`` gets the
    new images, if there are any. Raises ``SourceError``,
    ``ImportRunning`` and ``ImportImpossible`` with nothing done.
    """
    started, clock = timezone.now(), time.monotonic()
    with open_source(options.source, options.kind, options.config) as source, import_lock() as pending:
        source = replace(source, files=apply(source.files, options.kinds))
        digests = file_digests(source.files)
        match = match_site(source, digests)
        ledger = Ledger.load(match.site)
        ledger.renamed = match.site.pk is not None and bool(match.problems)
        scan = scan_source(source, digests, ledger, options.kinds, overwrite=options.overwrite)
        old_site = OldSite(source.url, str(source.config.get("baseurl") or ""))
        assets = AssetStore(source.root, match.site, old_site.base_path, pending)
        writer = SiteWriter(ledger, assets, old_site, options.overwrite)
        context = ImportContext(options, scan, mappings, writer, progress)
        with batch_renditions(make_renditions, partial(progress, "Pictures")):  # when all is stored
            try:
                with relaxed_gc(), make_in_process(writer.markup.unstored), transaction.atomic():
                    writer.start(scan, fill_settings)
                    rows, later_problems = run_stages(context)
                    report = Report(
                        source=str(options.source),
                        kind=source.kind,
                        documents=tuple(rows),
                        problems=(*source.problems, *match.problems, *scan.problems, *later_problems),
                        seconds=round(time.monotonic() - clock, 3),  # as it is stored; renditions come later
                    )
                    if any(row.outcome in WRITTEN for row in rows):
                        report = store_run(report, started, writer, scan)
                    if options.dry_run:
                        transaction.set_rollback(True)
            except BaseException:
                assets.discard()
                raise
            finally:
                Site.clear_site_root_paths_cache()  # it may come from rows that were rolled back
            if options.dry_run:
                assets.discard()
            else:
                assets.confirm()
    return replace(report, seconds=round(time.monotonic() - clock, 3))


def run_stages(context: ImportContext) -> tuple[list[DocumentReport], tuple[Problem, ...]]:
    """Convert, plan, write and verify: the rows of the report, and the problems of the source as a whole."""
    scan, writer, ledger = context.scan, context.writer, context.writer.ledger
    converted, listings = write_documents(context)
    writer.finish()
    redirect_lists(listings, writer.old_site, context.list_address, writer.addresses.page, writer.redirects)
    rows = [
        unchanged_row(path, ledger)
        if path in scan.unchanged
        else skipped_row(file)
        if path in scan.skipped
        else converted[path]
        for path, file in scan.files.items()
    ]
    rows = [*verify(rows, writer.markup.problems), *missing_rows(ledger, scan.files.keys())]
    if ledger.site.pk is not None:
        ledger.keep(passthrough_files(context))
    writer.terms.prefer_spellings()
    if not scan.source.others:
        return rows, ()
    used = ImportedAsset.objects.filter(site=ledger.site.pk).values_list("path", flat=True)
    return rows, unused_files(scan.source.others, set(used))


def write_documents(context: ImportContext) -> tuple[dict[str, DocumentReport], list[Document]]:
    """Write each document as soon as it is converted and the pages that it links to have their place.

    So nothing needs to be held but what waits. Gives the rows by path and the documents that only list others.
    """
    scan, writer = context.scan, context.writer
    rows: dict[str, DocumentReport] = {}
    listings: list[Document] = []
    deferred: list[DeferredDocument] = []
    posts = PublishedPosts()
    if scan.to_convert:
        begin_loading()
        reserved_first_segments()  # slow the first time, and needed for the slug of every page
        writer.add_earlier_pages()
    writer.addresses.growing = True
    for done, document in enumerate(convert(context), start=1):
        context.progress("Importing", done, len(scan.to_convert))
        placed = place(context, document)
        document = placed.plan.document
        posts.add(document)
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
    writer.addresses.growing = False
    listings += generated_listings(scan.source, posts)
    writer.addresses.lists.update(normalise(old) for document in listings for old in document.old_urls)
    for done, waiting in enumerate(deferred, start=1):
        context.progress("Linking", done, len(deferred))
        placed = waiting.unpack(context.mappings)
        rows[placed.plan.document.path] = write(context, placed)
    return rows, listings


def convert(context: ImportContext) -> Iterator[Document]:
    """The documents that have changed, in the source's order, as worker processes hand them over."""
    for document in convert_all(context.scan.source, files=context.scan.to_convert):
        is_experience = kind_of(document.path, context.options.kinds) == "experience"
        yield replace(document, kind="experience") if is_experience else document


def place(context: ImportContext, document: Document) -> PlacedDocument:
    """Plan the document's pages and give them their place; a document that cannot have one is rejected."""
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
        return writer.place(plan_document(document, context.mappings))
    except UNEXPECTED as error:
        rejected = replace(document, rejected=True, problems=(*document.problems, unexpected(error)))
        return PlacedDocument(DocumentPlan(rejected))


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
    if document.listing and document.url and not (document.moved_to or context.list_address(document)):
        message = f"this site has no page in place of {document.url}, which the old engine generated"
        notes.append(Problem(Severity.WARNING, "no-equivalent", message))
    diff = source_diff(earlier, path, renamed_from, read_file(file) or b"") if context.options.dry_run else ""
    source = read_file(file) if placed.placements else None
    result = context.writer.write(placed, source, context.scan.fingerprints.get(path, ""))
    return document_row(document, result, earlier, diff, notes)


def generated_listings(source: SourceTree, posts: PublishedPosts) -> tuple[Document, ...]:
    """The lists that the old site's plugins made, when a post has changed."""
    if not posts.count:
        return ()
    posts.count = sum(file.engine_kind == "post" for file in source.files)  # unchanged ones too
    return source.engine.generated_pages(source.config, posts)


def passthrough_files(context: ImportContext) -> dict[str, bytes]:
    """The files an export needs beside the documents that have pages: by path, what they hold."""
    scan = context.scan
    documents = {
        path: data
        for path in scan.fingerprints
        if len(path) <= LONGEST_PATH
        and path not in context.writer.ledger.documents
        and (data := read_file(scan.files[path])) is not None
    }
    return {**configuration(scan.source, context.options.config), **scan.shared, **documents}


def store_run(report: Report, started: datetime, writer: SiteWriter, scan: SourceScan) -> Report:
    """Store the run, with what it takes to undo it; the report gets its number."""
    run = ImportRun.objects.create(
        site=writer.ledger.site,
        started_at=started,
        report=report.as_dict(),
        changes=writer.undo_record(scan.changed),
    )
    return replace(report, run=run.pk)
