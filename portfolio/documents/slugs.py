"""Slugs of names and of imported pages, and case-insensitive keys of names.

The characters of a slug are those that Django's ``SlugField(allow_unicode=True)`` accepts: letters and digits of any
script, underscores and hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count

MAX_LENGTH = 90  # characters of a slug
MAX_NAMED = 6  # characters that are named in a text without letters
# Signs that distinguish names, after a letter or digit: C++, C#, A*.
SIGNS = {"+": "plus", "#": "sharp", "\N{MUSIC SHARP SIGN}": "sharp", "*": "star"}
_SIGN = re.compile(rf"(?<=[^\W_])[{re.escape(''.join(SIGNS))}]+(?![^\W_])")
_LEADING_DOT = re.compile(r"(?<![\w.])\.(?=[^\W_])")  # .NET
# Apostrophes and dots inside a word: don't, Node.js, U.S.A.; a dot between numbers separates them.
_JOINING = re.compile(r"(?<=\w)['\u2018\u2019\u02bc](?=\w)|(?<=[^\W\d_])\.(?=[^\W\d_])")
# Variation selectors, zero-width spaces, control characters.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufe0e\ufe0f\u200b\u2060\ufeff]")


def name_key(name: str) -> str:
    """Return the canonical caseless form of ``name`` (Unicode Standard, section 3.13, D145), with spaces collapsed.

    Names with the same key count as the same name, whatever their case and normalisation, in every script.
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", folded)).split())


def slug_of(name: str) -> str:
    """Return a slug for a name: "c-plus-plus", "c-sharp", "dot-net", "nodejs", "a-b", "party-popper".

    A text without letters and digits gets the Unicode names of its characters; "" if they have no names.
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name)).lower()
    text = _SIGN.sub(lambda signs: "".join(f"-{SIGNS[sign]}" for sign in signs[0]), _LEADING_DOT.sub("dot-", text))
    # Django's slugs may not contain combining marks that remain after composition.
    text = "".join(mark for mark in unicodedata.normalize("NFC", text) if unicodedata.category(mark)[0] != "M")
    slug = trimmed(re.sub(r"[^\w-]+", "-", _JOINING.sub("", text)))
    return slug if slug.strip("_") else trimmed("-".join(names_of(name)))


def names_of(text: str) -> list[str]:
    """Return the Unicode names of the first characters of ``text``, without repetitions."""
    names: list[str] = []
    for character in text:
        name = re.sub(r"[^a-z0-9]+", "-", unicodedata.name(character, "").lower()).strip("-")
        if name and unicodedata.category(character)[0] not in "CZ" and "selector" not in name and names[-1:] != [name]:
            names.append(name)
    return names[:MAX_NAMED]


def trimmed(slug: str) -> str:
    return re.sub(r"-{2,}", "-", slug).strip("-")[:MAX_LENGTH].strip("-")


def page_slug(slug: str, address: str) -> str:
    """Return the slug of an imported page: ``slug`` reduced to letters, digits, underscores and hyphens.

    The index of a folder gets the name of the folder in ``address``; a slug of signs alone gets their names. "" if
    nothing is left.
    """
    if slug == "index":
        slug = address.removesuffix("/index.html").rstrip("/").rpartition("/")[2] or slug
    # Django's slugs may not contain combining marks that remain after composition.
    plain = "".join(mark for mark in unicodedata.normalize("NFC", slug) if unicodedata.category(mark)[0] != "M")
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w-]+", "-", plain)).strip("-") or slug_of(slug)


def slug_candidates(slug: str, addresses: Sequence[str]) -> Iterator[str]:
    """Yield slugs for a page: ``slug``, then with the folder of its first old address, then with numbers."""
    yield slug
    parts = [page_slug(part, "").lower() for part in (addresses[0] if addresses else "").split("/")]
    folder = next((part for part in reversed(parts[:-1]) if part and part != slug), "")
    if folder and not folder.isdecimal():
        yield f"{folder}-{slug}"[:250].strip("-")
    for number in count(2):
        yield f"{slug}-{number}"
