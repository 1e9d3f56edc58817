"""Ids of headings, by the rules of the two parsers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NO_WORD = re.compile(r"[^a-z0-9_ \t-]")


class HeadingIds:
    """Hands out ids for one page; ``taken`` are ids that stand on the page already."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        # The two rules count apart, as in kramdown, where GitHub's ids are given while reading.
        self._github: dict[str, int] = dict.fromkeys(taken, 0)
        self._classic = dict(self._github)

    def github(self, text: str, prefix: str = "") -> str:
        """Letters of every script in lower case, blanks to hyphens; a repeated one gets "-1", "-2", …"""
        text = text.lower()
        if text.isascii():
            kept = _NO_WORD.sub("", text)
        else:
            kept = "".join(character for character in text if character in "- \t" or _is_word(character))
        return prefix + _unique(self._github, kept.replace(" ", "-").replace("\t", "-"))

    def classic(self, text: str, prefix: str = "") -> str:
        """kramdown's own rule: ASCII letters, digits and hyphens, from the first letter on."""
        kept = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", text, flags=re.MULTILINE))
        return prefix + _unique(self._classic, kept.replace(" ", "-").lower() or "section")


def _unique(counts: dict[str, int], identity: str) -> str:
    if identity not in counts:
        counts[identity] = 0
        return identity
    counts[identity] += 1
    return f"{identity}-{counts[identity]}"


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Pc")
