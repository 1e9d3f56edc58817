"""Stored rich text: make it safe to show, and check the ids in it.

Forms store valid rich text. Imports, programs and older versions may store anything, so code that reads it must not
fail, and no script in it may run.
"""

from __future__ import annotations

import re
from html import escape, unescape

from wagtail.rich_text import get_text_for_indexing

from portfolio.markdown.html.sanitise import sanitise
from portfolio.markdown.text import visible_text

MAX_KEY = 2**31 - 1
"""The highest primary key of a page, a document or an image (PostgreSQL ``integer``)."""

# Harmless elements with the attributes that Wagtail writes; a text with only these needs no parser. The start of a URL
# must be one of these literally, since a character reference could hide a scheme.
HARMLESS = re.compile(
    r"""</?(?:p|b|i|em|strong|code|s|sub|sup|ul|ol|li|h[1-6]|hr|br|blockquote|a)(?:\ data-block-key="[\w-]*")?\s*/?>
    |<a\ href="(?:https?://|mailto:|tel:|[/#])[^"<>]*">
    |<img(?:\ (?:alt|class|height|width)="[^"<>]*"|\ src="(?:https?://|/)[^"<>]*")*\s*/?>""",
    re.VERBOSE,
)
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
"""Draftail's name of a paragraph, which changes at every save."""

VOID = re.compile(r"<((?:br|hr|img|wbr)\b[^<>]*?)\s*/?>")

# The elements of stored rich text, and those that Wagtail replaces by a space.
PLAIN_TAG = re.compile(r"</?(?:a|b|code|i|li|ol|p|s|sub|sup|ul|br)(?: [^<>]*)?/?>")
ENDS_WORD = re.compile(r"</(?:p|li)>|<br\s*/>")


def key_in(text: object) -> int | None:
    """Return ``text`` as a primary key; None if no row can have it."""
    written = str(text)
    if not (written.isascii() and written.isdecimal()) or len(written) > len(str(MAX_KEY)):
        return None
    return key if 0 < (key := int(written)) <= MAX_KEY else None


def harmless(html: str) -> str:
    """Return expanded rich text without scripts, event handlers, frames and URLs that the sanitiser refuses.

    Ordinary rich text is returned as it is, without being parsed.
    """
    return html if "<" not in HARMLESS.sub("", html) else sanitise(html)


def well_formed(html: str) -> list[str]:
    """Return two simpler forms of rich text that the editor cannot read: sanitised, and as plain text."""
    return [VOID.sub(r"<\1/>", sanitise(html)), f"<p>{escape(visible_text(html), quote=False)}</p>"]


def text_for_indexing(rich_text: str) -> str:
    """Return the result of Wagtail's ``get_text_for_indexing``, without parsing ordinary rich text."""
    text = PLAIN_TAG.sub("", ENDS_WORD.sub(" ", rich_text))
    return get_text_for_indexing(rich_text) if "<" in text else unescape(text.strip())
