"""Addresses that the site needs for itself, so that no page may have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# Where the owner's own page or file comes first: a CV under its most usual address stays what it was.
GIVES_WAY = frozenset({"resume", "resume.pdf"})
LITERAL = re.compile(r"[^/<>()\[\]{}|*+?$]+")


@cache
def own_beginnings() -> frozenset[str]:
    """The first part of each fixed address: "admin", "feed.xml". Those of static and media files are among them."""
    folders = (settings.STATIC_URL, settings.MEDIA_URL)
    found = frozenset([*beginnings(get_resolver().url_patterns), *(folder.strip("/") for folder in folders)])
    return found - GIVES_WAY


def beginnings(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern).removeprefix("^").replace("\\", "")
        if not route and isinstance(pattern, URLResolver):
            yield from beginnings(pattern.url_patterns)
        elif (first := LITERAL.match(route)) and first.end() in (len(route.rstrip("$")), route.find("/")):
            yield first[0]
