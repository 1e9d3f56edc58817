"""Pages that only list other pages: the engine's templates, which the new site has views for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from portfolio.importer.frontmatter import FrontMatterError, split_front_matter
from portfolio.importer.limits import MAX_FILE
from portfolio.importer.liquid.partials import find_include, find_relative
from portfolio.importer.site_context import SiteContext
from portfolio.importer.sources.jekyll import TEMPLATE_EXTENSIONS
from portfolio.importer.sources.walk import read_bytes, refusal

_LISTS = re.compile(
    r"\bpaginator\b|\bsite\.(?:posts|pages|html_pages|categories|tags|documents|collections|related_posts)\b"
)


_MAX_LAYOUTS = 8  # inside each other
_LIST_LAYOUT = re.compile(r"home|index|posts|blog|archive|tags?\b|tagpage|categor|collection|search|news|list")
_MAX_INCLUDES = 100
_INCLUDE = re.compile(r"{%-?\s*include(?:_cached|(?P<relative>_relative))?\s+(?P<name>[^\s{}%]+)(?:[^%]|%(?!}))*%}")
_FURNITURE = re.compile(r"nav|menu|head|foot|side|crumb|toc|related|comment|analytics|share")
_FEW_WORDS = 40  # a heading and a sentence above a list; a page with more to say is a page
_INNER_LOOP = re.compile(r"{%-?\s*for\b(?:(?!{%-?\s*(?:for|endfor)\b).)*{%-?\s*endfor\s*-?%}", re.DOTALL)
_NOT_TEXT = re.compile(r"{%.*?%}|{{.*?}}|<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def is_listing(path: str, body: str, data: Mapping[str, Any], site: SiteContext) -> bool:
    """True for feeds and the like, for a page of which a layout makes a list, and for one with little but a list."""
    if posixpath.splitext(path)[1].lower() in TEMPLATE_EXTENSIONS:
        return True
    if not body.strip():
        return _layout_lists(data.get("layout"), site)
    text = with_includes(body, path, site)
    return lists_documents(text, site.config["collections"]) and own_words(text) <= _FEW_WORDS


def with_includes(body: str, path: str, site: SiteContext) -> str:
    """``body`` with the text of what it includes in place of the tags, but for the furniture of a page."""
    files = 0

    def text_of(tag: re.Match[str]) -> str:
        nonlocal files
        files += 1
        if files > _MAX_INCLUDES or _FURNITURE.search(tag["name"].lower()):
            return " "
        relative = tag["relative"] is not None
        return (find_relative(site, tag["name"], path) if relative else find_include(site, tag["name"]))[0]

    for _ in range(_MAX_LAYOUTS):
        body, found = _INCLUDE.subn(text_of, body)
        if not found:
            break
    return body


def _layout_lists(name: object, site: SiteContext) -> bool:
    """True when the layout or one around it goes through the documents; one of a theme is known by its name only."""
    folder = site.root / str(site.config.get("layouts_dir") or "_layouts")
    for _ in range(_MAX_LAYOUTS):
        if not isinstance(name, str) or name in ("none", "null", ""):
            return False
        file = next(
            (file for end in (".html", ".liquid", ".md", "") if (file := folder / f"{name}{end}").is_file()), None
        )
        if file is None or refusal(file, site.root):
            return _LIST_LAYOUT.search(name.lower()) is not None
        try:
            data = read_bytes(file, MAX_FILE)
            front = split_front_matter(data)
        except (OSError, ValueError, FrontMatterError):
            return False
        if lists_documents(data[front.body_start :].decode("utf-8", "replace"), site.config["collections"]):
            return True
        name = front.values.get("layout")
    return False


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
