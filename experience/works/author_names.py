"""Author names: those of a publication in front matter, one by one, and whose they are.

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
_NOTE = re.compile(r"\s*(?:\([^()]*\)|[*†‡§¹²³]+)\s*$")  # behind a name: "(equal contribution)"
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "phd"})


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
    if len(names) == 2 and " " not in names[0] and not is_suffix(names[1]):
        yield ", ".join(names)
        return
    place = 0
    while place < len(names):
        name, after = names[place], names[place + 1] if place + 1 < len(names) else ""
        joined = is_suffix(after) or _INITIALS.fullmatch(after) is not None
        yield f"{name}, {after}" if joined else name
        place += 1 + joined


def is_suffix(word: str) -> bool:
    """Whether it stands behind a name and is none: "Jr.", "III"."""
    return word.casefold().replace(".", "") in _SUFFIXES


def natural_name(name: str) -> str:
    """ "Mara Lindqvist" for "Lindqvist, Mara", as BibTeX writes it."""
    family, _, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}" if given and not is_suffix(given) else name


def is_same_person(name: str, owner_name: str) -> bool:
    """Whether both have the same family name, and given names that agree as far as they are written ("M.", "Mara")."""
    own, other = (words_of(natural_name(_NOTE.sub("", text))) for text in (owner_name, name))
    if not own or not other or own[-1] != other[-1]:
        return False
    return (
        all(
            first.startswith(second) or second.startswith(first)
            for first, second in zip(own[:-1], other[:-1], strict=False)
        )
        and len(other) > 1
    )


def words_of(name: str) -> list[str]:
    words = re.findall(r"[\w’'-]+", name.casefold())
    return [word for word in words if word not in _SUFFIXES]
