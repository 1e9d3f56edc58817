"""What the rich text editor makes of prose in which nothing is in doubt, without asking it.

Draftail reads and writes a paragraph in about a millisecond, and a site has thousands. Nearly all of them are text,
links and single marks, and for those its answer is known; for everything else there is none here, and it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_SPACE = re.compile(r"[\t\r\n\f][ \t\r\n\f]*| [ \t\r\n\f]+")  # all but single spaces, which stay as they are
# Every other character below the letters may be read in two ways, and so may spaces that are not plain ones.
# One set of characters, written out: a search for that is a hundred times as fast as for one set or another.
_DOUBTFUL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff\ufffc]")
_LINK = re.compile(r'<a href="((?:https?://|/(?!/))(?:[^<>"\'&\s\\]|&amp;)*)">')
_OPEN = {
    "<strong>": "b", "<b>": "b", "<em>": "i", "<i>": "i", "<code>": "code",
    '<code class="language-plaintext highlighter-rouge">': "code", '<code class="highlighter-rouge">': "code",
}  # fmt: skip
_CLOSE = {"</strong>": "b", "</b>": "b", "</em>": "i", "</i>": "i", "</code>": "code", "</a>": "a"}
_BLOCKS = {"<p>": ("</p>", ""), "<ul>": ("</ul>", "<li>"), "<ol>": ("</ol>", "<li>")}


def stored_form(html: str) -> str | None:
    """``html`` as Draftail stores it, or None when that is not plain to see.

    Known are paragraphs and lists without lists in them; in them text, links, and text in bold, italics or code, one
    mark at a time and not at the edge of a space.
    """
    if _DOUBTFUL.search(html):
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
    """The items of a list; None when in doubt."""
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
    """What stands before ``end``, of which the tokens are used up; None when in doubt."""
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
            # An empty mark, or one closed by another's name.
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
    if text is not token and _DOUBTFUL.search(text):
        return None
    return escape(_SPACE.sub(" ", text), quote=False)
