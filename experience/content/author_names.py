"""Author names: the authors of a publication in front matter, one by one.

Themes print the value as it stands, so a text may hold several names and markup: academicpages writes
``authors: "Ilse Haverkamp, <b>Tor Aune</b> and Mara Quist"``, BibTeX ``Haverkamp, Ilse and Aune, Tor``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.documents.title_text import plain_title

# No "y" and "e", which names have: "Ortega y Soler".
_BETWEEN = re.compile(r"\s*;\s*|\s*,?\s+(?:and|und|et|&)\s+(?!al\b)")
# Commas in brackets are no ends of names: "Tor Aune (Quay Labs, Bergen)".
_COMMA = re.compile(r",\s*(?![^(]*\))")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]*)+|[^\W\d_a-z]{1,2}")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|Ph\.?D\.?|M\.?D\.?", re.I)


def authors_in(value: Any) -> list[str]:
    """The names in a list, of mappings with names, or in one text."""
    if isinstance(value, str):
        return names_in(value)
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, Mapping) else item for item in items]
    return [name for item in names if isinstance(item, str) and (name := plain_title(" ".join(item.split())))]


def names_in(text: str) -> list[str]:
    """The names in one text, in order."""
    parts = _BETWEEN.split(" ".join(plain_title(text).split()))
    return [name for part in parts for name in separated(part) if name]


def separated(part: str) -> Iterator[str]:
    """The names between commas. A family name alone belongs to what follows: "Aune, Tor", "Aune, T., Quist, M."."""
    names = [name for name in _COMMA.split(part.strip(" ,")) if name]
    if len(names) == 2 and " " not in names[0] and not _SUFFIX.fullmatch(names[1]):
        yield ", ".join(names)
        return
    place = 0
    while place < len(names):
        name, after = names[place], names[place + 1] if place + 1 < len(names) else ""
        joined = bool(after) and bool(_SUFFIX.fullmatch(after) or _INITIALS.fullmatch(after))
        yield f"{name}, {after}" if joined else name
        place += 1 + joined
