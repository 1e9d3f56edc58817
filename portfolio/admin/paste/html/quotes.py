"""Quotations: detect them, and group their constructs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import Tag

from portfolio.admin.paste.html.constructs import PastedConstruct, PastedListItem, PastedParagraph, PastedQuote
from portfolio.admin.paste.html.styles import classes, style_of

_QUOTES = re.compile(r"\bMso(?:Intense)?Quote", re.IGNORECASE)


def is_word_quote(element: Tag) -> bool:
    """Whether a paragraph has one of Word's quotation styles."""
    return _QUOTES.search(classes(element)) is not None


def is_indent(element: Tag) -> bool:
    """Whether a quotation element is only an indented paragraph, as browsers write it."""
    style = style_of(element)
    return style.get("border", "").startswith("none") and "40px" in style.get("margin", "")


def quoted(constructs: Sequence[PastedConstruct]) -> Iterator[PastedConstruct]:
    """Yield paragraphs and lists as quotations, and other constructs between them."""
    parts: list[PastedParagraph | PastedListItem] = []
    for construct in [*constructs, None]:
        if isinstance(construct, PastedParagraph | PastedListItem):
            parts.append(construct)
            continue
        if isinstance(construct, PastedQuote):
            parts += construct.parts
            continue
        if parts:
            yield PastedQuote(parts)
        parts = []
        if construct is not None:
            yield construct
