"""Visible words of HTML."""

from __future__ import annotations

import re
from html import unescape

from portfolio.markdown.text import visible_text

# Elements without hidden content: inline ones, and block ones that separate words, as in `visible_text`.
INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|s|span|strong|sub|sup)(?: [^<>]*)?>")
BLOCK = re.compile(r"</?(?:blockquote|br|div|figure|h[1-6]|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)(?: [^<>]*)?/?>")


def words(html: str) -> list[str]:
    """Return the visible words. HTML with only plain elements is not parsed."""
    text = BLOCK.sub(" ", INLINE.sub("", html))
    return unescape(text).split() if "<" not in text else visible_text(html).split()
