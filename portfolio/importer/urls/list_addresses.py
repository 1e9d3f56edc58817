"""Addresses of the lists here that replace those of the old site. Pure."""

from __future__ import annotations

import posixpath
import re

from portfolio.documents.document import Document

ARCHIVE = "/archive/"
PAGES = ("", ".html", ".htm")
_FEED = re.compile(r"(?:^|[/._-])(?:feed|atom|rss)(?:[/._-]|$)")
_NAMES = {"sitemap": "/sitemap.xml", "search": "/search/", "robots": "/robots.txt"}


def list_address(document: Document) -> str:
    """The address of the list here that replaces ``document``; "" for files that are no list for readers."""
    name, extension = name_of(document.url)
    if address := counterpart(document.url):
        return address
    if extension not in PAGES:
        return ""
    is_at_root = name in ("", "index") and "/" not in document.path
    return "/" if is_at_root else ARCHIVE


def is_other_file(url: str) -> bool:
    """Whether the address is that of a file that is no page, no feed and nothing else that this site has."""
    return bool(url) and name_of(url)[1] not in PAGES and not counterpart(url)


def counterpart(url: str) -> str:
    """The feed, the sitemap and the like of this site, "" for any other address."""
    name, extension = name_of(url)
    if _FEED.search(url.lower()):
        return "/feed.json" if extension == ".json" else "/feed.xml"
    return next((address for word, address in _NAMES.items() if word in name), "")


def name_of(url: str) -> tuple[str, str]:
    """The file's name and its extension, in lower case."""
    return posixpath.splitext(posixpath.basename(url.lower().rstrip("/")))
