"""Reserved slugs: the first path segments of the site's own URLs, which no page may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

# Here a page or file of the owner takes precedence, so that an imported CV keeps its usual address.
OVERRIDABLE = frozenset({"resume", "resume.pdf"})
LITERAL_SEGMENT = re.compile(r"[^/<>()\[\]{}|*+?$]+")


@cache
def reserved_first_segments() -> frozenset[str]:
    """The first segment of each fixed URL, of static and media files too: "admin", "feed.xml"."""
    folders = (settings.STATIC_URL, settings.MEDIA_URL)
    segments = frozenset([*first_segments(get_resolver().url_patterns), *(folder.strip("/") for folder in folders)])
    return segments - OVERRIDABLE


def first_segments(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern).removeprefix("^").replace("\\", "")
        if not route and isinstance(pattern, URLResolver):
            yield from first_segments(pattern.url_patterns)
        elif (first := LITERAL_SEGMENT.match(route)) and first.end() in (len(route.rstrip("$")), route.find("/")):
            yield first[0]
