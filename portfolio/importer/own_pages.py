"""Own pages: pages made here that come back in an export of this site are recognised, and not made a second time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.models import Page

from portfolio.documents.document import Severity
from portfolio.documents.slugs import name_key
from portfolio.importer.assets.images import AssetStore
from portfolio.importer.body.normal_form import normal_form
from portfolio.importer.body.page_body import build_body
from portfolio.importer.document_errors import UNEXPECTED
from portfolio.importer.plan import PagePlan, reads_as
from portfolio.importer.references.import_references import ImportReferences
from portfolio.markdown.addresses import decoded
from portfolio.models import HomePage

# Fields that lists take from the text where they are empty, which an export does not write.
FROM_TEXT = frozenset({"summary", "description"})


class Compared(Exception):
    """Ends a comparison, so that what it stored to compare is taken back."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__(", ".join(differences))
        self.differences = differences


@dataclass(slots=True)
class OwnPages:
    """The pages that were here before a run and that no import has made, by type and URL path; read when asked for."""

    keys: dict[type[Page], dict[str, int]] = field(default_factory=dict)

    def page(self, plan: PagePlan, references: ImportReferences) -> Page | None:
        """The page made here that the document was exported from: of its type and title at its address.

        A part of a document has no address of its own: it is the page with the same fields.
        """
        if plan.model not in self.keys:
            pages = plan.model.objects.filter(imported_from=None).order_by("pk")
            self.keys[plan.model] = dict(pages.values_list("url_path", "pk"))
        own = self.keys[plan.model]
        if not own:
            return None
        if plan.part:
            found = [page for page in plan.model.objects.filter(pk__in=own.values()) if has_same_title(plan, page)]
            return next((page for page in found if is_same_part(plan, page, references)), None)
        root = HomePage.objects.get().url_path
        old_paths = map(references.old_site.without_base, plan.old_urls)
        keys = [own[path] for old in old_paths if (path := f"{root}{decoded(old).strip('/')}/") in own]
        if not plan.old_urls:
            keys = [pk for path, pk in own.items() if path.endswith(f"/{plan.slug}/") and not plan.live]
        pages = plan.model.objects.filter(pk__in=keys) if keys else ()
        return next((page for page in pages if has_same_title(plan, page)), None)


def holds_own_pages(page: Page, plan: PagePlan, references: ImportReferences) -> bool:
    """Whether a list that nobody has edited has pages of this site below it and is what the document says."""
    return not isinstance(page, HomePage) and page.numchild > 0 and not compare(plan, shown_version(page), references)


def says_the_same(plan: PagePlan, page: Page, references: ImportReferences) -> bool:
    """Whether the document says what the page says; what differs is reported."""
    differences = compare(plan, shown_version(page), references)
    if differences:
        message = f"{page.title} was edited here and stays as it is; the source differs in its {', '.join(differences)}"
        references.report(Severity.WARNING, "edited-here", message)
    return not differences


def compare(plan: PagePlan, page: Page, references: ImportReferences) -> list[str]:
    """What differs between the page and the one that the document would become. Nothing stays stored."""
    assets: AssetStore = references.assets
    try:
        with references.terms.savepoint(), assets.savepoint():
            raise Compared(list(differences_of(plan, page, replace(references, used={}, problems=[]))))
    except Compared as compared:
        return compared.differences
    except UNEXPECTED:
        return ["form, which cannot be read"]


def differences_of(plan: PagePlan, page: Page, references: ImportReferences) -> Iterator[str]:
    read = plan.model(title=plan.title, slug=page.slug, live=plan.live)
    if hasattr(page, "date"):
        read.date = page.date  # of a document that names none
    plan.fill(read, references)
    there, here = plan.describe(read), plan.describe(page)
    for name, value in here.items():
        if not reads_as(there.get(name), value) and not (name in FROM_TEXT and not value):
            yield name.replace("_", " ")
    if hasattr(page, "body"):
        build_body(read, plan, references)
        if normal_form(read.body, str) != normal_form(page.body, str):
            yield "text"


def is_same_part(plan: PagePlan, page: Page, references: ImportReferences) -> bool:
    """Whether the page is the part of a document that holds several: parts have no address, but fields."""
    return set(compare(plan, shown_version(page), references)) <= {"text"}


def has_same_title(plan: PagePlan, page: Page) -> bool:
    return name_key(page.title) == name_key(plan.title)


def shown_version(page: Any) -> Any:
    """The version that an export writes: the published one, of a draft the latest."""
    return page.specific if page.live else page.get_latest_revision_as_object()
