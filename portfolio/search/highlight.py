"""Highlighting: the passage of a text that has the words of a query, with these words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portfolio.blocks.stored_values import searched_in

LENGTH = 220
BEFORE = 60


def plain_body(page: Any) -> str:
    """The words of a page's body; "" for a page without one."""
    body = getattr(page, "body", None)
    return " ".join(searched_in(body)) if body else ""


def highlighted_excerpt(texts: Iterable[str], pattern: re.Pattern[str] | None, length: int = LENGTH) -> SafeString:
    """About ``length`` characters around the first match of ``pattern``; else the beginning of the first text.

    ``texts`` are plain, and read no further than necessary; in what is returned only the matches are marked up.
    """
    first = ""
    for text in (" ".join(text.split()) for text in texts):
        first = first or text
        if pattern is None and first:
            break
        if pattern and (match := first_match(pattern, text)):
            return marked(cut(text, match.start(), length), pattern)
    return marked(cut(first, 0, length), pattern)


def pattern_of(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for any of the words, the longer first; None without words."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)), re.IGNORECASE) if longest else None


def first_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match at the beginning of a word, else the first in a word."""
    matches = list(pattern.finditer(text))
    at_words = (match for match in matches if match.start() == 0 or not text[match.start() - 1].isalnum())
    return next(at_words, matches[0] if matches else None)


def cut(text: str, index: int, length: int) -> str:
    """The words around ``index``, with dots where something is left out."""
    if len(text) <= length:
        return text
    start = max(min(index - BEFORE, len(text) - length), 0)
    start = text.find(" ", start) + 1 if start else 0
    end = start + length
    end = len(text) if end >= len(text) else text.rfind(" ", start, end)
    end = end if end > index else start + length
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def marked(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """Plain text as HTML in which the matches of ``pattern`` are marked."""
    if pattern is None:
        return escape(text)
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [escape(text[end : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        end = match.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every piece is escaped
