"""Listing pages: detect pages that only list posts or work, for which the new site has views.

A list of anything else, such as the documents of a collection, is shown as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Any

from portfolio.documents.front_matter import FrontMatterError, split_front_matter
from portfolio.documents.limits import MAX_FILE
from portfolio.documents.listed_collections import LISTED
from portfolio.engines.jekyll.bibliographies import LIST, bibliography_paths
from portfolio.engines.jekyll.config import markdown_extensions
from portfolio.engines.jekyll.liquid.partials import find_include, find_relative
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.jekyll.tree import FILE_EXTENSIONS, HTML_EXTENSIONS
from portfolio.engines.walk import read_bytes, refusal

_LISTS = re.compile(
    r"\bpaginator\b|\bsite\.(?:posts|pages|html_pages|categories|tags|documents|collections|related_posts)\b"
)
_LISTED = re.compile(rf"\bsite\.(?:{'|'.join(sorted(LISTED))})\b")
_POSTS = re.compile(r"\bpaginator\b|\bsite\.(?:posts|categories|tags|documents|related_posts)\b")


_MAX_LAYOUTS = 8  # nested layouts
_LIST_LAYOUT = re.compile(r"home|index|posts|blog|archive|tags?\b|tagpage|categor|collection|search|news|list")
_SEARCH = re.compile(r"/search(?:/|\.html?)?$")
_FIELD = re.compile(r"<(?:form|input|script)\b", re.IGNORECASE)
_MAX_INCLUDES = 100
_INCLUDE = re.compile(r"{%-?\s*include(?:_cached|(?P<relative>_relative))?\s+(?P<name>[^\s{}%]+)(?:[^%]|%(?!}))*%}")
_GIVEN = re.compile(r"=\s*(site\.\w+)")
_PAGE_CHROME = re.compile(r"nav|menu|head|foot|side|crumb|toc|related|comment|analytics|share")
_MAX_OWN_WORDS = 40  # a heading and a sentence above a list; a page with more text is not a listing
_INNER_LOOP = re.compile(r"{%-?\s*for\b(?:(?!{%-?\s*(?:for|endfor)\b).)*{%-?\s*endfor\s*-?%}", re.DOTALL)
_NOT_TEXT = re.compile(r"{%.*?%}|{{.*?}}|<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def is_listing(path: str, address: str, body: str, data: Mapping[str, Any], site: JekyllSite) -> bool:
    """Whether a page is a feed or a search form, gets a list from its layout, or has little text besides a list."""
    if is_file(path, address, site.config):
        return True
    if not body.strip():
        return _layout_lists(data.get("layout"), site)
    text = with_includes(body, path, site)
    if _SEARCH.search(address.lower()) and _FIELD.search(text) and own_words(text) <= _MAX_OWN_WORDS:
        return True
    liquid = liquid_in(text)
    is_list = _POSTS.search(liquid) or _LISTED.search(liquid) or lists_bibliography(text, site)
    is_list = is_list and not lists_others(text, site.config["collections"])
    return bool(is_list) and own_words(text) <= _MAX_OWN_WORDS


def lists_bibliography(text: str, site: JekyllSite) -> bool:
    """Whether the page lists the works of the site's bibliography, which become publications."""
    return LIST.search(text) is not None and bool(bibliography_paths(site.root, site.config))


def is_file(path: str, address: str, config: Mapping[str, Any]) -> bool:
    """Whether a template becomes a file that is no page, by its own name or, if it is HTML, by its address."""
    extension = posixpath.splitext(path)[1].lower()
    if extension in HTML_EXTENSIONS:
        return posixpath.splitext(address)[1].lower() in FILE_EXTENSIONS
    return extension not in markdown_extensions(config)


def with_includes(body: str, path: str, site: JekyllSite) -> str:
    """Return ``body`` with includes expanded, except menus, headers and the like."""
    files = 0

    def text_of(tag: re.Match[str]) -> str:
        nonlocal files
        files += 1
        if files > _MAX_INCLUDES or _PAGE_CHROME.search(tag["name"].lower()):
            return " "
        relative = tag["relative"] is not None
        # An include may be given what it lists.
        given = " ".join(f"{{{{ {value} }}}}" for value in _GIVEN.findall(tag[0]))
        return given + (find_relative(site, tag["name"], path) if relative else find_include(site, tag["name"]))[0]

    for _ in range(_MAX_LAYOUTS):
        body, replaced = _INCLUDE.subn(text_of, body)
        if not replaced:
            break
    return body


def _layout_lists(name: object, site: JekyllSite) -> bool:
    """Whether the layout or a parent layout lists documents; a layout of a theme is judged by its name."""
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
    """Whether Liquid in ``body`` lists documents of the site."""
    liquid = liquid_in(body)
    if _LISTS.search(liquid):
        return True
    names = collection_names(collections)
    return bool(names and re.search(rf"\bsite\.(?:{names})\b", liquid))


def lists_others(body: str, collections: Mapping[str, Any]) -> bool:
    """Whether Liquid in ``body`` goes through what the new site has no list of: other collections, pages or data."""
    others = [name for name, about in collections.items() if str(name).lower() not in LISTED or not is_output(about)]
    names = "|".join(filter(None, ("collections|data|html_pages|pages", collection_names(others))))
    return re.search(rf"{{%-?\s*(?:assign|for)\b[^%]*\bsite\.(?:{names})\b", body) is not None


def is_output(about: Any) -> bool:
    """Whether the documents of a collection have pages."""
    return isinstance(about, Mapping) and about.get("output") is True


def collection_names(collections: Iterable[str]) -> str:
    return "|".join(re.escape(str(name)) for name in collections if name != "posts")


def liquid_in(body: str) -> str:
    return " ".join(re.findall(r"{[{%](.*?)[%}]}", body, re.DOTALL))


def own_words(body: str) -> int:
    """Return the number of words in the text, outside loops, tags and markup."""
    rest, removed = _INNER_LOOP.subn(" ", body)
    while removed:
        rest, removed = _INNER_LOOP.subn(" ", rest)
    return len(re.findall(r"\w+", _NOT_TEXT.sub(" ", rest)))
