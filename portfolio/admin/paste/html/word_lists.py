"""Word lists: paragraphs with a list and a level in their style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import Tag

from portfolio.admin.paste.html.styles import style_of

_LEVEL = re.compile(r"\b(l\d+)\s+level(\d{1,2})\b(?:\s+(lfo\d+))?")
_NUMBER = re.compile(r"\(?(?:\d+|[a-z]|[ivxlcdm]+)(?:\.\d+)*[.)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordLevel:
    depth: int
    kind: str
    source: str


def word_level(element: Tag) -> WordLevel | None:
    """Return list and level of a paragraph from its style; the marker shows whether the list is numbered."""
    match = _LEVEL.search(style_of(element).get("mso-list", ""))
    if match is None:
        return None
    marker = next((tag for tag in element.find_all("span") if is_marker(tag)), None)
    written = marker.get_text().replace("\xa0", " ").strip() if marker else ""
    kind = "ol" if _NUMBER.fullmatch(written) else "ul"
    return WordLevel(max(0, int(match[2]) - 1), kind, f"word {match[1]} {match[3] or ''}")


def is_marker(element: Tag) -> bool:
    """Whether an element is the bullet or number, which Word writes as text."""
    return style_of(element).get("mso-list") == "ignore"
