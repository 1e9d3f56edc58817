"""Plain prose: the result of Draftail's conversion for simple paragraphs and lists, without running Draftail.

Draftail converts a paragraph in about a millisecond, and a site has thousands. Nearly all of them contain only text,
links and single marks, for which the result is predictable. For everything else the result here is None, and the
caller runs Draftail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_SPACE = re.compile(r"[\t\r\n\f][ \t\r\n\f]*| [ \t\r\n\f]+")  # all but single spaces, which stay as they are
# Control characters and special spaces, whose result is not predictable. One set of characters is a hundred times as
# fast to search for as alternatives of sets.
_UNPREDICTABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff\ufffc]"
)
_LINK = re.compile(r'<a href="((?:https?://|/(?!/))(?:[^<>"\'&\s\\]|&amp;)*)">')
_OPEN = {
    "<strong>": "b", "<b>": "b", "<em>": "i", "<i>": "i", "<code>": "code",
    '<code class="language-plaintext highlighter-rouge">': "code", '<code class="highlighter-rouge">': "code",
}  # fmt: skip
_CLOSE = {"</strong>": "b", "</b>": "b", "</em>": "i", "</i>": "i", "</code>": "code", "</a>": "a"}
_BLOCKS = {"<p>": ("</p>", ""), "<ul>": ("</ul>", "<li>"), "<ol>": ("</ol>", "<li>")}


def stored_form(html: str) -> str | None:
    """Return ``html`` as Draftail stores it, or None if that is not predictable.

    Predictable are paragraphs and lists without nested lists, with text, links, and text in bold, italics or code: one
    mark at a time, and no space at its edge.
    """
    if _UNPREDICTABLE.search(html):
        return None
    tokens = (token for token in _TOKEN.findall(html))
    out: list[str] = []
    for token in tokens:
        if token.isspace():
            continue
        end, item = _BLOCKS.get(token, ("", ""))
        if not end or (item and out and out[-1].endswith(end)):
            return None  # something else; or two lists in a row, which become one
        inner = _items(tokens, item, end) if item else _inline(tokens, end)
        if not inner:
            return None
        out.append(f"{token}{inner}{end}")
    return "".join(out)


def _items(tokens: Iterator[str], item: str, end: str) -> str | None:
    """Return the items of a list; None if not predictable."""
    out: list[str] = []
    for token in tokens:
        if token.isspace():
            continue
        if token == end:
            return "".join(out)
        inner = _inline(tokens, "</li>") if token == item else None
        if not inner:
            return None
        out.append(f"{item}{inner}</li>")
    return None


def _inline(tokens: Iterator[str], end: str) -> str | None:
    """Consume the tokens up to ``end`` and return their stored form; None if not predictable."""
    out: list[str] = []
    mark = ""
    for token in tokens:
        if token[0] != "<":
            text = _text(token)
            if text is None or (mark and (text[0] == " " or text[-1] == " ")):
                return None
            out.append(text)
        elif token == end:
            return None if mark else "".join(out).strip(" ")
        elif token in _CLOSE:
            # An empty mark, or one with the wrong end tag.
            if mark != _CLOSE[token] or out[-1][0] == "<":
                return None
            out.append(f"</{mark}>")
            mark = ""
        elif mark or (out and out[-1][:2] == "</"):
            return None  # a mark in a mark, or one right after another
        elif token in _OPEN:
            mark = _OPEN[token]
            out.append(f"<{mark}>")
        elif _LINK.fullmatch(token):
            mark = "a"
            out.append(token)
        else:
            return None
    return None


def _text(token: str) -> str | None:
    text = unescape(token)
    if text is not token and _UNPREDICTABLE.search(text):
        return None
    return escape(_SPACE.sub(" ", text), quote=False)
