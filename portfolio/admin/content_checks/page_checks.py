"""Page checks: find problems of published pages and store them as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.views import serve

from portfolio.admin.content_checks.body_text import linked_pages, links, liquid, undescribed_images, verbatim_blocks
from portfolio.blocks.body.prepare_markup import prepare_body
from portfolio.blocks.rich_text.stored_rich_text import key_in
from portfolio.markdown.addresses import decoded, split_address
from portfolio.models import Finding, ImportedPage, MarkupResult, PageCheck

CHUNK = 200

PageFindings = dict[str, tuple[int, str]]


@dataclass(slots=True)
class AddressLookup:
    """Cache: whether an address of this site leads to a page, a view or a redirect."""

    home_path: str = ""
    cache: dict[str, bool] = field(default_factory=dict)
    any_costly: bool = False  # whether any markup exceeded its limits

    @classmethod
    def of_this_site(cls) -> AddressLookup:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        return cls(
            site.root_page.url_path if site else "/", any_costly=MarkupResult.objects.filter(stopped=True).exists()
        )

    def resolves(self, path: str) -> bool:
        if path not in self.cache:
            self.cache[path] = self.exists(path)
        return self.cache[path]

    def exists(self, path: str) -> bool:
        try:
            if resolve(path).func is not serve:
                return True  # not a page of the tree: a feed, a file, a listing
        except Resolver404:
            return False
        stored = self.home_path.rstrip("/") + "/" + path.strip("/") + "/"
        if Page.objects.live().filter(url_path=stored.replace("//", "/")).exists():
            return True
        return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()


def changed_pages() -> QuerySet[Page]:
    """The live pages that have changed since their last check."""
    unchanged = PageCheck.objects.filter(page=OuterRef("pk")).filter(
        Q(revision=OuterRef("live_revision")) | Q(revision=None, page__live_revision=None)
    )
    return Page.objects.live().filter(depth__gt=1).exclude(Exists(unchanged))


def check_changed_pages(report_progress: Any = None) -> int:
    """Check every page that has changed since its last check; returns their number."""
    keys = list(changed_pages().values_list("pk", flat=True))
    PageCheck.objects.filter(page__live=False).delete()
    lookup, remaining = AddressLookup.of_this_site(), iter(keys)
    done = 0
    while chunk := list(islice(remaining, CHUNK)):
        check_pages(Page.objects.filter(pk__in=chunk).specific().iterator(), lookup)
        done += len(chunk)
        if report_progress:
            report_progress("Checking pages", done, len(keys))
    return len(keys)


@transaction.atomic
def check_pages(pages: Iterable[Page], lookup: AddressLookup | None = None) -> None:
    """Check these pages, and replace their earlier findings."""
    lookup = lookup or AddressLookup.of_this_site()
    findings = {page: problems(page, lookup) for page in pages}
    PageCheck.objects.filter(page__in=[page.pk for page in findings]).delete()
    checks = [PageCheck(page_id=page.pk, revision=page.live_revision_id) for page in findings]
    PageCheck.objects.bulk_create(checks)
    rows = [
        Finding(check_of=check, code=code, number=number, example=example[:255])
        for check, problems_of in zip(checks, findings.values(), strict=True)
        for code, (number, example) in problems_of.items()
    ]
    Finding.objects.bulk_create(rows)


def problems(page: Page, lookup: AddressLookup) -> PageFindings:
    body = getattr(page, "body", None)
    raw = list(body.raw_data) if body is not None else []
    findings: PageFindings = {}
    if hasattr(page, "summary") and hasattr(page, "date") and not page.summary_or_excerpt:
        findings["summary"] = (1, "")
    if number := undescribed_images(raw):
        findings["alt-text"] = (number, "")
    if dead := dead_links(raw, lookup):
        findings["dead-link"] = (len(dead), dead[0])
    if left := liquid(raw):
        findings["liquid"] = (len(left), left[0])
    if number := verbatim_blocks(raw):
        findings["verbatim"] = (number, "")
    if lookup.any_costly and (costly := prepare_body(body)):
        findings["costly"] = (len(costly), str(costly[0]))
    if missing := missing_at_import(page):
        findings["missing-image"] = (len(missing), missing[0])
    return findings


def dead_links(raw: Any, lookup: AddressLookup) -> list[str]:
    page_ids = linked_pages(raw)
    published = set(Page.objects.live().filter(pk__in=page_ids).values_list("pk", flat=True)) if page_ids else set()
    unpublished = [f"a page that is not published ({pk})" for pk in sorted(page_ids - published)]
    return unpublished + [path for path in dict.fromkeys(own_paths(raw)) if not lookup.resolves(path)]


def own_paths(raw: Any) -> Iterator[str]:
    for href in links(raw):
        if href.startswith("/") and not href.startswith("//"):
            yield decoded(split_address(href).path)


def missing_at_import(page: Page) -> list[str]:
    """Files that were missing when the page was imported; none once somebody has edited the page."""
    rows = ImportedPage.objects.filter(page=page.pk, revision=page.latest_revision_id).select_related("document")
    rows = rows.only("document__assets", "part")
    return sorted({path for row in rows for path, digest in row.document.assets.items() if digest is None})


def recheck(pages: Iterable[int]) -> None:
    """Mark these pages for the next check, because something that they link to has changed."""
    PageCheck.objects.filter(page__in=list(pages)).delete()


def pages_that_link_to(page: Page) -> list[int]:
    references = ReferenceIndex.get_references_to(page)
    return [key for text in references.values_list("object_id", flat=True).distinct() if (key := key_in(text))]


def check_published_page(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """Signal handler: check the page after the transaction, when the import has stored what was missing.

    A bulk import (``indexed``) checks its new pages together afterwards, and no existing page links to them yet.
    """
    if indexed:
        return
    key = instance.pk
    transaction.on_commit(lambda: check_pages(Page.objects.live().filter(pk=key).specific()))
    recheck(set(pages_that_link_to(instance)) - {instance.pk})


def recheck_after_removal(instance: Page, **kwargs: Any) -> None:
    PageCheck.objects.filter(page=instance.pk).delete()
    recheck(pages_that_link_to(instance))


def finding_counts(pages: QuerySet[Page]) -> dict[str, int]:
    """The number of ``pages`` with each kind of finding."""
    rows = Finding.objects.filter(check_of__page__in=pages).values(kind=F("code")).annotate(number=Count("pk"))
    return {row["kind"]: row["number"] for row in rows}
