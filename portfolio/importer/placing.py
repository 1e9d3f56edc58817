"""Where a planned page goes: the place it has already, the page it takes over, or a new place with a free address."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page

from portfolio.importer.batch import Batch
from portfolio.importer.document import Severity
from portfolio.importer.jobs import GONE, KEEP, MERGE, UPDATE, Job
from portfolio.importer.plan import PagePlan
from portfolio.importer.slugs import free_names
from portfolio.models import HomePage
from portfolio.reserved import own_beginnings


class ImportImpossible(Exception):
    """The site lacks something that every import needs; the message says what to do."""


@dataclass(slots=True)
class Placing:
    """Gives the pages of one run their places. New ones are stored with ``batch``.

    ``adopted`` are the pages that were taken over, by key, as they were.
    """

    batch: Batch
    overwrite: bool = False
    slugs: dict[int, set[str]] = field(default_factory=dict)
    parents: dict[type[Page], Page] = field(default_factory=dict)
    placed: dict[type[Page], Page] = field(default_factory=dict)
    adopted: dict[int, dict[str, Any]] = field(default_factory=dict)

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
