"""Look at published pages and remember what is wrong with them."""

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

from portfolio.desk.checks.texts import VERBATIM, kinds, linked_pages, links, liquid, undescribed_images
from portfolio.markdown.addresses import decoded, split_address
from portfolio.models import Finding, ImportedPage, PageCheck

CHUNK = 200

Found = dict[str, tuple[int, str]]


@dataclass(slots=True)
class Answers:
    """What answers on this site, asked once for each address."""

    home: str = ""
    known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of_this_site(cls) -> Answers:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        return cls(site.root_page.url_path if site else "/")

    def at(self, path: str) -> bool:
        if path not in self.known:
            self.known[path] = self.look(path)
        return self.known[path]

    def look(self, path: str) -> bool:
        try:
            if resolve(path).func is not serve:
                return True  # a feed, a file, a list: these answer for themselves
        except Resolver404:
            return False
        stored = self.home.rstrip("/") + "/" + path.strip("/") + "/"
        if Page.objects.live().filter(url_path=stored.replace("//", "/")).exists():
            return True
        return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()


def stale() -> QuerySet[Page]:
    """The published pages that are not as they were when they were last looked at."""
    same = PageCheck.objects.filter(page=OuterRef("pk")).filter(
        Q(revision=OuterRef("live_revision")) | Q(revision=None, page__live_revision=None)
    )
    return Page.objects.live().filter(depth__gt=1).exclude(Exists(same))


def look_at_stale(tell: Any = None) -> int:
    """Look at every page that has changed; the number of them."""
    keys = list(stale().values_list("pk", flat=True))
    PageCheck.objects.filter(page__live=False).delete()
    answers, places = Answers.of_this_site(), iter(keys)
    done = 0
    while some := list(islice(places, CHUNK)):
        look_at(Page.objects.filter(pk__in=some).specific().iterator(), answers)
        done += len(some)
        if tell:
            tell("Looking at pages", done, len(keys))
    return len(keys)


@transaction.atomic
def look_at(pages: Iterable[Page], answers: Answers | None = None) -> None:
    """Look at these pages, whether or not they were looked at before."""
    answers = answers or Answers.of_this_site()
    found = {page: problems(page, answers) for page in pages}
    PageCheck.objects.filter(page__in=[page.pk for page in found]).delete()
    checks = [PageCheck(page_id=page.pk, revision=page.live_revision_id) for page in found]
    PageCheck.objects.bulk_create(checks)
    rows = [
        Finding(check_of=check, code=code, number=number, example=example[:255])
        for check, problems_of in zip(checks, found.values(), strict=True)
        for code, (number, example) in problems_of.items()
    ]
    Finding.objects.bulk_create(rows)


def problems(page: Page, answers: Answers) -> Found:
    body = getattr(page, "body", None)
    raw = list(body.raw_data) if body is not None else []
    found: Found = {}
    if hasattr(page, "summary") and hasattr(page, "date") and not page.summary:
        found["summary"] = (1, "")
    if number := undescribed_images(raw):
        found["alt-text"] = (number, "")
    if dead := dead_links(raw, answers):
        found["dead-link"] = (len(dead), dead[0])
    if left := liquid(raw):
        found["liquid"] = (len(left), left[0])
    if number := sum(kind in VERBATIM for kind in kinds(raw)):
        found["verbatim"] = (number, "")
    if missing := missing_at_import(page):
        found["missing-image"] = (len(missing), missing[0])
    return found


def dead_links(raw: Any, answers: Answers) -> list[str]:
    wanted = linked_pages(raw)
    there = set(Page.objects.live().filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    gone = [f"a page that is not published ({pk})" for pk in sorted(wanted - there)]
    return gone + [path for path in dict.fromkeys(own_paths(raw)) if not answers.at(path)]


def own_paths(raw: Any) -> Iterator[str]:
    for href in links(raw):
        if href.startswith("/") and not href.startswith("//"):
            yield decoded(split_address(href).path)


def missing_at_import(page: Page) -> list[str]:
    """The files that the page's document spoke of and its source did not have, until somebody edits the page."""
    rows = ImportedPage.objects.filter(page=page.pk, revision=page.latest_revision_id).select_related("document")
    rows = rows.only("document__assets", "part")
    return sorted({path for row in rows for path, digest in row.document.assets.items() if digest is None})


def look_again(pages: Iterable[int]) -> None:
    """Have these pages looked at next time: something that they link to has changed."""
    PageCheck.objects.filter(page__in=list(pages)).delete()


def pages_that_link_to(page: Page) -> list[int]:
    references = ReferenceIndex.get_references_to(page)
    return [int(key) for key in references.values_list("object_id", flat=True).distinct() if key.isdigit()]


def on_published(instance: Page, *, indexed: bool = False, **kwargs: Any) -> None:
    """An import notes what a document lacked after it has published its pages: look when all is stored.

    Who publishes many new pages at once (``indexed``) has them looked at together afterwards, and no page that was
    looked at before links to one of them.
    """
    if indexed:
        return
    key = instance.pk
    transaction.on_commit(lambda: look_at(Page.objects.live().filter(pk=key).specific()))
    look_again(set(pages_that_link_to(instance)) - {instance.pk})


def on_gone(instance: Page, **kwargs: Any) -> None:
    PageCheck.objects.filter(page=instance.pk).delete()
    look_again(pages_that_link_to(instance))


def finding_counts(pages: QuerySet[Page]) -> dict[str, int]:
    """By kind of finding, how many of ``pages`` have it."""
    rows = Finding.objects.filter(check_of__page__in=pages).values(kind=F("code")).annotate(number=Count("pk"))
    return {row["kind"]: row["number"] for row in rows}
