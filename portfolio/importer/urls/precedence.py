"""Precedence: which of several documents had an address, because the old engine wrote it over the others."""

from __future__ import annotations

PAGE, REDIRECT, DOCUMENT = range(3)


def precedence(kind: str, *, is_redirect: bool = False) -> int:
    """Return the rank of an address of a document: pages are written first, redirects next, posts and documents last.

    Of those with the same rank the last in the source has the address.
    """
    if is_redirect:
        return REDIRECT
    return DOCUMENT if kind == "post" or kind.startswith("collection") else PAGE
