"""Prose text: blank out code and comments in Markdown, keeping offsets."""

from __future__ import annotations

import re

# The opening or closing line of a fenced block; inline code; any character of a line.
_FENCE = re.compile(r"^[ \t>]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)$", re.MULTILINE)
_IN_LINE = re.compile(r"(?<!`)(?P<marks>`{1,20})(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,2000}?(?<!`)(?P=marks)(?!`)")
_SHOWN = re.compile(r"[^\n]")


def without_code(text: str) -> str:
    """Return ``text`` with each character of code and comments replaced by a space; line breaks stay."""
    text = _without_fences(text)
    text = _without_comments(text)
    return _IN_LINE.sub(_blank, text) if "`" in text else text


def fence_languages(text: str) -> list[tuple[str, int]]:
    """Return the language of each fenced block with its offset."""
    languages, closing = [], ""
    for match in _FENCE.finditer(text):
        if closing:
            closing = "" if _closes(match, closing) else closing
        else:
            closing = match["fence"]
            words = match["info"].split()
            languages.append((words[0] if words else "", match.start()))
    return languages


def _without_fences(text: str) -> str:
    parts, start, closing = [], 0, ""
    for match in _FENCE.finditer(text):
        if closing and _closes(match, closing):
            parts.append(_SHOWN.sub(" ", text[start : match.end()]))
            start, closing = match.end(), ""
        elif not closing:
            parts.append(text[start : match.start()])
            start, closing = match.start(), match["fence"]
    rest = text[start:]
    return "".join((*parts, _SHOWN.sub(" ", rest) if closing else rest))


def _without_comments(text: str) -> str:
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += (text[position:start], _SHOWN.sub(" ", text[start : end + 3]))
        position = end + 3
    return "".join((*parts, text[position:]))


def _closes(match: re.Match[str], opening: str) -> bool:
    return match["fence"].startswith(opening) and not match["info"].strip()


def _blank(match: re.Match[str]) -> str:
    return _SHOWN.sub(" ", match[0])


def line_of(text: str, offset: int) -> int:
    """Return the 1-based line of an offset."""
    return text.count("\n", 0, offset) + 1
