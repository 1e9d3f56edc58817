"""Parse clipboard HTML to a tree as browsers do, without scripts, styles and other non-content."""

from __future__ import annotations

import re

import nh3
from bs4 import BeautifulSoup, Tag

from portfolio.markdown.html.policy import LINK_SCHEMES
from portfolio.markdown.html.scanner import VOID, Closing, Opening, scan

MAX_DEPTH = 150
"""Maximum nesting of elements, since the tree is read recursively."""

_TAGS = frozenset(
    """
    a abbr address annotation article aside b big blockquote body br caption center cite code col colgroup dd del
    details dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img
    input ins kbd label li main mark math menu nav ol p pre q s samp section semantics small span strike strong sub
    summary sup table tbody td tfoot th thead tr tt u ul var audio video mi mn mo mrow msup msub mfrac
    """.split()
)
# Dropped with their content.
_DROPPED = frozenset("script style template title xml svg object embed applet noscript button select textarea".split())
_ATTRIBUTES = {
    "*": {"style", "class", "hidden", "aria-hidden", "aria-level", "data-aria-level", "role", "align", "dir"},
    "a": {"href"},
    "annotation": {"encoding"},
    "audio": {"src"},
    "code": {"data-lang", "data-language"},
    "div": {"data-lang", "data-language"},
    "figure": {"data-lang", "data-language"},
    "font": {"face"},
    "iframe": {"src", "title", "width", "height"},
    "img": {"src", "data-src", "alt", "title", "width", "height"},
    "input": {"type", "checked"},
    "math": {"display"},
    "pre": {"data-lang", "data-language", "lang"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "video": {"src"},
}
# Elements with an implied end tag, so that unclosed ones do not count for the nesting.
_IMPLIED = frozenset("p li dt dd tr td th thead tbody tfoot colgroup option html head body".split())
_NUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u2060\ufeff]")


class NestedTooDeeply(ValueError):
    """The HTML is nested more deeply than `MAX_DEPTH`."""


def parse(html: str) -> Tag:
    """Return the tree of ``html``, without scripts, styles, comments and unknown elements. Raises `NestedTooDeeply`.

    An HTML 5 parser reads it first, so that the tree is that of a browser: Word's conditional comments are removed,
    unclosed cells are closed. URLs are not checked; callers must do that.
    """
    html = _NUL.sub("", html)
    refuse_depth(html)
    cleaned = _CLEANER.clean(html)
    return BeautifulSoup(cleaned, "html.parser", preserve_whitespace_tags=set(_TAGS))  # any element may contain code


def refuse_depth(html: str) -> None:
    depth = 0
    for part in scan(html):
        if isinstance(part, Opening) and part.name not in VOID and part.name not in _IMPLIED and not part.closed:
            depth += 1
            if depth > MAX_DEPTH:
                raise NestedTooDeeply("This is nested too deeply to be read.")
        elif isinstance(part, Closing) and part.name not in _IMPLIED:
            depth = max(0, depth - 1)


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_DROPPED),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    strip_comments=True,
    link_rel=None,
    url_schemes=set(LINK_SCHEMES) | {"data", "file", "blob", "pasted", "cid", "about", "webkit-fake-url", "javascript"},
)
