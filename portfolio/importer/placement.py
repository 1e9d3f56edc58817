"""Place planned pages in the tree: on the page an earlier import made, on one to take over, or at a free address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page

from portfolio.documents.document import Problem, Severity
from portfolio.documents.slugs import slug_candidates
from portfolio.importer.bulk.pages import PageBatch
from portfolio.importer.own_pages import OwnPages, holds_own_pages
from portfolio.importer.page_tree import LIST, PageTree, tree_path
from portfolio.importer.plan import DocumentPlan, PagePlan
from portfolio.importer.references.import_references import ImportReferences
from portfolio.models import HomePage, StandardPage
from portfolio.models.ledger import ImportedPage
from portfolio.validation.reserved_slugs import reserved_first_segments

CREATE, UPDATE, MERGE, KEEP, GONE = "create", "update", "merge", "keep", "gone"
# A page made here that the document seems to be, until the two are compared; and where they are the same.
OWN, SAME = "own", "same"
UNTOUCHED = (KEEP, SAME)

Base = Mapping[str, Any] | None


class ImportImpossible(Exception):
    """The site lacks a page that the import needs; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The page of a plan, filled but without its body, and the ``action`` that is due.

    ``page`` is None where it was deleted here (``GONE``). ``row`` is the ledger's, of an earlier import. ``base`` is,
    for a merge, the page as the last import had it from the source. ``used`` and ``problems`` are those of the
    references that its fields asked for.
    """

    action: str
    page: Page | None
    row: ImportedPage | None = None
    base: Base = None
    used: Mapping[str, str | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """A document's plan and, page by page, its placements."""

    plan: DocumentPlan
    placements: tuple[Placement, ...] = ()


@dataclass(slots=True)
class PagePlacer:
    """Place planned pages in the page tree. New ones get their place from ``batch``.

    ``adopted`` gets the pages that are taken over, by key, as they were. ``overwrite`` lets the source win over an
    editor's changes.
    """

    batch: PageBatch
    adopted: dict[int, dict[str, Any]]
    tree: PageTree
    overwrite: bool = False
    slugs_of_parents: dict[int, set[str]] = field(default_factory=dict)
    parents: dict[type[Page], Page] = field(default_factory=dict)
    placed: dict[type[Page], Page] = field(default_factory=dict)
    own_pages: OwnPages = field(default_factory=OwnPages)
    # Lists that this run makes, and whether a page below them is published; and the types of those that are missing.
    lists: dict[Page, bool] = field(default_factory=dict)
    missing_lists: set[type[Page]] = field(default_factory=set)

    def place(
        self, plan: PagePlan, row: ImportedPage | None, references: ImportReferences, main: Page | None
    ) -> Placement:
        """``row`` is that of an earlier import, ``main`` the document's main page, below which its other pages go."""
        base: Base = None
        if row is not None:
            action, page, base = self.place_again(plan, row, references)
        elif (page := self.adoptable(plan) if plan.adopt else self.folder(plan, references)) is not None:
            action = self.adopt(page, plan, references)
        elif not self.overwrite and (page := self.own_pages.page(plan, references)) is not None:
            action = OWN
        else:
            action, page = CREATE, self.place_new(plan, references, main)
        return Placement(action, page, row, base, dict(references.used), tuple(references.problems))

    def place_new(self, plan: PagePlan, references: ImportReferences, main: Page | None) -> Page:
        parent = main if isinstance(main, plan.parent) else self.parent(plan, references)
        if parent in self.lists:
            self.lists[parent] |= plan.live
        slugs = self.slugs(plan, references)
        is_nested = len(slugs) > 1
        below = self.tree.parent(parent, slugs) if slugs and (not is_nested or may_be_nested(plan.model)) else None
        if len(slugs) == 1 and below is not None:
            self.move_empty_list(below, slugs[0], references)
        page = plan.model(title=plan.title, live=False, first_published_at=plan.published_at)
        page.slug = self.free_slug(below or parent, plan, references, slugs[-1] if below else plan.slug)
        plan.fill(page, references)
        self.batch.place(page, below or parent)
        if below is not None:
            self.tree.add(page, (*slugs[:-1], page.slug))
        self.placed.setdefault(plan.model, page)
        return page

    def move_empty_list(self, parent: Page, slug: str, references: ImportReferences) -> None:
        """Move a list that a new site begins with, and that nothing is in, from the old address of a document."""
        if self.tree.owners.get(f"/{slug}") == references.document.path:
            self.move_list(parent, slug)

    def free_base_path(self, base_path: str) -> None:
        """Move such a list from the base path of the old site, where its front page stood."""
        home, slug = HomePage.objects.first(), base_path.strip("/").lower()
        if home is not None and slug and "/" not in slug:
            self.move_list(home, slug)

    def move_list(self, parent: Page, slug: str) -> None:
        taken = self.taken_slugs(parent)
        if slug not in taken:
            return
        page = parent.get_children().filter(slug=slug, numchild=0, latest_revision=None, imported_from=None).first()
        page = page.specific if page is not None else None
        if page is None or isinstance(page, StandardPage) or page.pk in self.adopted:
            return
        if any(other.get_parent().pk == page.pk for other in self.placed.values()):
            return  # its pages have their addresses already
        self.adopted[page.pk] = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
        candidates = slug_candidates(getattr(page, "second_slug", slug), [])
        page.slug = next(name for name in candidates if name not in taken)
        page.save(clean=False)
        taken.discard(slug)
        taken.add(page.slug)

    def taken_slugs(self, parent: Page) -> set[str]:
        if parent.pk not in self.slugs_of_parents:
            names = parent.get_children().values_list("slug", flat=True)
            self.slugs_of_parents[parent.pk] = {slug.lower() for slug in names}
        return self.slugs_of_parents[parent.pk]

    @staticmethod
    def slugs(plan: PagePlan, references: ImportReferences) -> tuple[str, ...]:
        """The place in the tree that the page's old address gives it; () for none."""
        return tree_path(references.old_site.without_base(plan.address)) if plan.address else ()

    def folder(self, plan: PagePlan, references: ImportReferences) -> Page | None:
        """The draft that an earlier import made where the old site had no page: now it has one."""
        slugs = self.slugs(plan, references)
        return self.tree.folder_at(self.parent(plan, references), slugs) if slugs else None

    @staticmethod
    def adoptable(plan: PagePlan) -> Page | None:
        """The existing page to take over: the home page, or one that no import has made."""
        page = plan.model.objects.first()
        if page is None or plan.model is HomePage:
            return page
        return plan.model.objects.filter(imported_from=None).first()

    def adopt(self, page: Page, plan: PagePlan, references: ImportReferences) -> str:
        """Fill a page that is taken over, unless somebody has edited it."""
        is_edited = plan.adopt and page.latest_revision_id is not None
        if not self.overwrite and (is_edited or holds_own_pages(page, plan, references)):
            return OWN
        if not is_edited:
            self.adopted[page.pk] = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
        if plan.model is not HomePage:  # its slug is in no address, but in the paths of all pages placed so far
            slugs = self.slugs(plan, references)
            wanted = slugs[-1] if slugs else plan.slug
            page.slug = self.free_slug(page.get_parent(), plan, references, wanted, page.slug)
        page.title = plan.title
        page.save(clean=False)  # its address now, since pages will be put below it
        plan.fill(page, references)
        return UPDATE

    def parent(self, plan: PagePlan, references: ImportReferences) -> Page:
        """The page that new ones of this kind go below: stored already, or to be stored by this run."""
        if plan.parent not in self.parents:
            parent = plan.parent.objects.first() or self.placed.get(plan.parent)
            if parent is None and plan.parent_plan is not None:
                parent = self.make_parent(plan.parent_plan, references)
            if parent is None:
                name = plan.parent._meta.verbose_name
                message = f"The site has no {name} for the imported pages to go to. Create one in the admin."
                raise ImportImpossible(message)
            self.parents[plan.parent] = parent
        return self.parents[plan.parent]

    def needs_list(self, plan: PagePlan) -> bool:
        """Whether the page goes below a list that this run has to make."""
        if plan.parent_plan is None or plan.parent in self.parents:
            return False
        if plan.parent not in self.missing_lists:
            if (parent := plan.parent.objects.first()) is not None:
                self.parents[plan.parent] = parent
                return False
            self.missing_lists.add(plan.parent)
        return True

    def make_parent(self, plan: PagePlan, references: ImportReferences) -> Page:
        """Make a list that comes from no document; it may stand where the old site had one."""
        above = self.parent(plan, references)
        page = plan.model(title=plan.title, live=False)
        page.slug = self.free_slug(above, plan, references, plan.slug, document=LIST)
        plan.fill(page, references)
        self.batch.place(page, above)
        self.lists[page] = False
        self.tree.folders.append(page)
        self.tree.add(page, (*self.tree.slugs_of(above, above), page.slug))
        return page

    def add_lists(self) -> None:
        """Queue the lists that this run has made: a list of nothing but drafts is a draft."""
        for page, live in self.lists.items():
            self.batch.add(self.batch.prepare(page, live=live))
        self.lists.clear()

    def place_again(
        self, plan: PagePlan, row: ImportedPage, references: ImportReferences
    ) -> tuple[str, Page | None, Base]:
        """Take the page that an earlier import made: updated, or merged or kept where somebody has edited it since."""
        if row.page is None:
            references.report(Severity.INFO, "deleted-here", "its page was deleted here and is not created again")
            return GONE, None, None
        base: Base = None
        edited = row.page.latest_revision_id != row.revision_id or row.source_content is not None
        if not edited or self.overwrite:
            action, page = UPDATE, row.page.get_latest_revision_as_object()
        elif row.revision is None and row.source_content is None:
            # The revision of the last import was purged, so the changes of the two sides cannot be told apart.
            message = "both the source and the page have changed; the page stays as it was edited"
            references.report(Severity.WARNING, "edited-here", message)
            return KEEP, row.page, None
        else:
            base = row.source_content or row.revision.content
            action, page = MERGE, row.page.specific.with_content_json(base)
        page.title = plan.title
        plan.fill(page, references)
        return action, page, base

    def free_slug(
        self,
        parent: Page,
        plan: PagePlan,
        references: ImportReferences,
        wanted: str,
        own: str = "",
        document: str = "",
    ) -> str:
        """A slug below ``parent`` that no page has, and whose address was no other document's: ``wanted`` if it can.

        ``document`` is the owner of the address, that of ``references`` unless another is given.
        """
        taken = self.taken_slugs(parent) - {own}
        base = wanted.lower()[:250] or "page"
        path = document or references.document.path
        if HomePage not in self.parents:
            self.parents[HomePage] = HomePage.objects.first() or parent
        home = self.parents[HomePage]
        owner = self.tree.owner(home, parent, base, path)
        reasons = {
            "is an address of the site itself": parent.depth == 2 and base in reserved_first_segments(),
            "is taken by another page": base in taken,
            "was that of " + ("a list" if owner == LIST else owner): bool(owner),
        }
        why = next((reason for reason, holds in reasons.items() if holds), "")
        slug = base
        if why:
            names = (
                name
                for name in slug_candidates(base, [*map(references.old_site.without_base, plan.old_urls)])
                if name != base and name not in taken
            )
            slug = next(name for name in names if not self.tree.owner(home, parent, name, path))
            severity = Severity.WARNING if "itself" in why or not plan.old_urls else Severity.INFO
            address = f"/{'/'.join(filter(None, self.tree.slugs_of(home, parent)))}/{base}/".replace("//", "/")
            references.report(severity, "address-taken", f"{address} {why}; this page is at {slug}")
        self.slugs_of_parents[parent.pk].add(slug)
        return slug


def may_be_nested(model: type[Page]) -> bool:
    return StandardPage in model.allowed_parent_page_models()
