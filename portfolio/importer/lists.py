"""Old addresses of lists (tags, archives, feeds) lead to the lists that the new site makes itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

from wagtail.contrib.redirects.models import Redirect

from portfolio.importer.document import Document
from portfolio.importer.links import OldSite
from portfolio.importer.redirects import Redirects

ARCHIVE = "/archive/"
LONGEST = 255  # characters of a redirect's old path
_FEED = re.compile(r"(?:^|[/._-])(?:feed|atom|rss)(?:[/._-]|$)")
_NAMES = {"sitemap": "/sitemap.xml", "search": "/search/", "robots": "/robots.txt"}

ListAddress = Callable[[Document], str]


def list_address(document: Document) -> str:
    """The address here of the list that ``document`` was; "" for files that are no list for readers."""
    url = document.url.lower()
    name, extension = posixpath.splitext(posixpath.basename(url.rstrip("/")))
    if _FEED.search(url):
        return "/feed.json" if extension == ".json" else "/feed.xml"
    for word, address in _NAMES.items():
        if word in name:
            return address
    if extension not in ("", ".html", ".htm"):
        return ""
    at_the_root = name in ("", "index") and "/" not in document.path
    return "/" if at_the_root else ARCHIVE


def redirect_lists(
    documents: Iterable[Document],
    old_site: OldSite,
    address_of: ListAddress,
    page_of: Callable[[str], int | None],
    redirects: Redirects,
) -> None:
    """Send the addresses of ``documents`` to where such a list is now, or to where they sent readers themselves.

    ``page_of`` knows the page at an old address, so that nobody is sent on twice. A redirect is asked for only where
    nothing else answers, so an address that the new site has too stays its own. Redirects that somebody has made
    already are left alone.
    """
    wanted: dict[str, Redirect] = {}
    for document in documents:
        address = document.moved_to or address_of(document)
        page = page_of(old_site.without_base(document.moved_to)) if document.moved_to.startswith("/") else None
        for old in document.old_urls if address else ():
            for path in (old, old_site.without_base(old)):
                plain = Redirect.normalise_path(path)
                if path != "/" and len(plain) <= LONGEST and plain != Redirect.normalise_path(address):
                    target = {"redirect_page_id": page} if page else {"redirect_link": address}
                    wanted.setdefault(plain, Redirect(old_path=plain, is_permanent=True, **target))
    known = set(Redirect.objects.filter(site=None, old_path__in=wanted).values_list("old_path", flat=True))
    redirects.make(redirect for path, redirect in wanted.items() if path not in known)
