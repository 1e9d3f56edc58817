"""Headings without a heading element: by ARIA role or by a style of Word."""

from __future__ import annotations

import re

from bs4 import Tag

from portfolio.admin.paste.html.styles import classes

_TITLES = re.compile(r"\bMso(?:Title|Subtitle|Heading)", re.IGNORECASE)


def heading_level(element: Tag) -> int | None:
    """Return the heading level of a block element; None if it is not a heading."""
    if element.get("role") == "heading":
        level = str(element.get("aria-level") or "")
        return int(level) if level in tuple("123456") else 2
    title = _TITLES.search(classes(element))
    if title is None:
        return None
    return 1 if title[0].lower() == "msotitle" else 2
