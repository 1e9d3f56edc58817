"""Dated file names: date and slug in ``2021-05-04-low-water.md``, as in Jekyll and other generators."""

from __future__ import annotations

import posixpath
import re

DATED_NAME = re.compile(r"(?:^|/)(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)$")
UNDATED_NAME = re.compile(r"(?:^|/)([^/]*)(\.[^./]+)$")


def date_and_slug(path: str, kind: str) -> tuple[str, str]:
    """Return date and slug as text; either may be "". A page has no date; an index gets the name of its folder."""
    name = posixpath.basename(path)
    match = DATED_NAME.search(name)
    if match and kind not in ("page", "interview"):
        return match[1], match[2].rstrip(".")
    match = UNDATED_NAME.search(name)
    slug = (match[1] if match else name).rstrip(".")
    if slug == "index" and kind == "page":
        slug = posixpath.basename(posixpath.dirname(path)) or slug
    return "", slug
