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


_FEW_WORDS = 40  # a heading and a sentence above a list; a page with more to say is a page
_INNER_LOOP = re.compile(r"{%-?\s*for\b(?:(?!{%-?\s*(?:for|endfor)\b).)*{%-?\s*endfor\s*-?%}", re.DOTALL)
_NOT_TEXT = re.compile(r"{%.*?%}|{{.*?}}|<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def is_listing(path: str, body: str, data: Mapping[str, Any], collections: Mapping[str, Any]) -> bool:
    """True for feeds and the like, for a page with a layout and no text, and for one with little but a list."""
    if posixpath.splitext(path)[1].lower() in TEMPLATE_EXTENSIONS:
        return True
    if not body.strip():
        return data.get("layout") not in (None, "none", False)
    return lists_documents(body, collections) and own_words(body) <= _FEW_WORDS


def lists_documents(body: str, collections: Mapping[str, Any]) -> bool:
    """True when Liquid in ``body`` goes through the site's documents."""
    liquid = " ".join(re.findall(r"{[{%](.*?)[%}]}", body, re.DOTALL))
    if _LISTS.search(liquid):
        return True
    names = "|".join(re.escape(str(name)) for name in collections if name != "posts")
    return bool(names and re.search(rf"\bsite\.(?:{names})\b", liquid))


def own_words(body: str) -> int:
    """How many words stand in the text itself, outside loops, tags and mark-up."""
    rest, removed = _INNER_LOOP.subn(" ", body)
    while removed:
        rest, removed = _INNER_LOOP.subn(" ", rest)
    return len(re.findall(r"\w+", _NOT_TEXT.sub(" ", rest)))
