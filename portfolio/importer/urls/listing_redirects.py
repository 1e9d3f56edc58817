"""Redirects from old listing pages (tags, archives, feeds) to the lists that the new site makes itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wagtail.contrib.redirects.models import Redirect

from portfolio.documents.document import Document
from portfolio.documents.links import OldSite
from portfolio.importer.urls.redirects import LONGEST_PATH, Redirects

ListAddress = Callable[[Document], str]


def redirect_lists(
    documents: Iterable[Document],
    old_site: OldSite,
    address_of: ListAddress,
    page_of: Callable[[str], int | None],
    redirects: Redirects,
) -> None:
    """Redirect the addresses of ``documents`` to their list here, or to the target of a document that only redirects.

    ``page_of`` finds the page at an old address, so that one redirect is enough. Redirects are looked up only where
    nothing else answers, so an address that the new site has too needs no check. Existing redirects are left alone.
    """
    new: dict[str, Redirect] = {}
    for document in documents:
        address = document.moved_to or address_of(document)
        page = page_of(old_site.without_base(document.moved_to)) if document.moved_to.startswith("/") else None
        for old in document.old_urls if address else ():
            for path in (old, old_site.without_base(old)):
                plain = Redirect.normalise_path(path)
                if path != "/" and len(plain) <= LONGEST_PATH and plain != Redirect.normalise_path(address):
                    target = {"redirect_page_id": page} if page else {"redirect_link": address}
                    new.setdefault(plain, Redirect(old_path=plain, is_permanent=True, **target))
    existing = set(Redirect.objects.filter(site=None, old_path__in=new).values_list("old_path", flat=True))
    redirects.make(redirect for path, redirect in new.items() if path not in existing)
