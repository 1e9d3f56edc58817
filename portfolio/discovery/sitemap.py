"""Sitemap: every public address with the day its text last changed (https://www.sitemaps.org/protocol.html), and the
addresses of its translations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as index_view
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from portfolio.content.fixed_addresses import is_taken
from portfolio.content.lists import changed, from_page, published
from portfolio.content.registry import PageKind, dated_lists, kind_of_type, taxonomies
from portfolio.content.terms import lists_with, term_lookup
from portfolio.content.translations import grouped_pages
from portfolio.delivery.middleware.conditional_get import short_cache
from portfolio.models.visibility import listed

LastChanges = dict[str, datetime | None]

MAX_ADDRESSES = 10_000  # of one file; the protocol allows 50,000


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page: its path below the front page, that in the tree, when it was last published and its text last changed."""

    path: str
    url_path: str
    stored: datetime | None
    changed: datetime | None
    kind: PageKind | None

    @property
    def lists_children(self) -> bool:
        return self.kind is not None and getattr(self.kind.model, "lists_children", False)


class SitemapSection(Sitemap):
    """Paths, each with the moment of its last change, None where it is not known, and the paths of its translations.

    ``translations`` are by language, the path itself among them.
    """

    limit = MAX_ADDRESSES

    def __init__(self, last_changes: LastChanges, translations: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.last_changes = last_changes
        self.translations = translations or {}

    def items(self) -> list[str]:
        return list(self.last_changes)

    def location(self, item: str) -> str:
        return item

    def lastmod(self, item: str) -> datetime | None:
        return self.last_changes[item]

    def get_urls(self, page: int = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super().get_urls(page, site, protocol)
        for url in urls:
            start = url["location"].removesuffix(url["item"])
            translations = self.translations.get(url["item"], {})
            url["alternates"] = [{"lang_code": code, "location": start + path} for code, path in translations.items()]
        return urls


@require_safe
@short_cache
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """The sitemap, or one section of it; of a site with very many addresses an index of its parts.

    Its Last-Modified is when something was last published here, of whatever date.
    """
    pages = public_pages(request)
    lists = {**list_changes(), **overview_changes(request, pages)}
    sections = {"pages": SitemapSection(page_changes(pages), page_translations(pages)), "lists": SitemapSection(lists)}
    if section is None and sum(len(part.last_changes) for part in sections.values()) > SitemapSection.limit:
        response = index_view(request, sections, sitemap_url_name="sitemap_section")
    else:
        response = sitemap_view(request, sections, section)
    stored = latest(moment for page in pages for moment in (page.stored, page.changed))
    if stored:
        response.headers["Last-Modified"] = http_date(stored.timestamp())
    return response


def public_pages(request: HttpRequest) -> list[SitemapPage]:
    """The pages of the tree, those above before those below. Of a dated page the date is the one its readers see."""
    site = Site.find_for_request(request)
    root = next(path.root_path for path in Site.get_site_root_paths() if path.site_id == site.pk)
    rows = listed(Page.objects.live().filter(url_path__startswith=root, alias_of=None), "sitemap").order_by("path")
    fields = [
        from_page(page_list, name)
        for page_list in dated_lists()
        for name in (page_list.updated, page_list.date)
        if name
    ]
    pages = []
    for url_path, content_type, stored, *dates in rows.values_list(
        "url_path", "content_type", "last_published_at", *fields
    ):
        kind = kind_of_type(content_type)
        if kind is None or kind.in_sitemap:
            text_changed = next(filter(None, dates), stored)
            pages.append(SitemapPage(url_path.removeprefix(root), url_path, stored, text_changed, kind))
    return pages


def page_changes(pages: Iterable[SitemapPage]) -> LastChanges:
    """A page that lists what is below it, and the front page, is as new as the newest that it lists."""
    lists: dict[str, SitemapPage] = {}
    changes: LastChanges = {}
    for page in pages:
        changes[page.path] = page.changed
        if page.lists_children:
            lists[page.path] = page
        parent = f"{page.path.rstrip('/').rpartition('/')[0]}/"
        if parent in lists:
            for path in {"", parent} & changes.keys():
                changes[path] = latest((changes[path], page.changed))
    return {address(path): moment for path, moment in changes.items()}


def page_translations(pages: Iterable[SitemapPage]) -> dict[str, dict[str, str]]:
    """The addresses of each page and of its translations in the sitemap, by language; none for a page without any."""
    paths = {page.url_path: page.path for page in pages}
    groups: dict[str, dict[str, str]] = {}
    for url_path, group, language in grouped_pages():
        if url_path in paths:
            groups.setdefault(group, {}).setdefault(language, address(paths[url_path]))
    return {path: group for group in groups.values() if len(group) > 1 for path in group.values()}


def address(path: str) -> str:
    return f"{reverse('wagtail_serve', args=[''])}{quote(path)}"


def list_changes() -> LastChanges:
    """The archive, and the pages of the terms under which something is published."""
    newest = [published(page_list).aggregate(newest=Max(changed(page_list)))["newest"] for page_list in dated_lists()]
    changes: LastChanges = {reverse("archive"): latest(newest)}
    for taxonomy in taxonomies():
        terms: LastChanges = {}
        for page_list in lists_with(taxonomy):
            lookup = term_lookup(page_list, taxonomy)
            pages = published(page_list).filter(**{f"{lookup}__isnull": False})
            for slug, moment in pages.values_list(f"{lookup}__slug").annotate(newest=Max(changed(page_list))):
                terms[slug] = latest((terms.get(slug), moment))
        if terms and taxonomy.overview:
            changes[reverse(taxonomy.overview)] = latest(terms.values())
        changes |= {reverse(taxonomy.name, args=[slug]): terms[slug] for slug in sorted(terms)}
    return changes


def overview_changes(request: HttpRequest, pages: Iterable[SitemapPage]) -> LastChanges:
    """The addresses outside the tree that show all pages of a kind, where the owner has nothing of their own there."""
    changes: LastChanges = {}
    for page in pages:
        if page.kind is not None and page.kind.overview:
            path = reverse(page.kind.overview)
            changes[path] = latest((changes.get(path), page.changed))
    return {path: moment for path, moment in changes.items() if not is_taken(request, path)}


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
