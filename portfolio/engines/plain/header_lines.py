"""Header lines: metadata such as ``Title: Tides`` and ``Date: 2021-05-04`` above the text, without delimiters.

Used by Pelican and MultiMarkdown: https://docs.getpelican.com/en/stable/content.html#file-metadata.
"""

from __future__ import annotations

import re

from portfolio.documents.document import Span
from portfolio.documents.front_matter import BOM, MAX_FRONT_MATTER, FrontMatter

_LINE = re.compile(rb"(?P<key>[A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>[^\r\n]*)|[ \t]*)(?:\r?\n|\Z)")
_MORE = re.compile(rb"(?: {4,}|\t)[ \t]*(?P<value>[^\s][^\r\n]*)(?:\r?\n|\Z)")
_BLANK_LINES = re.compile(rb"(?:[ \t]*\r?\n)*")
_LISTS = frozenset({"tags", "authors", "keywords"})
_NEEDED = "title"


def read_header(data: bytes) -> FrontMatter | None:
    """Return the header at the start of a file; None if there is none, or it has no title.

    Keys are in lower case, with underscores for spaces; values are text, or lists of text for keys with several values.
    A line that begins with four spaces continues the previous value.
    """
    start = len(BOM) if data.startswith(BOM) else 0
    end = min(len(data), start + MAX_FRONT_MATTER)
    values: dict[str, str] = {}
    position, key = start, ""
    while position < end and (
        match := (_MORE.match(data, position, end) if key else None) or _LINE.match(data, position, end)
    ):
        try:
            value = (match["value"] or b"").decode().strip()
            key = match.groupdict().get("key", b"").decode().lower().replace(" ", "_") or key
        except UnicodeDecodeError:
            return None
        values[key] = f"{values[key]} {value}".strip() if key in values else value
        position = match.end()
    blank = _BLANK_LINES.match(data, position)
    if _NEEDED not in values or blank is None or (blank.end() == position and position < len(data)):
        return None
    parsed = {key: _listed(value) if key in _LISTS else value for key, value in values.items()}
    return FrontMatter(parsed, Span(0, blank.end()), blank.end(), "header")


def _listed(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", value) if part.strip()]
