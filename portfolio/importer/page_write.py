"""A page while the writer works on it, and its row in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from wagtail.models import Page

from portfolio.documents.document import Severity
from portfolio.importer.body.built_body import BuiltBody
from portfolio.importer.ledger import PageRecord, block_entries, block_hashes
from portfolio.importer.merge.apply import AppliedMerge
from portfolio.importer.own_pages import says_the_same
from portfolio.importer.placement import GONE, KEEP, OWN, SAME, UNTOUCHED, Placement
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.import_references import ImportReferences
from portfolio.models.ledger import ImportedPage


@dataclass(slots=True)
class PageWrite:
    """A page while it is written; ``page`` is the one of the placement, or after a merge the merged one."""

    plan: PagePlan
    placement: Placement
    references: ImportReferences
    page: Page | None
    body: BuiltBody = field(default_factory=BuiltBody)
    redirects: list[str] = field(default_factory=list)
    merged: AppliedMerge | None = None

    @classmethod
    def begin(cls, plan: PagePlan, placement: Placement, references: ImportReferences) -> PageWrite:
        """The write of a placed page; one that was made here is compared with its document first."""
        if placement.action == OWN:
            is_same = says_the_same(plan, placement.page, references)
            placement = replace(placement, action=SAME if is_same else KEEP)
        return cls(plan, placement, references, placement.page)

    @property
    def action(self) -> str:
        return self.placement.action


def page_records(writes: Iterable[PageWrite]) -> Iterator[PageRecord]:
    """The ledger's rows of the pages that were written. A new page has yet to be stored."""
    for write in writes:
        plan, row, merged = write.plan, write.placement.row, write.merged
        if write.action in (*UNTOUCHED, GONE) or write.page is None:
            continue
        hashes = block_hashes(write.page) if merged is None else merged.hashes
        describe = partial(plan.describe, write.page) if merged is None else partial(dict, merged.fields)
        yield PageRecord(
            write.page,
            ImportedPage(
                part=plan.part,
                old_urls=list(dict.fromkeys([*plan.old_urls, *(row.old_urls if row else ())])),
                blocks=block_entries(write.body.segments, hashes, merged.places if merged else {}),
                source_content=merged.source_content if merged else None,
                conflicts=merged.conflicts if merged else 0,
            ),
            partial(with_published, describe, plan.live),
        )


def with_published(describe: Callable[[], dict[str, Any]], live: bool) -> dict[str, Any]:
    """The fields of a page, ``published`` as the source says: somebody may have published or unpublished the page."""
    fields = describe()
    return fields | {"published": live} if "published" in fields else fields


def constructs_of(writes: Iterable[PageWrite]) -> dict[str, int]:
    """The constructs of all of a document's pages, counted by what became of them."""
    total = dict(BuiltBody().constructs)
    for write in writes:
        for outcome, count in write.body.constructs.items():
            total[outcome] += count
    return total


def save(page: Page, *, live: bool) -> None:
    page.save_revision(changed=True, clean=False)
    if live:
        page.latest_revision.publish()
        page.refresh_from_db()
    else:
        page.save(clean=False)


def save_merged(write: PageWrite, merged: AppliedMerge) -> None:
    """Save the merged page, live where it was, unless the source has withdrawn it since the last import."""
    row, page, live = write.placement.row, merged.page, write.plan.live
    switched = row is not None and not row.is_toggled_here and page.live != live
    if merged.changed and merged.live and not switched:
        save(page, live=True)
    elif merged.changed:
        page.save_revision(changed=True, clean=False)
    write.page = page
    if switched and live:
        message = "the source publishes it again; it stays a draft, because it was edited here"
        write.references.report(Severity.WARNING, "conflict", message)
    elif switched:
        unpublish(page, write)


def unpublish(page: Page, write: PageWrite) -> None:
    page.unpublish()
    write.references.report(Severity.WARNING, "unpublished", "the source no longer publishes it; it is a draft now")
