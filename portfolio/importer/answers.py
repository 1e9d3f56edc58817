"""Whether the site answers at an address, told from its rows and routes without rendering anything."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portfolio.importer.rows import portions

AT_ONCE = 500
CATCH_ALL = frozenset({"wagtail_serve", "media", "twin"})


def unanswered(addresses: Iterable[str]) -> set[str]:
    """Those of ``addresses`` at which neither a live page, a redirect to one, nor a view of the site's own answers."""
    dead: set[str] = set()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path.rstrip("/") if site else ""
    for some in portions(sorted({path for path in addresses if not has_view(path)}), AT_ONCE):
        wanted = {path: f"{root}{unquote(path).rstrip('/')}/" for path in some}
        pages = set(Page.objects.live().filter(url_path__in=wanted.values()).values_list("url_path", flat=True))
        plain = {path: Redirect.normalise_path(path) for path in some}
        redirects = {
            row.old_path
            for row in Redirect.objects.filter(old_path__in=plain.values()).select_related("redirect_page")
            if (row.redirect_page.live if row.redirect_page else row.redirect_link)
        }
        dead |= {path for path in some if wanted[path] not in pages and plain[path] not in redirects}
    return dead


def has_view(path: str) -> bool:
    try:
        return resolve(unquote(path)).view_name not in CATCH_ALL
    except Resolver404:
        return False
