"""Pages that only list other pages: the engine's templates, which the new site has views for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from portfolio.importer.sources.jekyll import TEMPLATE_EXTENSIONS

_LISTS = re.compile(
    r"\bpaginator\b|\bsite\.(?:posts|pages|html_pages|categories|tags|documents|collections|related_posts)\b"
)


def is_listing(path: str, body: str, data: Mapping[str, Any], collections: Mapping[str, Any]) -> bool:
    """True for feeds and the like, for a page with a layout and no text, and for text that goes through the posts."""
    if posixpath.splitext(path)[1].lower() in TEMPLATE_EXTENSIONS:
        return True
    if not body.strip():
        return data.get("layout") not in (None, "none", False)
    liquid = " ".join(re.findall(r"{[{%](.*?)[%}]}", body, re.DOTALL))
    if _LISTS.search(liquid):
        return True
    names = "|".join(re.escape(str(name)) for name in collections if name != "posts")
    return bool(names and re.search(rf"\bsite\.(?:{names})\b", liquid))
