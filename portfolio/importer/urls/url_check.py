"""URL check: whether the site answers at an address, by its rows and routes, without rendering anything."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portfolio.importer.bulk.rows import portions
from portfolio.markdown.addresses import decoded
from portfolio.validation.reserved_slugs import reserved_first_segments

AT_ONCE = 500
CATCH_ALL = frozenset({"wagtail_serve", "media", "markdown_page"})


def unanswered(addresses: Iterable[str]) -> set[str]:
    """The ``addresses`` that no live page, no redirect to one and no view of the site answers."""
    return {path for path, answer in answers(addresses).items() if answer == ""}


def answers(addresses: Iterable[str]) -> dict[str, str]:
    """What answers at each address: the path of a page, the target of a redirect to no page, or "" for nothing.

    Addresses that a view of the site answers, whatever its content is, are left out.
    """
    found: dict[str, str] = {}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path.rstrip("/") if site else ""
    for paths in portions(sorted({path for path in addresses if not (has_view(path) or is_own(path))}), AT_ONCE):
        urls = {path: f"{root}{decoded(path).rstrip('/')}/" for path in paths}
        pages = set(Page.objects.live().filter(url_path__in=urls.values()).values_list("url_path", flat=True))
        plain = {path: Redirect.normalise_path(path) for path in paths}
        stored = Redirect.objects.filter(old_path__in=plain.values())
        redirects = {
            old_path: page.removeprefix(root) if page and live else ("" if page else link)
            for old_path, page, live, link in stored.values_list(
                "old_path", "redirect_page__url_path", "redirect_page__live", "redirect_link"
            )
        }
        for path in paths:
            found[path] = urls[path].removeprefix(root) if urls[path] in pages else redirects.get(plain[path], "")
    return found


def is_own(path: str) -> bool:
    """Whether the site itself answers at ``path`` whatever its content is, so that no redirect is ever looked up.

    The list of a tag, for instance, does not: there may be no such tag.
    """
    path = unquote(path)
    if path.strip("/").partition("/")[0] not in reserved_first_segments():
        return False
    if path.startswith(settings.ADMIN_PREFIX):
        return True
    matches = [match for spelling in (path, f"{path}/") if (match := view_of(spelling)) is not None]
    return any(not match.args and not match.captured_kwargs for match in matches)


def is_among_files(path: str) -> bool:
    """Whether ``path`` is below the site's own files, which a web server in front may serve by itself."""
    return unquote(path).startswith((settings.STATIC_URL, settings.MEDIA_URL))


def has_view(path: str) -> bool:
    return view_of(unquote(path)) is not None


def view_of(path: str) -> ResolverMatch | None:
    """The view of a fixed address; None for a ``path`` that is left to pages and stored files."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return None if match.view_name in CATCH_ALL else match
