"""Links: their targets, and links that are not part of the content."""

from __future__ import annotations

from urllib.parse import parse_qs

from bs4 import Tag

from portfolio.admin.paste.html.styles import classes
from portfolio.markdown.addresses import split_address


def link_target(element: Tag) -> str:
    """Return the target of a link, without the redirect URL of Google Docs."""
    address = str(element.get("href") or "").strip()
    parts = split_address(address)
    if parts.netloc in ("www.google.com", "google.com") and parts.path == "/url":
        values = parse_qs(parts.query)
        return next(iter(values.get("q", []) or values.get("url", [])), address)
    return address


def is_page_mark(element: Tag, address: str) -> bool:
    """Whether a link is a comment mark of Google Docs or a link symbol next to a heading."""
    is_comment = address.startswith("#cmnt")
    return is_comment or ("anchor" in classes(element).split() and not element.get_text().strip(" #¶§"))
