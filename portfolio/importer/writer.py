"""Planned pages become pages: placed in the tree, filled, published, redirected to and recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.blocks import StreamBlockValidationError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portfolio.importer.answers import is_among_files, is_own
from portfolio.importer.assets import AssetStore
from portfolio.importer.batch import Batch
from portfolio.importer.bodies import build_body
from portfolio.importer.document import Document, Severity
from portfolio.importer.jobs import (
    CREATE,
    KEEP,
    MERGE,
    UPDATE,
    Job,
    constructs_of,
    described,
    segment_entry,
    stored_hashes,
)
from portfolio.importer.ledger import Ledger, Written
from portfolio.importer.links import AddressBook, OldSite
from portfolio.importer.merging import may_publish, merge, serialised
from portfolio.importer.names import Names
from portfolio.importer.placing import Placing
from portfolio.importer.plan import PageMapping, PagePlan
from portfolio.importer.redirects import Redirects
from portfolio.importer.resources import Resources
from portfolio.models.ledger import ImportedPage

LONGEST_REDIRECT = 255


@dataclass(slots=True)
class Writer:
    """Writes the documents of one run. The caller owns the transaction and calls ``flush`` at the end.

    New pages are stored in batches; pages that exist are written one by one.
    ``overwrite`` lets the source win over an editor's changes.
    """

    ledger: Ledger
    assets: AssetStore
    old_site: OldSite
    mappings: Sequence[PageMapping]
    overwrite: bool = False
    addresses: AddressBook = field(default_factory=AddressBook)
    names: Names = field(default_factory=Names)
    batch: Batch = field(default_factory=Batch)
    redirects: Redirects = field(default_factory=Redirects)
    placing: Placing = field(init=False)
    refused: set[int] = field(default_factory=set)
    order: dict[str, int] = field(default_factory=dict)  # of the documents in the source

    def __post_init__(self) -> None:
        self.placing = Placing(self.batch, self.overwrite)

    def know_earlier_pages(self) -> None:
        """Let links lead to pages of documents that this run does not touch."""
        for row in self.ledger.pages.values():
            if row.page is not None and (url := row.page.url):
                self.addresses.add(row.page.pk, url, map(self.old_site.without_base, row.old_urls))

    def prepare(self, document: Document) -> list[Job]:
        """The document's pages, in the tree but without their bodies, so that others can link to them."""
        jobs = []
        for plan in plans_of(document, self.mappings):
            resources = Resources(document, self.old_site, self.assets, self.addresses, self.names)
            job = Job(document, plan, resources, CREATE, row=self.ledger.pages.get((document.path, plan.part)))
            self.placing.place(job, jobs[0] if jobs else None)
            jobs.append(job)
            if job.page is not None and (url := job.page.url):
                self.addresses.add(job.page.pk, url, map(self.old_site.without_base, plan.old_urls))
        return jobs

    def finish(self, jobs: Iterable[Job], document: Document, data: bytes, fingerprint: str) -> None:
        """Bodies, publication, redirects and the ledger of one document's pages; all of it or, on an error, nothing."""
        jobs = list(jobs)
        try:
            for job in jobs:
                if job.action == CREATE:
                    self.make_page(job)
            with transaction.atomic() if any(job.action in (UPDATE, MERGE) for job in jobs) else nullcontext():
                for job in jobs:
                    if job.action == UPDATE:
                        self.write_page(job)
                    elif job.action == MERGE:
                        self.merge_page(job)
            for job in jobs:
                if job.action == KEEP:
                    self.redirect_all(job)
        except (ValidationError, StreamBlockValidationError) as error:
            self.refuse(jobs)
            raise DocumentRefused(readable(error)) from error
        for job in jobs:
            if job.action == CREATE and job.page is not None:
                self.batch.add(job.page, live=job.plan.live)
        self.record(jobs, document, data, fingerprint)
        if self.batch.full:
            self.flush()

    def refuse(self, jobs: Iterable[Job]) -> None:
        """None of the new pages will be there."""
        self.refused |= {job.page.pk for job in jobs if job.action == CREATE and job.page is not None}

    def flush(self) -> None:
        """Store the new pages so far and what the ledger says of them."""
        self.batch.flush()
        self.ledger.flush()

    def make_page(self, job: Job) -> None:
        page = job.page
        assert page is not None  # noqa: S101 - placed before
        if page.get_parent().pk in self.refused:
            raise ValidationError("the page that it belongs below could not be made")
        if hasattr(page, "body"):
            job.body = build_body(job)
        self.batch.check(page, live=job.plan.live)
        self.redirect_all(job)

    def write_page(self, job: Job) -> None:
        page, plan = job.page, job.plan
        assert page is not None  # noqa: S101 - placed before
        if hasattr(page, "body"):
            job.body = build_body(job)
        if page.live and not plan.live:
            page.save_revision(changed=True, clean=False)
            page.unpublish()
            job.resources.report(
                Severity.WARNING, "unpublished", "the source no longer publishes it; it is a draft now"
            )
        else:
            self.save(page, live=plan.live)
        self.redirect_all(job)

    @staticmethod
    def save(page: Page, *, live: bool) -> None:
        page.save_revision(changed=True, clean=False)
        if live:
            page.latest_revision.publish()
            page.refresh_from_db()
        else:
            page.save(clean=False)

    def merge_page(self, job: Job) -> None:
        """Bring the source's changes into a page that was edited here. What cannot be brought in is reported."""
        row, imported = job.row, job.page
        assert row is not None  # noqa: S101 - only a page of an earlier import is merged
        assert imported is not None  # noqa: S101
        if hasattr(imported, "body"):
            job.body = build_body(job)
        edited = row.page.get_latest_revision_as_object()
        merged = merge(job.base or {}, edited, imported)
        lines = {block.id: block.nodes[0].line for block in job.body.blocks if block.nodes}
        for block_id in merged.blocks.conflicts:
            message = "changed here and in the source; the page keeps the text that was edited here"
            job.resources.report(Severity.WARNING, "conflict", message, lines.get(block_id))
        for name in merged.fields:
            message = f"the {name.replace('_', ' ')} was changed here and in the source; the page keeps its own"
            job.resources.report(Severity.WARNING, "conflict", message)
        job.conflicts = len(merged.blocks.conflicts) + len(merged.fields)
        job.source_content = serialised(imported)
        job.described = job.plan.describe(imported)
        places = merged.blocks.places
        job.hashes = {places.get(name, name): found for name, found in stored_hashes(imported).items()}
        for segment in job.body.segments:
            segment.block_id = places.get(segment.block_id, segment.block_id) if segment.block_id else None
        job.page = row.page.specific
        if merged.content != serialised(edited):
            live = may_publish(job.page)
            job.page = job.page.with_content_json(merged.content)
            if live:
                self.save(job.page, live=True)
            else:
                job.page.save_revision(changed=True, clean=False)
        self.redirect_all(job)

    def redirect_all(self, job: Job) -> None:
        for old in job.plan.old_urls:
            for path in dict.fromkeys((old, self.old_site.without_base(old))):
                self.redirect(job, path)

    def url_of(self, job: Job) -> str:
        """The page's address; "" for none. That of a new page is known and costs nothing."""
        if job.action == CREATE:
            return self.addresses.urls.get(job.page.pk, "")
        return job.page.url or ""

    def redirect(self, job: Job, old: str) -> None:
        """Send the old address to the page, unless the page answers there itself."""
        old_path = Redirect.normalise_path(old)
        page = job.page
        if page is None or old_path == Redirect.normalise_path(self.url_of(job)):
            return
        if len(old_path) > LONGEST_REDIRECT:
            message = f"{old} is longer than {LONGEST_REDIRECT} characters and cannot be redirected"
            job.resources.report(Severity.ERROR, "long-address", message)
            return
        if is_own(old):
            message = f"{old} is an address of the site itself, which answers there; it does not lead to this page"
            job.resources.report(Severity.WARNING, "address-taken", message)
            return
        if is_among_files(old):
            message = f"{old} lies among the site's own files, which a web server in front of the site may look after"
            job.resources.report(Severity.WARNING, "address-taken", message)
        job.redirects.append(old_path)

    def record(self, jobs: list[Job], document: Document, data: bytes, fingerprint: str) -> None:
        for job in jobs:
            for old_path in job.redirects:
                self.redirects.add(old_path, job.page.pk, self.order.get(document.path, 0))
        if jobs and all(job.action == KEEP for job in jobs):
            return  # still a conflict: the next import says so again
        used = {path: digest for job in jobs for path, digest in job.resources.used.items()}
        self.ledger.record(document, data, fingerprint, used, constructs_of(jobs), self.pages_to_record(jobs))

    @staticmethod
    def pages_to_record(jobs: Iterable[Job]) -> Iterator[Written]:
        """The pages that were written. A new one has yet to be stored, and what its fields say is asked for then."""
        for job in jobs:
            if job.action not in (CREATE, UPDATE, MERGE) or job.page is None:
                continue
            hashes = stored_hashes(job.page) if job.hashes is None else job.hashes
            row = ImportedPage(
                part=job.plan.part,
                old_urls=list(dict.fromkeys([*job.plan.old_urls, *(job.row.old_urls if job.row else ())])),
                blocks=[segment_entry(segment, hashes) for segment in job.body.segments],
                source_content=job.source_content,
                conflicts=job.conflicts,
            )
            yield job.page, row, partial(described, job)


def plans_of(document: Document, mappings: Sequence[PageMapping]) -> Sequence[PagePlan]:
    """The pages that a document becomes, by the first app that claims it."""
    mapping = next((candidate for candidate in mappings if candidate.claims(document)), None)
    return () if mapping is None else mapping.plans(document)


class DocumentRefused(Exception):
    """The pages of one document could not be written; nothing of it is left. The message says why."""


def readable(error: ValidationError) -> str:
    if isinstance(error, StreamBlockValidationError):
        places = ", ".join(f"block {place}" for place in sorted(error.block_errors))
        return f"the body is not valid ({places})"
    if hasattr(error, "error_dict"):
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return "; ".join(error.messages)
