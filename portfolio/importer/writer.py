"""Write: placed pages get their bodies and are stored, with redirects and ledger rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.links import AddressBook, OldSite
from portfolio.documents.site_profile import SiteProfile
from portfolio.engines.site_menu import menu_position
from portfolio.importer.assets.images import AssetStore
from portfolio.importer.body.built_body import BuiltBody
from portfolio.importer.body.imported_markup import ImportedMarkup
from portfolio.importer.body.page_body import build_body
from portfolio.importer.bulk.pages import PageBatch
from portfolio.importer.conversion.owner_profile import owner_profile
from portfolio.importer.document_errors import UNEXPECTED, DocumentRefused, readable, unexpected
from portfolio.importer.entries import ImportedEntries
from portfolio.importer.ledger import Ledger
from portfolio.importer.merge.apply import apply_merge
from portfolio.importer.page_tree import LIST, PageTree
from portfolio.importer.page_write import PageWrite, constructs_of, page_records, save, save_merged, unpublish
from portfolio.importer.placement import CREATE, MERGE, UNTOUCHED, UPDATE, PagePlacer, PlacedDocument, Placement
from portfolio.importer.plan import DocumentPlan, PagePlan
from portfolio.importer.references.citations import ImportedCitations
from portfolio.importer.references.import_references import ImportReferences
from portfolio.importer.references.owner_references import OwnerReferences
from portfolio.importer.scan import SourceScan
from portfolio.importer.term_cache import TermCache
from portfolio.importer.undo.field_values import settings_values
from portfolio.importer.undo.record import UndoRecord
from portfolio.importer.urls.redirects import ANSWERS, Redirects, redirect_paths

# Called with None before the documents, and with references when all pages have their place.
FillSettings = Callable[[SiteProfile, OwnerReferences | None], Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What was written of one document: the ``actions`` on its pages and what the report shall say of it."""

    actions: frozenset[str] = frozenset()
    conflicts: int = 0
    page_url: str = ""
    constructs: Mapping[str, int] = field(default_factory=lambda: dict(BuiltBody().constructs))
    problems: tuple[Problem, ...] = ()
    refused: bool = False


@dataclass(slots=True)
class SiteWriter:
    """Writes the documents of one run, and owns its mutable state.

    The caller owns the transaction and calls ``start`` before and ``finish`` after the documents. New pages are stored
    in batches, pages that exist one by one. ``order`` gives each document's place in the source.
    """

    ledger: Ledger
    assets: AssetStore
    old_site: OldSite
    overwrite: bool = False
    order: dict[str, int] = field(default_factory=dict)
    addresses: AddressBook = field(default_factory=AddressBook)
    terms: TermCache = field(default_factory=TermCache)
    batch: PageBatch = field(default_factory=PageBatch)
    redirects: Redirects = field(default_factory=Redirects)
    markup: ImportedMarkup = field(default_factory=ImportedMarkup)
    citations: ImportedCitations = field(default_factory=ImportedCitations)
    entries: ImportedEntries = field(init=False)
    undo: UndoRecord = field(init=False)
    placer: PagePlacer = field(init=False)
    refused: set[int] = field(default_factory=set)
    fill_settings: Callable[[OwnerReferences | None], Sequence[str] | None] | None = None
    filled_settings: Sequence[str] | None = None
    main_pages: dict[str, int] = field(default_factory=dict)
    in_menu: list[tuple[float, str, int | str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def start(self, scan: SourceScan, fill_settings: FillSettings | None) -> None:
        """Begin within the transaction. ``fill_settings`` is called at the first import that is kept."""
        self.entries = ImportedEntries(self.ledger.site, self.terms)
        self.undo = UndoRecord.begin(self.ledger.site, scan.changed)
        self.placer = PagePlacer(self.batch, self.undo.adopted, PageTree(self.batch), self.overwrite)
        self.order.update((path, place) for place, path in enumerate(scan.files))
        site = self.ledger.site
        if fill_settings is not None and (site.pk is None or not site.runs.filter(undone_at=None).exists()):
            self.fill_settings = partial(fill_settings, owner_profile(scan.source))

    def open(self) -> None:
        """Make sure that the ledger knows the site, whose settings are filled at its first import."""
        if self.fill_settings is not None and not self.undo.settings:
            self.undo.settings = settings_values()
            self.filled_settings = self.fill_settings(None)
        self.ledger.open()

    def add_earlier_pages(self) -> None:
        """Let links lead to pages of documents that this run does not touch."""
        for row in self.ledger.pages.values():
            if row.page is not None and (url := row.page.url):
                self.addresses.add(row.page.pk, url, map(self.old_site.without_base, row.old_urls))

    def claim(self, document: Document) -> None:
        """Keep the document's old addresses from other documents' pages."""
        addresses = map(self.old_site.without_base, document.old_urls)
        self.placer.tree.claim(addresses, LIST if document.listing else document.path, document.kind)
        if document.listing and document.url and not document.moved_to:
            self.add_to_menu(document, document.url)

    def add_to_menu(self, document: Document, page: int | str) -> None:
        """Keep the place in the menu that the document claims; ``page`` is its page's key, or the address of a list."""
        if (position := menu_position(document.kind, document.front_matter)) is not None:
            self.in_menu.append((position, document.title, page))

    def rename(self, old: str, new: str) -> None:
        """The ledger's document at ``old`` is at ``new`` in the source now."""
        self.undo.rename(self.ledger.documents[old], new)
        self.ledger.move(old, new)

    def place(self, plan: DocumentPlan) -> PlacedDocument:
        """Put the document's pages into the tree, without their bodies, so that others can link to them."""
        placements: list[Placement] = []
        for page_plan in plan.pages:
            row = self.ledger.pages.get((plan.document.path, page_plan.part))
            main = placements[0].page if placements else None
            placement = self.placer.place(page_plan, row, self.references(plan.document), main)
            placements.append(placement)
            page = placement.page
            if page is not None and (url := page.url):
                self.addresses.add(page.pk, url, map(self.old_site.without_base, page_plan.old_urls))
        if placements and (main := placements[0].page) is not None:
            self.main_pages[plan.document.path] = main.pk
            self.add_to_menu(plan.document, main.pk)
        return PlacedDocument(plan, tuple(placements))

    def references(self, document: Document) -> ImportReferences:
        return ImportReferences(document, self.old_site, self.addresses, self.assets, terms=self.terms)

    def write(self, placed: PlacedDocument, source: bytes | None, fingerprint: str) -> DocumentResult:
        """Write the document's pages, their redirects and the ledger; all of it or, with the reason, nothing.

        ``source`` are the file's bytes as they are now. Raises ``PageNotPlaced`` with nothing done where a link depends
        on pages that are not placed yet.
        """
        if not placed.placements:
            return DocumentResult()
        document = placed.plan.document
        writes = [
            self.page_write(document, plan, placement)
            for plan, placement in zip(placed.plan.pages, placed.placements, strict=True)
        ]
        refusal: Problem | None = None
        try:
            if source is None or hashlib.sha256(source).hexdigest() != document.sha256:
                raise DocumentRefused("the file was changed while it was imported; import again")
            self.write_pages(document, writes, source, fingerprint)
        except DocumentRefused as error:
            refusal = Problem(Severity.ERROR, "not-valid", str(error))
        except UNEXPECTED as error:
            refusal = unexpected(error)
        if refusal is not None:
            self.refused |= {write.page.pk for write in writes if write.action == CREATE and write.page is not None}
        elif self.batch.is_full:
            self.flush()  # of many documents: an error in it ends the run
        problems = [problem for write in writes for problem in write.references.problems]
        return DocumentResult(
            actions=frozenset(write.action for write in writes),
            conflicts=sum(write.merged.conflicts for write in writes if write.merged is not None),
            page_url=self.url_of(writes[0]) if refusal is None else "",
            constructs=constructs_of(writes),
            problems=tuple(problems if refusal is None else [refusal, *problems]),
            refused=refusal is not None,
        )

    def page_write(self, document: Document, plan: PagePlan, placement: Placement) -> PageWrite:
        references = replace(self.references(document), used=dict(placement.used), problems=list(placement.problems))
        return PageWrite.begin(plan, placement, references)

    def write_pages(self, document: Document, writes: Sequence[PageWrite], source: bytes, fingerprint: str) -> None:
        """Write the pages and record them. Pages that exist change in one savepoint with their rows in the ledger."""
        try:
            for write in writes:
                if write.action == CREATE:
                    self.create_page(write)
            with self.assets.savepoint() if any(write.action in (UPDATE, MERGE) for write in writes) else nullcontext():
                for write in writes:
                    if write.action == UPDATE:
                        self.update_page(write)
                    elif write.action == MERGE:
                        self.merge_page(write)
                for write in writes:
                    if write.action in UNTOUCHED:
                        self.plan_redirects(write)
                self.record(document, writes, source, fingerprint)
        except ValidationError as error:
            raise DocumentRefused(readable(error)) from error

    def create_page(self, write: PageWrite) -> None:
        page = write.page
        assert page is not None  # noqa: S101 - placed before
        if page.get_parent().pk in self.refused:
            raise ValidationError("its parent page could not be created")
        self.build_body(write)
        self.batch.check(page, live=write.plan.live)
        self.plan_redirects(write)

    def update_page(self, write: PageWrite) -> None:
        page, live, row = write.page, write.plan.live, write.placement.row
        assert page is not None  # noqa: S101 - placed before
        self.build_body(write)
        if row is not None and row.is_toggled_here:
            live = page.live
        if page.live and not live:
            page.save_revision(changed=True, clean=False)
            unpublish(page, write)
        else:
            save(page, live=live)
        self.plan_redirects(write)

    def merge_page(self, write: PageWrite) -> None:
        self.build_body(write)
        write.merged = apply_merge(write.plan, write.placement, write.body, write.references)
        save_merged(write, write.merged)
        self.plan_redirects(write)

    @staticmethod
    def build_body(write: PageWrite) -> None:
        if hasattr(write.page, "body"):
            write.body = build_body(write.page, write.plan, write.references)

    def plan_redirects(self, write: PageWrite) -> None:
        """Send the old addresses to the page, unless the page answers there itself."""
        write.redirects += redirect_paths(write.plan.old_urls, self.url_of(write), self.old_site, write.references)

    def url_of(self, write: PageWrite) -> str:
        """The page's address; "" for none. That of a new page is known and costs nothing."""
        if write.page is None:
            return ""
        return self.addresses.urls.get(write.page.pk, "") if write.action == CREATE else write.page.url or ""

    def record(self, document: Document, writes: Sequence[PageWrite], source: bytes, fingerprint: str) -> None:
        """Hand over what was written to the ledger, the batch and the redirects.

        What can fail comes first: after an error nothing of the document is queued.
        """
        for write in writes:
            self.markup.gather(document.path, write.body)
        queued = [
            self.batch.prepare(write.page, live=write.plan.live)
            for write in writes
            if write.action == CREATE and write.page is not None
        ]
        # Else still a conflict: the next import says so again.
        if any(write.action not in UNTOUCHED for write in writes):
            used = {path: digest for write in writes for path, digest in write.references.used.items()}
            self.ledger.record(document, source, fingerprint, used, constructs_of(writes), page_records(writes))
        for item in queued:
            self.batch.add(item)
        place = self.order.get(document.path, 0)
        for write in writes:
            old_urls = [*map(self.old_site.without_base, write.plan.old_urls)]
            leads = dict.fromkeys(write.redirects, write.page.pk if write.page else ANSWERS)
            self.redirects.add(leads, self.url_of(write), old_urls, document.kind, place)

    def flush(self) -> None:
        """Store the new pages so far and what the ledger says of them."""
        self.batch.flush()
        self.ledger.flush()
        self.markup.flush()

    def finish(self) -> None:
        """Store what is left, when the last document is written."""
        self.flush()
        if self.fill_settings is not None and self.undo.settings:
            site = Document("_config.yml", "site", "", url=f"{self.old_site.base_path}/")
            references = OwnerReferences(
                site, self.old_site, self.addresses, self.assets, pages=self.main_pages, in_menu=self.in_menu
            )
            references.is_filled = self.filled_settings is None
            self.filled_settings = self.fill_settings(references)
            named = (replace(problem, message=f"{site.path}: {problem.message}") for problem in references.problems)
            self.problems += named
        self.redirects.store()

    def undo_record(self, paths: Collection[str]) -> dict[str, Any]:
        """What it takes to undo the run, which wrote the documents at ``paths``."""
        self.undo.folders = [*self.placer.tree.folders, *self.entries.folders]
        self.undo.entries = self.entries.changes
        return self.undo.as_dict(self.ledger, self.assets, self.terms, self.redirects, paths)
