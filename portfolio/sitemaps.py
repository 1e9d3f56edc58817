"""Every public address with the day its text last changed (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from urllib.parse import quote

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from blog.models import Entry
from experience.models import ExperiencePage
from portfolio.feeds.channels import LISTINGS
from portfolio.freshness import for_programs
from portfolio.resume.views import is_taken
from portfolio.visibility import open_to_everybody

Dated = dict[str, datetime | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A page: its path below the front page, when it was last published here, when its text last changed."""

    address: str
    stored: datetime | None
    changed: datetime | None
    is_entry: bool
    is_role: bool


class Addresses(Sitemap):
    """Paths, each with the moment of its last change, None where it is not known."""

    def __init__(self, dated: Dated) -> None:
        self.dated = dated

    def items(self) -> list[str]:
        return list(self.dated)

    def location(self, item: str) -> str:
        return item

    def lastmod(self, item: str) -> datetime | None:
        return self.dated[item]


@require_safe
@for_programs
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap; its Last-Modified is when something was last published here, of whatever date."""
    rows = published(request)
    dated = lists()
    if (roles := [row.changed for row in rows if row.is_role]) and not is_taken(request, reverse("resume_page")):
        dated[reverse("resume_page")] = reduce(later, roles)
    response = sitemap_view(request, {"pages": Addresses(pages(rows)), "lists": Addresses(dated)})
    if stored := max((moment for row in rows for moment in (row.stored, row.changed) if moment), default=None):
        response.headers["Last-Modified"] = http_date(stored.timestamp())
    return response


def published(request: HttpRequest) -> list[Row]:
    """The pages of the tree, those above before those below. A post's date is the one its readers see."""
    site = Site.find_for_request(request)
    root = next(path.root_path for path in Site.get_site_root_paths() if path.site_id == site.pk)
    found = open_to_everybody(Page.objects.live().filter(url_path__startswith=root)).order_by("path")
    fields = ("url_path", "last_published_at", "entry__date", "entry__updated", "experiencepage__pk")
    return [
        Row(address.removeprefix(root), stored, updated or date or stored, date is not None, role is not None)
        for address, stored, date, updated, role in found.values_list(*fields)
    ]


def pages(rows: Iterable[Row]) -> Dated:
    """A page that lists others, and the front page, is as new as the newest of them."""
    dated: Dated = {}
    for row in rows:
        dated[row.address] = row.changed
        if row.is_entry or row.is_role:
            for listing in {"", f"{row.address.rstrip('/').rpartition('/')[0]}/"} & dated.keys():
                dated[listing] = later(dated[listing], row.changed)
    prefix = reverse("wagtail_serve", args=[""])
    return {f"{prefix}{quote(address)}": changed for address, changed in dated.items()}


def lists() -> Dated:
    """The pages of tags, categories, series and skills under which something is published, and the archive."""
    dated: Dated = {}
    for kind, listing in LISTINGS.items():
        rows = Entry.objects.published().order_by().filter(**{f"{listing.lookup}__isnull": False})
        changes = dict(rows.values_list(f"{listing.lookup}__slug").annotate(changed=Max(Coalesce("updated", "date"))))
        if kind == "skill":
            for slug, stored in skills_of_roles():
                changes[slug] = later(changes.get(slug), stored)
        for slug in sorted(changes):
            dated[reverse(kind, args=[slug])] = changes[slug]
    newest = Entry.objects.published().order_by().aggregate(changed=Max(Coalesce("updated", "date")))["changed"]
    return {reverse("archive"): newest, **dated}


def skills_of_roles() -> Iterable[tuple[str, datetime | None]]:
    roles = ExperiencePage.objects.published().order_by().filter(skill_items__isnull=False)
    return roles.values_list("skill_items__tag__slug").annotate(changed=Max("last_published_at"))


def later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment), default=None)
