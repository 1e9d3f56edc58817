"""The last part of an imported page's address, from what the old engine called the document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count


def page_slug(slug: str, address: str) -> str:
    """``slug`` with only what a page's address here may hold: letters, digits, underscores and hyphens.

    A document that is the index of its folder is called as the folder is in ``address``. "" when nothing is left.
    """
    if slug == "index":
        slug = address.removesuffix("/index.html").rstrip("/").rpartition("/")[2] or slug
    # Vowel signs and accents that stand alone are no part of a word for Django's rule on slugs.
    plain = "".join(mark for mark in unicodedata.normalize("NFC", slug) if unicodedata.category(mark)[0] != "M")
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w-]+", "-", plain)).strip("-")


def free_names(slug: str, addresses: Sequence[str]) -> Iterator[str]:
    """What to call a page: ``slug``; with the folder of its first old address before it; with a number behind it."""
    yield slug
    parts = [page_slug(part, "").lower() for part in (addresses[0] if addresses else "").split("/")]
    folder = next((part for part in reversed(parts[:-1]) if part and part != slug), "")
    if folder and not folder.isdecimal():
        yield f"{folder}-{slug}"[:250].strip("-")
    for number in count(2):
        yield f"{slug}-{number}"
