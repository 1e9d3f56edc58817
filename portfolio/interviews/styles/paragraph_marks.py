"""Paragraph marks: how the whole of a paragraph is set apart, by type, a sign, a dash or a label that asks."""

from __future__ import annotations

import re
from typing import NamedTuple

from portfolio.interviews.speakers import asked

DASH = re.compile(r"[—–―─]{1,3}\s*(?P<text>[^—–―─\s].*)", re.DOTALL)
DOUBLE_DASH = re.compile(r"[—–―─]{2}")
HEADING = re.compile(r"(?P<level>#{1,6})\s++(?P<text>.+)", re.DOTALL)
_MARKS = {
    "bold": re.compile(r"(?:\*\*\*?|__)(?P<text>(?:(?!\*\*|__).)+)(?:\*\*\*?|__)\s*", re.DOTALL),
    "italic": re.compile(r"(?:(?<!\*)\*(?!\*)|(?<!_)_(?!_))(?P<text>[^*_]+)(?:\*|_)\s*", re.DOTALL),
    "square": re.compile(r"[■◆●▶◇□○▼]\s*(?P<text>.+)", re.DOTALL),
}
# The tags of HTML that set words apart, whole or with a class; what they mark is as good as bold or italic.
_TAGGED = re.compile(
    r"<(?P<tag>b|strong|i|em)(?:\s[^<>]{0,200})?>(?P<text>(?:(?!</(?P=tag)\s*>).)+)</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?(?:b|strong|i|em)(?:\s[^<>]{0,200})?>", re.IGNORECASE)


class ParagraphMark(NamedTuple):
    """The ``kind`` of a mark ("bold", "italic", "square", "heading 2", "dash", "double dash", "asked") and its text."""

    kind: str
    text: str


def paragraph_mark(text: str) -> ParagraphMark | None:
    """The mark around the whole of a paragraph; None without one."""
    if match := _TAGGED.fullmatch(text):
        kind = "bold" if match["tag"].lower() in {"b", "strong"} else "italic"
        return ParagraphMark(kind, _TAG.sub("", match["text"]).strip())
    for kind, pattern in _MARKS.items():
        if match := pattern.fullmatch(text):
            return ParagraphMark(kind, match["text"].strip())
    if match := HEADING.fullmatch(text):
        return ParagraphMark(f"heading {len(match['level'])}", heading_text(match))
    if match := DASH.fullmatch(text):
        return ParagraphMark("double dash" if DOUBLE_DASH.match(text) else "dash", match["text"].strip())
    return ParagraphMark("asked", question) if (question := asked(text)) else None


def heading_text(match: re.Match[str]) -> str:
    """The text of a heading, without the signs behind it."""
    return (match["text"].rstrip("#").rstrip() or match["text"]).strip("*_ ")
