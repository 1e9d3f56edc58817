"""Redirects from old listing pages (tags, archives, feeds) to the lists that the new site makes itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wagtail.contrib.redirects.models import Redirect

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.links import OldSite, Target, normalise
from portfolio.importer.urls.redirects import LONGEST_PATH, Redirects

ListAddress = Callable[[Document], str]


def redirect_lists(
    documents: Sequence[Document],
    old_site: OldSite,
    address_of: ListAddress,
    page_of: Callable[[str], int | None],
    redirects: Redirects,
) -> dict[str, list[Problem]]:
    """Redirect the addresses of ``documents`` to their list here, or to the target of a document that only redirects.

    ``page_of`` finds the page at an old address, and a chain of redirects leads to its end, so that one is enough.
    One that leads back to itself gets no redirect: the problems are returned by path.
    Redirects are looked up only where nothing else answers, so an address that the new site has too needs no check.
    Existing redirects are left alone.
    """
    new: dict[str, Redirect] = {}
    problems: dict[str, list[Problem]] = {}
    chains = {
        normalise(old_site.without_base(old)): document
        for document in documents
        for old in document.old_urls
        if document.moved_to or address_of(document)
    }
    for document in documents:
        address, target = document.moved_to or address_of(document), None
        if document.moved_to:
            loop, address, target = end_of_chain(document, chains, old_site, address_of)
            if loop:
                message = f"sends readers round in a circle ({' -> '.join(loop)}); nothing answers at its address"
                problems.setdefault(document.path, []).append(Problem(Severity.ERROR, "redirect-loop", message))
                continue
        page = page_of(target.path) if target is not None and not target.fragment else None
        for old in document.old_urls if address else ():
            for path in (old, old_site.without_base(old)):
                plain = Redirect.normalise_path(path)
                if path != "/" and len(plain) <= LONGEST_PATH and plain != Redirect.normalise_path(address):
                    leads = {"redirect_page_id": page} if page else {"redirect_link": address}
                    new.setdefault(plain, Redirect(old_path=plain, is_permanent=True, **leads))
    existing = set(Redirect.objects.filter(site=None, old_path__in=new).values_list("old_path", flat=True))
    redirects.make(redirect for path, redirect in new.items() if path not in existing)
    return problems


def end_of_chain(
    document: Document, documents: Mapping[str, Document], old_site: OldSite, address_of: ListAddress
) -> tuple[Sequence[str], str, Target | None]:
    """Follow a document that only redirects through others: a circle if it never ends, the address at its end, and the
    target in the old site that this is. ``documents`` are those that are no pages, by their old addresses.
    """
    address, passed = document.moved_to, [document.url]
    while (target := old_site.target(address, "")) is not None:
        other = documents.get(normalise(target.path))
        if other is None:
            path = old_site.base_path + target.path
            return (), f"{path}#{target.fragment}" if target.fragment else path, target
        if not other.moved_to:
            return (), address_of(other), None
        if other.url in passed:
            return (*passed, other.url), "", None
        passed.append(other.url)
        address = other.moved_to
    return (), address, None
