"""One import from beginning to end: read, convert, plan, write, report."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from portfolio.importer.assets import AssetStore
from portfolio.importer.changes import Changes
from portfolio.importer.converting import convert_all
from portfolio.importer.document import Document, Problem, Severity
from portfolio.importer.generated import Posts, generated
from portfolio.importer.identity import which_site
from portfolio.importer.jobs import CREATE, KEEP, MERGE, UPDATE, Job, constructs_of
from portfolio.importer.journal import Journal
from portfolio.importer.kept_files import configuration, shared_files
from portfolio.importer.ledger import Ledger, context_fingerprint, fingerprint
from portfolio.importer.limits import LONGEST_PATH, MAX_FILE
from portfolio.importer.links import NotYetKnown, OldSite, normalise
from portfolio.importer.lists import list_address, redirect_lists
from portfolio.importer.lock import only_import
from portfolio.importer.memory import settled_memory
from portfolio.importer.old_addresses import WRITTEN, prove_addresses, tell_shared_addresses
from portfolio.importer.overrides import apply, kind_of
from portfolio.importer.plan import ListMapping, PageMapping
from portfolio.importer.renames import Renames
from portfolio.importer.report import DocumentReport, Report
from portfolio.importer.sources import Source, SourceFile, open_source
from portfolio.importer.sources.walk import read_bytes
from portfolio.importer.waiting import Waiting, pack
from portfolio.importer.worker import begin_loading
from portfolio.importer.writer import DocumentRefused, Writer
from portfolio.models.ledger import ImportRun
from portfolio.renditions.tasks import together
from portfolio.reserved import own_beginnings

Tell = Callable[[str, int, int], None]
# What a document may bring about that nobody foresaw. Of the database's errors none is among them: those end the whole.
SPOILED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is imported and how; ``kinds`` are the owner's own words on what a document is, by path pattern."""

    source: Path
    kind: str = "auto"
    config: Path | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    overwrite: bool = False


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def import_site(
    options: ImportOptions,
    mappings: Sequence[PageMapping],
    introduce: Callable[[Mapping[str, Any]], None] | None = None,
    tell: Tell = silent,
) -> Report:
    """Import ``options.source`` and return the report.

    ``introduce`` gets the site's configuration at its first import. Everything is written in one transaction; a dry
    run does all the same and takes it back. Raises ``SourceError``, ``ImportRunning`` and ``ImportImpossible`` with
    nothing done.
    """
    started, clock = timezone.now(), time.monotonic()
    with open_source(options.source, options.kind, options.config) as source, only_import() as journal:
        run = Run(options, replace(source, files=apply(source.files, options.kinds)), mappings, journal)
        run.look()
        with together(partial(tell, "Pictures")):  # which are scaled when all is stored
            try:
                with settled_memory(), transaction.atomic():
                    report = run.recorded(introduce, tell, started, clock)
                    if options.dry_run:
                        transaction.set_rollback(True)
            except BaseException:
                run.assets.discard()
                raise
            finally:
                Site.clear_site_root_paths_cache()  # it may have been filled from rows that are taken back
            if options.dry_run:
                run.assets.discard()
            else:
                run.assets.settle()
    return report


class Run:
    """The state of one import between its stages."""

    def __init__(
        self, options: ImportOptions, source: Source, mappings: Sequence[PageMapping], journal: Journal
    ) -> None:
        self.options = options
        self.source = source
        self.files = {file.path: file for file in source.files}
        self.digests = {
            file.path: hashlib.sha256(data).hexdigest()
            for file in source.files
            if (data := self.read(file)) is not None
        }
        site, self.problems = which_site(source, self.digests)
        self.ledger = Ledger.load(site)
        self.ledger.renamed = site.pk is not None and bool(self.problems)
        self.known = set(self.ledger.documents)
        self.renames = Renames(self.ledger)
        self.renamed: dict[str, str] = {}
        self.changes = Changes()
        old_site = OldSite(source.url, str(source.config.get("baseurl") or ""))
        self.assets = AssetStore(source.root, self.ledger.site, old_site.base_path, journal)
        self.writer = Writer(self.ledger, self.assets, old_site, mappings, options.overwrite)
        self.fingerprints: dict[str, str] = {}
        self.unchanged: set[str] = set()
        self.to_convert: list[SourceFile] = []
        self.skipped: set[str] = set()
        self.waiting: list[Waiting] = []
        self.lists: list[Document] = []
        self.posts = Posts()
        knowing = [mapping.list_address for mapping in mappings if isinstance(mapping, ListMapping)]
        self.list_address = knowing[0] if knowing else list_address
        self.reports: dict[str, DocumentReport] = {}
        self.rows: list[DocumentReport] = []
        self.shared: dict[str, bytes] = {}

    @property
    def changed(self) -> list[str]:
        """Paths of the documents that are not as they were at the last import."""
        return [path for path in self.fingerprints if path not in self.unchanged]

    @property
    def wrote(self) -> bool:
        return any(row.outcome in WRITTEN for row in self.rows)

    def recorded(
        self, introduce: Callable[[Mapping[str, Any]], None] | None, tell: Tell, started: datetime, clock: float
    ) -> Report:
        """Write everything, and what it takes to take it back."""
        self.changes = Changes.begin(self.ledger.site, self.changed)
        self.write(introduce, tell)
        report = Report(
            source=str(self.options.source),
            kind=self.source.kind,
            documents=tuple(self.rows),
            problems=(*self.source.problems, *self.problems),
            seconds=round(time.monotonic() - clock, 3),
        )
        if not self.wrote:
            return report
        saved = ImportRun.objects.create(
            site=self.ledger.site,
            started_at=started,
            report=report.as_dict(),
            changes=self.changes.as_dict(self.ledger.site, self.writer, self.changed),
        )
        return replace(report, run=saved.pk)

    def look(self) -> None:
        """Find the files that are not as they were at the last import."""
        self.shared, too_long = shared_files(self.source.root)
        self.problems = (*self.problems, *too_long)
        context = context_fingerprint(self.source.config, self.shared)
        for file in self.source.files:
            if kind_of(file.path, self.options.kinds) == "skip":
                self.skipped.add(file.path)
                continue
            digest = self.digests.get(file.path)
            if digest is not None:
                found = self.fingerprints[file.path] = fingerprint(digest, context + file.kind)
                if not self.options.overwrite and self.ledger.is_unchanged(file.path, found, self.assets):
                    self.unchanged.add(file.path)
                    continue
            self.to_convert.append(file)
        self.renames.look({file.path: self.digests.get(file.path, "") for file in self.source.files})

    def converted(self) -> Iterator[Document]:
        """The documents that have changed, in the source's order, as worker processes hand them over."""
        for document in convert_all(self.source, files=self.to_convert):
            if kind_of(document.path, self.options.kinds) == "experience":
                document = replace(document, kind="experience")
            yield document

    @staticmethod
    def read(file: SourceFile) -> bytes | None:
        if file.refused is not None:
            return None
        try:
            return read_bytes(file.absolute, MAX_FILE)
        except (OSError, ValueError):
            return None  # converting it says what is wrong

    def write(self, introduce: Callable[[Mapping[str, Any]], None] | None, tell: Tell) -> None:
        """Write each document as soon as it is converted and the pages that it links to have their place.

        So nothing needs to be held but what waits; rows come in the source's order all the same.
        """
        if self.to_convert:
            begin_loading()
            own_beginnings()  # takes as long: every page's address is held against those of the site's own
            self.writer.know_earlier_pages()
        self.writer.order.update((file.path, place) for place, file in enumerate(self.source.files))
        self.writer.addresses.growing = True
        for done, document in enumerate(self.converted(), start=1):
            tell("Importing", done, len(self.to_convert))
            if not document.rejected:
                self.open(introduce)
            self.take(document)
        self.writer.addresses.growing = False
        self.lists += self.made_lists()
        self.writer.addresses.lists.update(normalise(old) for made in self.lists for old in made.old_urls)
        for done, waiting in enumerate(self.waiting, start=1):
            tell("Linking", done, len(self.waiting))
            document, jobs = waiting.unpack(self.writer)
            self.reports[document.path] = self.finish(document, jobs)
        self.writer.flush()
        self.writer.redirects.store()
        old_site = self.writer.old_site
        redirect_lists(self.lists, old_site, self.list_address, self.writer.addresses.page, self.writer.redirects)
        self.rows.extend(self.row(file) for file in self.source.files)
        tell_shared_addresses(self.rows)
        prove_addresses(self.rows)
        self.rows.extend(self.lost())
        if self.ledger.site.pk is not None:
            self.ledger.keep(self.without_page())

    def made_lists(self) -> tuple[Document, ...]:
        """The lists that the old site's plugins made, when a post has changed."""
        if not self.posts.count or self.source.kind != "jekyll":
            return ()
        self.posts.count = sum(file.engine_kind == "post" for file in self.source.files)  # unchanged ones too
        return generated(self.source.config, self.posts)

    def open(self, introduce: Callable[[Mapping[str, Any]], None] | None) -> None:
        """Make sure that the ledger knows the site, whose owner is introduced at the first import."""
        if self.ledger.site.pk is None and introduce is not None:
            introduce(self.source.config)
        self.ledger.open()

    def take(self, document: Document) -> None:
        """Give the document's pages their place, and write them unless they must wait for others."""
        self.recognise(document)
        try:
            jobs = [] if document.rejected else self.writer.prepare(document)
        except SPOILED as error:
            document, jobs = replace(document, rejected=True, problems=(*document.problems, spoiled(error))), []
        self.posts.add(document)
        if document.listing:
            self.lists.append(document)
        if all(job.action == CREATE for job in jobs):
            try:
                self.reports[document.path] = self.finish(document, [job.again() for job in jobs])
            except NotYetKnown:
                self.waiting.append(pack(document, jobs))
        else:
            self.waiting.append(pack(document, jobs))

    def recognise(self, document: Document) -> None:
        """Let the document be the one of the ledger that it was under another name."""
        if document.rejected or document.listing or not self.renames.gone:
            return
        old = self.renames.earlier_path(document, self.read(self.files[document.path]) or b"")
        if old is not None:
            self.changes.rename(self.ledger.documents[old], document.path)
            self.ledger.move(old, document.path)
            self.known.add(document.path)
            self.renamed[document.path] = old

    def row(self, file: SourceFile) -> DocumentReport:
        if file.path in self.unchanged:
            return self.unchanged_row(file)
        if file.path in self.skipped:
            skipped = Problem(Severity.INFO, "skipped-by-map", "the map says to skip it")
            return DocumentReport(file.path, file.kind, "skipped", problems=(skipped,))
        return self.reports[file.path]

    def finish(self, document: Document, jobs: list[Job]) -> DocumentReport:
        """Write the document's pages and say what came of it."""
        path = document.path
        if document.rejected:
            return DocumentReport(path, document.kind, "rejected", problems=document.problems)
        problems = list(document.problems)
        if path in self.renamed:
            message = f"was {self.renamed[path]} at the last import; its page stays, and the old addresses lead to it"
            problems.append(Problem(Severity.INFO, "renamed", message))
        if document.listing and document.url and not (document.moved_to or self.list_address(document)):
            message = f"nothing here answers for {document.url}, which the old engine filled in"
            problems.append(Problem(Severity.WARNING, "no-equivalent", message))
        diff = self.diff(path) if self.options.dry_run else ""
        try:
            if jobs:
                self.writer.finish(jobs, document, self.data_of(document), self.fingerprints[path])
            outcome = outcome_of(jobs, known=path in self.known)
        except DocumentRefused as error:
            outcome = "rejected"
            problems.append(Problem(Severity.ERROR, "not-valid", str(error)))
        except SPOILED as error:
            self.writer.refuse(jobs)
            outcome = "rejected"
            problems.append(spoiled(error))
        for job in jobs:
            problems.extend(job.resources.problems)
        shown = bool(jobs) and jobs[0].page is not None and outcome != "rejected"
        return DocumentReport(
            path=path,
            kind=document.kind,
            outcome=outcome,
            page_url=self.writer.url_of(jobs[0]) if shown else "",
            old_urls=document.old_urls,
            constructs=constructs_of(jobs),
            problems=tuple(sorted(set(problems), key=lambda problem: (problem.line or 0, problem.code))),
            diff=diff,
        )

    def data_of(self, document: Document) -> bytes:
        """The bytes that were converted. Raises ``DocumentRefused`` when the file holds others by now."""
        data = self.read(self.files[document.path])
        if data is None or hashlib.sha256(data).hexdigest() != document.sha256:
            raise DocumentRefused("the file was changed while it was imported; import again")
        return data

    def diff(self, path: str) -> str:
        """What has changed in the file since the last import; "" for a new one."""
        row = self.ledger.documents.get(path)
        if row is None:
            return ""
        versions = (bytes(row.source), self.read(self.files[path]) or b"")
        old, new = (version.decode("utf-8", "replace").splitlines(keepends=True) for version in versions)
        before = self.renamed.get(path, path)
        return "".join(unified_diff(old, new, f"imported/{before}", f"source/{path}"))

    def unchanged_row(self, file: SourceFile) -> DocumentReport:
        document = self.ledger.documents[file.path]
        pages = self.ledger.pages_of(file.path)
        main = next((row for row in pages if row.part == "" and row.page is not None), None)
        undecided = any(row.conflicts and row.page and row.page.latest_revision_id == row.revision_id for row in pages)
        message = "changed here and in the source at an earlier import, and nobody has looked at the page since"
        problems = (Problem(Severity.WARNING, "conflict", message),) if undecided else ()
        return DocumentReport(
            path=file.path,
            kind=document.kind,
            outcome="conflict" if undecided else "unchanged",
            problems=problems,
            page_url=(main.page.url or "") if main else "",
            old_urls=tuple(main.old_urls) if main else (),
            constructs=document.constructs,
        )

    def without_page(self) -> dict[str, bytes]:
        """The files an export needs beside the documents that have pages: by path, what they hold."""
        documents = {
            path: data
            for path in self.fingerprints
            if len(path) <= LONGEST_PATH
            and path not in self.ledger.documents
            and (data := self.read(self.files[path])) is not None
        }
        return {**configuration(self.source, self.options.config), **self.shared, **documents}

    def lost(self) -> list[DocumentReport]:
        """Documents of earlier imports that the source no longer has; their pages stay."""
        there = {file.path for file in self.source.files}
        message = "the source no longer has it; its page stays until somebody deletes it"
        gone = Problem(Severity.WARNING, "source-gone", message)
        return [
            DocumentReport(path, row.kind, "skipped", problems=(gone,))
            for path, row in self.ledger.documents.items()
            if path not in there
        ]


def spoiled(error: Exception) -> Problem:
    """What to say of a document that nobody foresaw: it must not take the others with it."""
    return Problem(Severity.ERROR, "not-written", f"could not be written ({type(error).__name__}: {error!s:.200})")


def outcome_of(jobs: Sequence[Job], *, known: bool) -> str:
    """What the report says of a document: the strongest of what happened to its pages."""
    actions = {job.action for job in jobs}
    if KEEP in actions or any(job.conflicts for job in jobs):
        return "conflict"
    if MERGE in actions:
        return "merged"
    if actions & {CREATE, UPDATE}:
        return "updated" if known else "created"
    return "skipped"
