"""The words that a reader sees in HTML. Pure."""

from __future__ import annotations

import re
from html import unescape

from portfolio.markdown.text import visible_text

# Elements that are read as they stand, within a line and around lines, as `visible_text` has them.
INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|s|span|strong|sub|sup)(?: [^<>]*)?>")
BLOCK = re.compile(r"</?(?:blockquote|br|div|figure|h[1-6]|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)(?: [^<>]*)?/?>")


def words(html: str) -> list[str]:
    """The words a reader sees. Where only plain elements are there, it is enough to take these out."""
    text = BLOCK.sub(" ", INLINE.sub("", html))
    return unescape(text).split() if "<" not in text else visible_text(html).split()
