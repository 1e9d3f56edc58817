"""Planned pages on their way into the site, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.models import Page

from portfolio.importer.blocks import Body, Segment, value_hash
from portfolio.importer.document import Document
from portfolio.importer.plan import PagePlan
from portfolio.importer.resources import Resources
from portfolio.models.ledger import ImportedPage

CREATE, UPDATE, MERGE, KEEP, GONE = "create", "update", "merge", "keep", "gone"


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
