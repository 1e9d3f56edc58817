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
batch of pages to be stored and the record for undo. Documents go through the stages one at a time (``stages``), so that
little is held.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from portfolio.blocks.markup_cache import make_in_process
from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.links import OldSite, plain_host
from portfolio.documents.progress import ReportProgress, no_progress
from portfolio.documents.report import DocumentReport, Report
from portfolio.documents.source_files import SourceFiles, file_problems
from portfolio.engines import SourceTree, open_source
from portfolio.engines.unused_files import unused_files
from portfolio.images.renditions.tasks import BatchMaker, batch_renditions, make_or_enqueue
from portfolio.importer.assets.copied_files import import_copied_files, import_rendered_files, withdraw_files
from portfolio.importer.assets.images import AssetStore
from portfolio.importer.assets.passthrough import KeptFiles, configuration, rest_of_source
from portfolio.importer.bulk.relaxed_gc import relaxed_gc
from portfolio.importer.conversion.overrides import apply
from portfolio.importer.entries import EntryMapping, ImportedEntries
from portfolio.importer.identity import match_site
from portfolio.importer.ledger import Ledger
from portfolio.importer.lock import import_lock
from portfolio.importer.plan import PageMapping
from portfolio.importer.report import (
    WRITTEN,
    missing_rows,
    skipped_row,
    unchanged_row,
    unread_rows,
    without_rows,
)
from portfolio.importer.scan import SourceScan, file_digests, scan_source
from portfolio.importer.stages import ImportContext, ImportOptions, write_documents
from portfolio.importer.urls.former_domains import former_domains
from portfolio.importer.urls.listing_redirects import redirect_lists
from portfolio.importer.verify import verify
from portfolio.importer.writer import FillSettings, SiteWriter
from portfolio.models.ledger import STORED_NOWHERE, ImportedAsset, ImportRun


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
        former = add_hosts(ledger, source, options.own_hosts, digests)
        is_new = match.site.pk is None
        scan = scan_source(source, digests, ledger, options.kinds, overwrite=options.overwrite or bool(options.fetch))
        old_site = OldSite(source.url, str(source.config.get("baseurl") or ""), ledger.hosts)
        assets = AssetStore(source.root, match.site, old_site.base_path, pending, frozenset(source.copied))
        assets.fetch = options.fetch
        writer = SiteWriter(ledger, assets, old_site, options.overwrite)
        context = ImportContext(options, scan, mappings, writer, progress)
        with batch_renditions(make_renditions, partial(progress, "Pictures")):  # when all is stored
            try:
                with relaxed_gc(), make_in_process(writer.markup.unstored), transaction.atomic():
                    writer.start(scan, fill_settings)
                    rows, files, later_problems = run_stages(context)
                    report = Report(
                        source=str(options.source),
                        kind=source.kind,
                        documents=tuple(rows),
                        files=files,
                        read_as=source.read_as,
                        settings=tuple(writer.filled_settings or ()),
                        problems=(
                            *without_rows(source.problems),
                            *match.problems,
                            *former,
                            *scan.problems,
                            *later_problems,
                        ),
                        seconds=round(time.monotonic() - clock, 3),  # as it is stored; renditions come later
                    )
                    if any(row.outcome in WRITTEN for row in rows):
                        report = store_run(report, started, writer, scan)
                    if options.dry_run or (is_new and adds_nothing(rows)):
                        transaction.set_rollback(True)
            except BaseException:
                assets.discard()
                raise
            finally:
                Site.clear_site_root_paths_cache()  # it may come from rows that were rolled back
            if options.dry_run or (is_new and adds_nothing(rows)):
                assets.discard()
            else:
                assets.confirm()
    return replace(report, seconds=round(time.monotonic() - clock, 3))


def adds_nothing(rows: Sequence[DocumentReport]) -> bool:
    """Whether the source is an export of what was made here: it leaves nothing to be recorded."""
    outcomes = {row.outcome for row in rows}
    return "unchanged" in outcomes and not outcomes & set(WRITTEN)


def add_hosts(
    ledger: Ledger, source: SourceTree, own_hosts: Sequence[str], digests: Mapping[str, str]
) -> Iterable[Problem]:
    """Give the ledger the host names of the old site; return what there is to say of former domains among them."""
    ledger.hosts = frozenset({*ledger.site.hosts, *source.hosts, *own_hosts})
    documents = ledger.documents
    if source.is_single or all(path in documents and documents[path].sha256 == digests[path] for path in digests):
        return ()  # nothing has changed that could show another one
    former = former_domains(source, ledger.hosts | {plain_host(source.url)})
    ledger.hosts = ledger.hosts.union(former)
    return former.values()


def run_stages(context: ImportContext) -> tuple[list[DocumentReport], SourceFiles, tuple[Problem, ...]]:
    """Convert, plan, write and verify: the rows of the report, the files and the problems of the source as a whole."""
    scan, writer, ledger = context.scan, context.writer, context.writer.ledger
    converted, listings = write_documents(context)
    writer.finish()
    entries = store_entries(context, listings)
    loops = redirect_lists(listings, writer.old_site, context.list_address, writer.addresses.page, writer.redirects)
    rows = [
        unchanged_row(path, ledger)
        if path in scan.unchanged
        else skipped_row(file)
        if path in scan.skipped
        else converted[path]
        for path, file in scan.files.items()
    ]
    rows = [
        *verify(rows, loops, writer.markup.problems, writer.citations.problems()),
        *entries.report_rows(),
        *unread_rows(scan.source.problems),
        *missing_rows(ledger, scan.files.keys()),
    ]
    files, problems = keep_files(context, listings) if ledger.site.pk is not None else (SourceFiles(), ())
    if context.options.fetch is None:
        problems = (*problems, *remote_pictures(rows))
    writer.terms.prefer_spellings()
    return rows, files, (*writer.problems, *problems)


def store_entries(context: ImportContext, listings: Sequence[Document]) -> ImportedEntries:
    """Make pages of the entries of the source's files, such as a bibliography."""
    writer = context.writer
    entries = writer.entries = ImportedEntries(writer.ledger.site, writer.terms, listings)
    if writer.ledger.site.pk is not None:
        for mapping in context.mappings:
            if isinstance(mapping, EntryMapping):
                mapping.store_entries(context.scan.source, entries)
    return entries


def remote_pictures(rows: Sequence[DocumentReport]) -> Iterator[Problem]:
    """How many pictures stay at other hosts."""
    count = sum(problem.code == "remote-image" for row in rows for problem in row.problems)
    if count:
        pictures = "1 picture is" if count == 1 else f"{count:,} pictures are"
        message = f"{pictures} at other hosts and shown as links; --fetch-images stores them here"
        yield Problem(Severity.INFO, "remote-images", message)


def keep_files(context: ImportContext, listings: Sequence[Document]) -> tuple[SourceFiles, tuple[Problem, ...]]:
    """Store the files of the source that are no documents: for their old addresses, and for the export."""
    scan, ledger, assets = context.scan, context.writer.ledger, context.writer.assets
    used = {path for document in ledger.documents.values() for path in document.assets}
    copied = import_copied_files(assets, scan.source.copied, used)
    rendered = {document.path: document for document in listings if document.rendered}
    import_rendered_files(assets, rendered.values())
    stored = ImportedAsset.objects.filter(site=ledger.site).exclude(STORED_NOWHERE).values_list("path", flat=True)
    rest, too_large = rest_of_source(scan.source, {*ledger.documents, *stored})
    kept = KeptFiles(scan.source.root, rest, configuration(scan.source, context.options.config) | scan.shared)
    withdraw_files(assets, kept, {*scan.source.copied, *rendered} - {*copied.refused})
    ledger.keep(kept, {path: document.rendered.encode() for path, document in rendered.items()})
    files = SourceFiles(
        unused=(*copied.answering, *sorted(set(scan.source.others) - used)),
        refused=copied.refused,
        not_kept=tuple(too_large),
    )
    return files, (*unused_files(scan.source.others, used), *file_problems(files, copied.answering))


def store_run(report: Report, started: datetime, writer: SiteWriter, scan: SourceScan) -> Report:
    """Store the run, with what it takes to undo it; the report gets its number."""
    run = ImportRun.objects.create(
        site=writer.ledger.site,
        started_at=started,
        report=report.as_dict(),
        changes=writer.undo_record(scan.changed),
    )
    return replace(report, run=run.pk)
