"""Planned pages become pages: placed in the tree, filled, published, redirected to and recorded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portfolio.importer import stored_values
from portfolio.importer.answers import is_among_files, is_own
from portfolio.importer.assets import AssetStore
from portfolio.importer.batch import Batch
from portfolio.importer.blocks import KEPT, NATIVE, Block, Body, BodyBuilder, Segment, value_hash
from portfolio.importer.document import Document, Severity
from portfolio.importer.ledger import Ledger, Written
from portfolio.importer.links import AddressBook, OldSite
from portfolio.importer.merging import may_publish, merge, serialised
from portfolio.importer.names import Names
from portfolio.importer.plan import PageMapping, PagePlan
from portfolio.importer.redirects import Redirects
from portfolio.importer.resources import Resources
from portfolio.importer.slugs import free_names
from portfolio.importer.verify import differing, unlike_markdown
from portfolio.models import HomePage
from portfolio.models.ledger import ImportedPage
from portfolio.reserved import own_beginnings

CREATE, UPDATE, MERGE, KEEP, GONE = "create", "update", "merge", "keep", "gone"

LONGEST_REDIRECT = 255
NOTE_MARK = re.compile(r'class="footnote"')  # its note stands in the list that the body's Markdown makes


class ImportImpossible(Exception):
    """The site lacks something that every import needs; the message says what to do."""


@dataclass(slots=True)
class Job:
    """One planned page on its way: what is to be done with it and what came of it."""

    document: Document
    plan: PagePlan
    resources: Resources
    action: str
    page: Page | None = None
    row: ImportedPage | None = None
    body: Body = field(default_factory=Body)
    base: dict[str, Any] | None = None  # of a merge: the page as the last import had it from the source
    source_content: dict[str, Any] | None = None  # after a merge: the page as this source alone would have it
    hashes: dict[str, str] | None = None  # after a merge: of the source's blocks, by the ids they have on the page
    described: dict[str, Any] | None = None  # after a merge: what the source's own fields say
    conflicts: int = 0
    redirects: list[str] = field(default_factory=list)

    def again(self) -> Job:
        """The same job, with what has been found so far and a body still to be built."""
        resources = replace(self.resources, used=dict(self.resources.used), problems=list(self.resources.problems))
        return replace(self, resources=resources, body=Body(), redirects=[])


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
    slugs: dict[int, set[str]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    batch: Batch = field(default_factory=Batch)
    redirects: Redirects = field(default_factory=Redirects)
    parents: dict[type[Page], Page] = field(default_factory=dict)
    placed: dict[type[Page], Page] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    order: dict[str, int] = field(default_factory=dict)  # of the documents in the source
    adopted: dict[int, dict[str, Any]] = field(default_factory=dict)  # pages taken over, as they were

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
            self.place(job, jobs[0] if jobs else None)
            jobs.append(job)
            if job.page is not None and (url := job.page.url):
                self.addresses.add(job.page.pk, url, map(self.old_site.without_base, plan.old_urls))
        return jobs

    def place(self, job: Job, main: Job | None) -> None:
        """``main`` is the job of the document's main page, below which its other pages go."""
        plan = job.plan
        if job.row is not None:
            self.place_again(job)
            return
        if plan.adopt and (page := self.adoptable(plan)) is not None:
            job.page = page
            job.action = UPDATE if page.latest_revision_id is None or self.overwrite else KEEP
            if job.action == KEEP:
                message = f"{page.title} was edited here and stays as it is"
                job.resources.report(Severity.WARNING, "edited-here", message)
                return
            if page.latest_revision_id is None:
                self.adopted[page.pk] = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
            page.slug = self.free_slug(page.get_parent(), plan.slug, job, own=page.slug)
            page.title = plan.title
            page.save(clean=False)  # its address now, since pages will be put below it
            plan.fill(page, job.resources)
            return
        parent = main.page if main is not None and isinstance(main.page, plan.parent) else self.parent(plan)
        page = plan.model(title=plan.title, live=False, first_published_at=plan.published_at)
        page.slug = self.free_slug(parent, plan.slug, job)
        plan.fill(page, job.resources)
        self.batch.place(page, parent)
        self.placed.setdefault(plan.model, page)
        job.page = page

    @staticmethod
    def adoptable(plan: PagePlan) -> Page | None:
        """The page to take over. One that came with another import is that one's; a home page there is only once."""
        page = plan.model.objects.first()
        if page is None or plan.model is HomePage:
            return page
        return plan.model.objects.filter(imported_from=None).first()

    def parent(self, plan: PagePlan) -> Page:
        """The page that new ones of this kind go below: stored already, or to be stored by this run."""
        if plan.parent not in self.parents:
            found = plan.parent.objects.first() or self.placed.get(plan.parent)
            if found is None:
                name = plan.parent._meta.verbose_name
                message = f"The site has no {name} for the imported pages to go to. Create one in the admin."
                raise ImportImpossible(message)
            self.parents[plan.parent] = found
        return self.parents[plan.parent]

    def place_again(self, job: Job) -> None:
        """Find the page an earlier import made, and leave it alone where somebody has worked on it since."""
        row = job.row
        assert row is not None  # noqa: S101 - the caller looked
        if row.page is None:
            job.action = GONE
            job.resources.report(Severity.INFO, "deleted-here", "its page was deleted here and is not made again")
            return
        job.page = row.page
        edited = row.page.latest_revision_id != row.revision_id or row.source_content is not None
        if not edited or self.overwrite:
            job.action = UPDATE
            job.page = row.page.get_latest_revision_as_object()
        elif row.revision is None and row.source_content is None:
            job.action = KEEP  # what the last import wrote was purged, so nobody can tell who changed what
            message = "both the source and the page have changed; the page stays as it was edited"
            job.resources.report(Severity.WARNING, "edited-here", message)
            return
        else:
            job.action = MERGE
            job.base = row.source_content or row.revision.content
            job.page = row.page.specific.with_content_json(job.base)
        job.page.title = job.plan.title
        job.plan.fill(job.page, job.resources)

    def free_slug(self, parent: Page, wanted: str, job: Job, own: str = "") -> str:
        if parent.pk not in self.slugs:
            self.slugs[parent.pk] = {slug.lower() for slug in parent.get_children().values_list("slug", flat=True)}
        taken = self.slugs[parent.pk] - {own}
        base = wanted.lower()[:250] or "page"
        reserved = parent.depth == 2 and base in own_beginnings()
        free = (name for name in free_names(base, job.plan.old_urls) if name not in taken)
        slug = next(name for name in free if name != base or not reserved)
        if slug != base:
            why = "is an address of the site itself" if reserved else "is taken by another page"
            severity = Severity.WARNING if reserved or not job.plan.old_urls else Severity.INFO
            job.resources.report(severity, "address-taken", f"/{base}/ {why}; this page is at {slug}")
        self.slugs[parent.pk].add(slug)
        return slug

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
            job.body = self.body(job)
        self.batch.check(page, live=job.plan.live)
        self.redirect_all(job)

    def write_page(self, job: Job) -> None:
        page, plan = job.page, job.plan
        assert page is not None  # noqa: S101 - placed before
        if hasattr(page, "body"):
            job.body = self.body(job)
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
            job.body = self.body(job)
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

    def body(self, job: Job) -> Body:
        """Build the body, look at what it shows, and keep verbatim whatever does not show the same."""
        page = job.page
        builder = BodyBuilder(job.resources)
        for ready in job.plan.ready:
            block = Block(ready.type, ready.value)
            builder.body.blocks.append(block)
            builder.count(NATIVE)
            if ready.span is not None:
                builder.body.segments.append(Segment(ready.span, block.id))
        for span in job.plan.unshown:
            builder.body.segments.append(Segment(span, None))
            builder.count(NATIVE)
        body = builder.build(job.plan.nodes)
        self.set_body(page, body)
        self.verify(job, builder)
        try:
            stored_values.check(page.body)
        except StreamBlockValidationError as error:
            refused = [body.blocks[place] for place in sorted(error.block_errors or {})]
            if not refused or not all(block.nodes for block in refused):
                raise
            for block in refused:  # too long a heading, a picture whose link leads nowhere
                self.keep_verbatim(page, builder, block)
            self.verify(job, builder)
            stored_values.check(page.body)
        return body

    def verify(self, job: Job, builder: BodyBuilder) -> None:
        """Look at what the page shows: a block that does not show what its source says is kept verbatim."""
        page, body = job.page, builder.body
        for block, _ in list(differing(body, page.body)):
            self.keep_verbatim(page, builder, block)
        apart = [(block, node) for block, node in unlike_markdown(body, page.body) if not NOTE_MARK.search(node.html)]
        for block, node in apart:  # without its neighbours it reads as something else, a table for instance
            body.replace(block, [builder.html_block(node)])
        if apart:
            self.set_body(page, body)
        for _, node in unlike_markdown(body, page.body):
            message = "the page shows other words here than the source; compare the two"
            job.resources.report(Severity.ERROR, "shows-differently", message, node.line)

    def keep_verbatim(self, page: Any, builder: BodyBuilder, block: Block) -> None:
        nodes, body = block.nodes, builder.body
        body.replace(block, [builder.markdown_block(node) for node in nodes])
        body.constructs[NATIVE] -= len(nodes)
        body.constructs[KEPT] += len(nodes)
        self.set_body(page, body)

    @staticmethod
    def set_body(page: Any, body: Body) -> None:
        page.body = StreamValue(page._meta.get_field("body").stream_block, body.raw, is_lazy=True)

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


def constructs_of(jobs: Iterable[Job]) -> dict[str, int]:
    """How the constructs of all of a document's pages fared."""
    total = dict(Body().constructs)
    for job in jobs:
        for outcome, count in job.body.constructs.items():
            total[outcome] += count
    return total


def described(job: Job) -> dict[str, Any]:
    return job.plan.describe(job.page) if job.described is None else job.described


def stored_hashes(page: Any) -> dict[str, str]:
    if not hasattr(page, "body"):
        return {}
    return {child["id"]: value_hash(child["value"]) for child in page.body.get_prep_value()}


def segment_entry(segment: Segment, hashes: dict[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": segment.block_id, "start": segment.span.start, "end": segment.span.end}
    if segment.block_id:
        entry["hash"] = hashes[segment.block_id]
    if segment.text_hash:
        entry["text"] = segment.text_hash
    return entry


def readable(error: ValidationError) -> str:
    if isinstance(error, StreamBlockValidationError):
        places = ", ".join(f"block {place}" for place in sorted(error.block_errors))
        return f"the body is not valid ({places})"
    if hasattr(error, "error_dict"):
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return "; ".join(error.messages)
