"""Whether the site answers at an address, told from its rows and routes without rendering anything."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portfolio.importer.rows import portions
from portfolio.markdown.addresses import decoded
from portfolio.reserved import own_beginnings

AT_ONCE = 500
CATCH_ALL = frozenset({"wagtail_serve", "media", "twin"})


def unanswered(addresses: Iterable[str]) -> set[str]:
    """Those of ``addresses`` at which neither a live page, a redirect to one, nor a view of the site's own answers."""
    dead: set[str] = set()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path.rstrip("/") if site else ""
    for some in portions(sorted({path for path in addresses if not (has_view(path) or is_own(path))}), AT_ONCE):
        wanted = {path: f"{root}{decoded(path).rstrip('/')}/" for path in some}
        pages = set(Page.objects.live().filter(url_path__in=wanted.values()).values_list("url_path", flat=True))
        plain = {path: Redirect.normalise_path(path) for path in some}
        stored = Redirect.objects.filter(old_path__in=plain.values())
        redirects = {
            old_path
            for old_path, page, live, link in stored.values_list(
                "old_path", "redirect_page", "redirect_page__live", "redirect_link"
            )
            if (live if page else link)
        }
        dead |= {path for path in some if wanted[path] not in pages and plain[path] not in redirects}
    return dead


def is_own(path: str) -> bool:
    """Whether the site itself answers at ``path`` whatever its content is, so that no redirect is ever asked for.

    A list of a tag, for instance, does not where there is no such tag.
    """
    path = unquote(path)
    if path.strip("/").partition("/")[0] not in own_beginnings():
        return False
    if path.startswith(settings.ADMIN_PREFIX):
        return True
    found = [match for spelling in (path, f"{path}/") if (match := view_of(spelling)) is not None]
    return any(not match.args and not match.captured_kwargs for match in found)


def is_among_files(path: str) -> bool:
    """Whether ``path`` lies where the site's own files are, which a web server in front may serve by itself."""
    return unquote(path).startswith((settings.STATIC_URL, settings.MEDIA_URL))


def has_view(path: str) -> bool:
    return view_of(unquote(path)) is not None


def view_of(path: str) -> ResolverMatch | None:
    """The fixed address that ``path`` is; None for one that is left to pages and stored files."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return None if found.view_name in CATCH_ALL else found
