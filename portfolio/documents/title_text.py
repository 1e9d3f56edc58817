"""Title text: convert titles between HTML in front matter and plain text.

Themes print ``{{ page.title }}`` unescaped, so it is HTML; here a title is plain text. Exporters of other systems write
entities (``Tea &#8211; Tom &amp; Jo``), authors write some markup (``The <em>big</em> one``).
Character references: https://html.spec.whatwg.org/multipage/syntax.html
"""

from __future__ import annotations

import re
from html import escape, unescape
from html.entities import html5

# Only inline elements; anything else in angle brackets is text of the author: ``vector<int>``.
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|"
    "sub|sup|tt|u|var|wbr"
)
_TAG = re.compile(
    rf"""<(?P<end>/)?(?P<name>{_INLINE})(?P<attributes>(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)\s*/?>""", re.I
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


def plain_title(title: str) -> str:
    """Return a title as plain text, without elements and with character references resolved."""
    if "<" not in title and "&" not in title:
        return title
    text = _REFERENCE.sub(_character, _TAG.sub(_words, title))
    return " ".join(text.split())


def has_elements(title: str) -> bool:
    """Whether `plain_title` removes elements from the title."""
    return "<" in title and _TAG.search(title) is not None


def title_markup(title: str) -> str:
    """Return a plain title for front matter, escaped only if reading it as HTML would change it."""
    return title if plain_title(title) == " ".join(title.split()) else escape(title, quote=False)


def title_of_slug(slug: str) -> str:
    """Return a title for a slug: ``a-new-thing`` is "A New Thing"."""
    return " ".join(word.capitalize() for word in slug.split("-"))


def _character(reference: re.Match[str]) -> str:
    """Resolve a character reference; an unknown name stays, although a browser may match a shorter one."""
    name = reference[0][1:]
    return unescape(reference[0]) if name.startswith("#") else html5.get(name, reference[0])


def _words(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    if name == "img":
        words = _ALTERNATIVE.search(tag["attributes"])
        return (words[1] or words[2] or "") if words else ""
    return " " if name == "br" else ""
